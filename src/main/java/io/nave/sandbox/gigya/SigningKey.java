package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** An RSA key that signs and checks RS256 tokens. */
final class SigningKey {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
  private final KeyPair pair;
  private final String kid;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
    this.kid = BASE64URL.encodeToString(sha256(pair.getPublic().getEncoded()));
  }

  static SigningKey generate() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA: not there (expected: in every JDK)", e);
    }
  }

  String kid() {
    return kid;
  }

  /** The private key as PKCS#8 in Base64, without the PEM frame. */
  String privateKey() {
    return Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
  }

  /** The public key as a JSON Web Key. */
  JsonObject jwk() {
    var key = (RSAPublicKey) pair.getPublic();
    return new JsonObject()
        .put("alg", "RS256")
        .put("kty", "RSA")
        .put("use", "sig")
        .put("kid", kid)
        .put("n", BASE64URL.encodeToString(unsigned(key.getModulus())))
        .put("e", BASE64URL.encodeToString(unsigned(key.getPublicExponent())));
  }

  /** A signed token with these claims. */
  String sign(JsonObject claims, String dataCenter) {
    var header =
        new JsonObject()
            .put("alg", "RS256")
            .put("kid", kid)
            .put("typ", "JWT")
            .put("dc", dataCenter);
    var text = part(header) + "." + part(claims);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return text + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("token: cannot be signed", e);
    }
  }

  /** Whether this key made the token's signature. */
  boolean signed(String token) {
    var end = token.lastIndexOf('.');
    if (end < 0) return false;
    return verifies(pair.getPublic(), token.substring(0, end), token.substring(end + 1));
  }

  /** The SHA-256 of the body as the token's {@code sub} carries it. */
  static String digest(byte[] body) {
    return BASE64URL.encodeToString(sha256(body));
  }

  private static boolean verifies(PublicKey key, String text, String mark) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(mark));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static String part(JsonObject json) {
    return BASE64URL.encodeToString(json.toBuffer().getBytes());
  }

  private static byte[] unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256: not there (expected: in every JDK)", e);
    }
  }
}
