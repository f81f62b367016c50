package io.nave.consent;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** JSON that is signed: compact JWS (RFC 7515) with Ed25519 (RFC 8037). */
public final class Jws {
  private static final String ALGORITHM = "EdDSA";
  private static final int RAW = 32;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder TO = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder FROM = Base64.getUrlDecoder();

  private Jws() {}

  /**
   * Signs.
   *
   * @param content JSON
   */
  public static String sign(SigningKeys.Signing key, String content) {
    var header = JSON.createObjectNode();
    header.put("alg", ALGORITHM).put("kid", key.id()).put("cty", "application/ld+json");
    var text = encoded(header.toString()) + "." + encoded(content);
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key.pair().getPrivate());
      signature.update(ascii(text));
      return text + "." + TO.encodeToString(signature.sign());
    } catch (GeneralSecurityException wrong) {
      throw new IllegalStateException("signing_key: " + key.id() + " (expected: Ed25519)", wrong);
    }
  }

  private static String encoded(String text) {
    return TO.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What was signed with one of these keys; empty where it is no JWS, or was altered since. */
  public static Optional<JsonNode> verified(String jws, Map<String, PublicKey> keys) {
    var parts = jws.strip().split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var header = JSON.readTree(FROM.decode(parts[0]));
      var key = keys.get(header.path("kid").asText());
      boolean good =
          key != null
              && header.path("alg").asText().equals(ALGORITHM)
              && StoredKey.verifies(key, ascii(parts[0] + "." + parts[1]), FROM.decode(parts[2]));
      return good ? Optional.of(JSON.readTree(FROM.decode(parts[1]))) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException notOne) {
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A public key as JWK (RFC 7517). */
  public static Map<String, String> jwk(String id, PublicKey key) {
    var encoded = key.getEncoded();
    var raw = Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
    var jwk = new LinkedHashMap<String, String>();
    jwk.put("kty", "OKP");
    jwk.put("crv", "Ed25519");
    jwk.put("x", TO.encodeToString(raw));
    jwk.put("kid", id);
    jwk.put("use", "sig");
    jwk.put("alg", ALGORITHM);
    return jwk;
  }
}
