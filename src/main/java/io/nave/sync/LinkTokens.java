package io.nave.sync;

import io.nave.sync.Link.Use;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in a link: its random id, use and end, signed. It names nobody, and a guess is
 * recognised without asking the database.
 */
final class LinkTokens {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BODY = 16 + 1 + 8;
  private static final int MAC = 32;
  private static final int LENGTH = (BODY + MAC) * 4 / 3;

  private final List<byte[]> secrets;

  /**
   * @param secrets the first one signs; all of them are believed, so that a secret can be replaced
   */
  LinkTokens(List<byte[]> secrets) {
    if (secrets.isEmpty() || secrets.stream().anyMatch(s -> s.length < MAC)) {
      throw new IllegalArgumentException("secrets: too short (expected: 32 bytes or more)");
    }
    this.secrets = secrets.stream().map(byte[]::clone).toList();
  }

  /** What a token says that was signed here. */
  record Read(UUID id, Use use, Instant expiresAt) {}

  String sign(UUID id, Use use, Instant expiresAt) {
    var token = ByteBuffer.allocate(BODY + MAC);
    token.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    token.put((byte) use.ordinal()).putLong(expiresAt.getEpochSecond());
    byte[] body = new byte[BODY];
    token.get(0, body);
    token.put(mac(secrets.get(0), body));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
  }

  /** Empty for what was not signed here, and for what has ended. */
  Optional<Read> read(String token, Instant now) {
    byte[] bytes = decode(token);
    if (bytes.length != BODY + MAC) {
      return Optional.empty();
    }
    var buffer = ByteBuffer.wrap(bytes);
    byte[] body = new byte[BODY];
    byte[] mac = new byte[MAC];
    buffer.get(0, body).get(BODY, mac);
    boolean signed = false;
    for (byte[] secret : secrets) {
      signed |= MessageDigest.isEqual(mac, mac(secret, body));
    }
    return signed
        ? Optional.of(read(buffer)).filter(r -> r.expiresAt().isAfter(now))
        : Optional.empty();
  }

  private static Read read(ByteBuffer buffer) {
    var id = new UUID(buffer.getLong(), buffer.getLong());
    var use = Use.values()[buffer.get()];
    return new Read(id, use, Instant.ofEpochSecond(buffer.getLong()));
  }

  private static byte[] decode(String token) {
    try {
      return token == null || token.length() != LENGTH
          ? new byte[0]
          : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException strange) {
      return new byte[0];
    }
  }

  /** A digest of an address that tells it from others and cannot be turned back by guessing. */
  byte[] addressDigest(String address) {
    return digest(secrets.get(0), address);
  }

  /** Whether the digest is of this address. */
  boolean isOf(byte[] digest, String address) {
    boolean fits = false;
    for (byte[] secret : secrets) {
      fits |= MessageDigest.isEqual(digest, digest(secret, address));
    }
    return fits;
  }

  private static byte[] digest(byte[] secret, String address) {
    return mac(secret, ("address " + address).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(byte[] secret, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(ALGORITHM + ": missing (expected: in every JDK)", missing);
    }
  }
}
