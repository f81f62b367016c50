package io.nave.consent;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The personal part of a ledger entry: opened with the key of its source record, and closed for
 * ever when that key is destroyed.
 *
 * @param boundTo the address or number it is bound to, or null
 * @param evidence JSON
 */
record Personal(String boundTo, String evidence) {
  static final int KEY = 32;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int NOTHING = -1;
  private static final SecureRandom RANDOM = new SecureRandom();

  static byte[] newKey() {
    return random(KEY);
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  byte[] closed(byte[] key) {
    var nonce = random(NONCE);
    var text = crypt(Cipher.ENCRYPT_MODE, key, nonce, bytes(), 0);
    return ByteBuffer.allocate(NONCE + text.length).put(nonce).put(text).array();
  }

  /**
   * Opens what was closed with this key.
   *
   * @throws IllegalStateException when it was not, or was changed since
   */
  static Personal open(byte[] closed, byte[] key) {
    var nonce = java.util.Arrays.copyOf(closed, NONCE);
    var bytes = ByteBuffer.wrap(crypt(Cipher.DECRYPT_MODE, key, nonce, closed, NONCE));
    int length = bytes.getInt();
    return new Personal(length == NOTHING ? null : text(bytes, length), rest(bytes));
  }

  private byte[] bytes() {
    var address = boundTo == null ? new byte[0] : boundTo.getBytes(StandardCharsets.UTF_8);
    var proof = evidence.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + address.length + proof.length)
        .putInt(boundTo == null ? NOTHING : address.length)
        .put(address)
        .put(proof)
        .array();
  }

  private static String rest(ByteBuffer bytes) {
    return text(bytes, bytes.remaining());
  }

  private static String text(ByteBuffer bytes, int length) {
    var text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] text, int from) {
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(text, from, text.length - from);
    } catch (GeneralSecurityException wrong) {
      throw new IllegalStateException(
          "personal part of a ledger entry: does not open (expected: as it was written)", wrong);
    }
  }
}
