package io.nave.connectors.gigya;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The token that comes with a webhook notification: an RS256 JWT over the body's hash ({@code
 * sub}), nonce ({@code jti}) and time ({@code iat}).
 */
record WebhookToken(String text, JsonNode header, JsonNode claims) {
  /** How far the vendor's clock and ours may differ. */
  static final Duration SKEW = Duration.ofSeconds(120);

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads a token, or null where it is none. */
  static WebhookToken read(String text) {
    var parts = text == null ? new String[0] : text.split("\\.");
    if (parts.length != 3) return null;
    try {
      return new WebhookToken(text, json(parts[0]), json(parts[1]));
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static JsonNode json(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  String kid() {
    return header.path("kid").asText();
  }

  /** Why the token does not vouch for the body, or null where it does. */
  String fault(PublicKey key, String issuer, JsonNode body, String digest, Instant now) {
    if (!header.path("alg").asText().equals("RS256") || !signedBy(key)) return "signature";
    if (!claims.path("iss").asText().equals(issuer)) return "issuer";
    var iat = claims.path("iat").asLong();
    var exp = claims.path("exp").asLong();
    if (now.plus(SKEW).getEpochSecond() < iat || now.minus(SKEW).getEpochSecond() > exp)
      return "time";
    if (body.path("timestamp").asLong(-1) != iat) return "timestamp";
    if (!body.path("nonce").asText("?").equals(claims.path("jti").asText())) return "nonce";
    if (digest != null && !digest.equals(claims.path("sub").asText())) return "body";
    return null;
  }

  private boolean signedBy(PublicKey key) {
    var end = text.lastIndexOf('.');
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key);
      signature.update(text.substring(0, end).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(text.substring(end + 1)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The body's hash as {@code sub} carries it. */
  static String digest(byte[] body) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(body);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
    }
  }

  /**
   * A public key from the parts of a JSON Web Key.
   *
   * @throws IllegalArgumentException when they are none
   */
  static PublicKey key(Object modulus, Object exponent) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(number(modulus), number(exponent)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("key: no RSA key (expected: n and e)", e);
    }
  }

  private static BigInteger number(Object base64) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(base64)));
  }
}
