package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may call: the site's API key with the partner's secret, or a user key with its secret. The
 * secret comes as a parameter or as an HMAC-SHA1 signature over the request; a user may send an
 * RS256 token instead. Timestamps may be off by two minutes; a nonce counts once.
 */
final class Gate {
  static final Duration WINDOW = Duration.ofSeconds(120);
  private static final int MAX_NONCES = 200_000;
  private static final Set<String> OPEN =
      Set.of(
          "accounts.getJWTPublicKey",
          "accounts.isAvailableLoginID",
          "accounts.initRegistration",
          "accounts.register",
          "accounts.finalizeRegistration");

  private final Clock clock;
  private final String apiKey;
  private final String partnerSecret;
  private final Map<String, String> userSecrets;
  private final SigningKey userToken;
  private final Map<String, Long> nonces = new LinkedHashMap<>();

  Gate(
      Clock clock,
      String apiKey,
      String partnerSecret,
      Map<String, String> userSecrets,
      SigningKey userToken) {
    this.clock = clock;
    this.apiKey = apiKey;
    this.partnerSecret = partnerSecret;
    this.userSecrets = userSecrets;
    this.userToken = userToken;
  }

  /**
   * Lets the call pass.
   *
   * @throws Refusal when it may not
   */
  void admit(Call call) {
    var site = call.text("apiKey");
    if (site == null) throw Refusal.missing("apiKey");
    if (!site.equals(apiKey)) throw new Refusal(Refusal.INVALID_API_KEY, null);
    var bearer = call.origin().authorization();
    if (bearer != null && bearer.startsWith("Bearer ")) checkToken(bearer.substring(7).trim());
    else if (call.has("sig")) checkSignature(call);
    else if (call.has("secret")) checkSecret(call);
    else if (!OPEN.contains(call.method())) throw Refusal.missing("secret or sig");
  }

  /** The secret of the user key, or of the partner where there is none. */
  private String secret(Call call) {
    var user = call.text("userKey");
    if (user == null) return partnerSecret;
    var secret = userSecrets.get(user);
    if (secret == null) throw new Refusal(Refusal.UNAUTHORIZED_USER, "Invalid userKey");
    return secret;
  }

  private void checkSecret(Call call) {
    if (!same(secret(call), call.text("secret")))
      throw new Refusal(Refusal.UNAUTHORIZED_USER, "Invalid secret");
  }

  private void checkSignature(Call call) {
    var secret = secret(call);
    checkTime(call.required("timestamp"));
    var nonce = call.required("nonce");
    var given = call.text("sig");
    var matches =
        call.origin().urls().stream()
            .anyMatch(url -> same(sign(secret, baseString(call, url)), given));
    if (!matches) throw new Refusal(Refusal.INVALID_SIGNATURE, null);
    useOnce(nonce);
  }

  /** The time is in seconds; the client for Node sends milliseconds. */
  private void checkTime(String timestamp) {
    try {
      var given = Long.parseLong(timestamp);
      var seconds = given > 100_000_000_000L ? given / 1000 : given;
      if (Math.abs(clock.instant().getEpochSecond() - seconds) > WINDOW.toSeconds())
        throw new Refusal(Refusal.REQUEST_EXPIRED, null);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("timestamp", "is not a number");
    }
  }

  private void checkToken(String token) {
    var parts = token.split("\\.");
    if (parts.length != 3 || !userToken.signed(token))
      throw new Refusal(Refusal.UNAUTHORIZED_USER, "Invalid authorization token");
    var header = decode(parts[0]);
    if (!"RS256".equals(header.getString("alg"))
        || !userSecrets.containsKey(header.getString("kid", "")))
      throw new Refusal(Refusal.UNAUTHORIZED_USER, "Invalid authorization token");
    var claims = decode(parts[1]);
    checkTime(String.valueOf(claims.getLong("iat", 0L)));
    useOnce(claims.getString("jti", token));
  }

  private void useOnce(String nonce) {
    var now = clock.millis();
    if (nonces.putIfAbsent(nonce, now) != null) throw new Refusal(Refusal.DUPLICATE_NONCE, null);
    var oldest = now - 2 * WINDOW.toMillis();
    var times = nonces.values().iterator();
    while (times.hasNext() && (times.next() < oldest || nonces.size() > MAX_NONCES)) times.remove();
  }

  static String baseString(Call call, String url) {
    var query = new StringBuilder();
    new TreeMap<>(call.params())
        .forEach(
            (key, value) -> {
              if (key.equals("sig")) return;
              if (query.length() > 0) query.append('&');
              query.append(key).append('=').append(encode(value));
            });
    return call.origin().verb() + "&" + encode(url) + "&" + encode(query.toString());
  }

  static String sign(String secret, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA1: not there (expected: in every JDK)", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static JsonObject decode(String part) {
    try {
      var bytes = Base64.getUrlDecoder().decode(part);
      return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new Refusal(Refusal.UNAUTHORIZED_USER, "Invalid authorization token");
    }
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
