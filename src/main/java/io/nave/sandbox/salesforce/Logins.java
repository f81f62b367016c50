package io.nave.sandbox.salesforce;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Who may log in, and the sessions that are open. The credentials are made up. */
final class Logins {
  static final String CLIENT_ID = "sandbox-client-id";
  static final String CLIENT_SECRET = "sandbox-client-secret";
  static final String USERNAME = "admin@nave.example";
  static final String PASSWORD = "sandbox-password";
  static final String SECURITY_TOKEN = "sandbox-token";
  static final String REFRESH_TOKEN = "sandbox-refresh-token";

  private final Clock clock;
  private final String orgId;
  private final Map<String, Instant> lastUse = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();
  private Duration timeout = Duration.ofHours(2);

  Logins(Clock clock, String orgId) {
    this.clock = clock;
    this.orgId = orgId;
  }

  /** How long a session lives without a call. */
  void timeout(Duration idle) {
    timeout = idle;
  }

  /** Opens a session and returns its id, which is the access token. */
  String open() {
    String secret = UUID.randomUUID().toString().replace("-", "");
    String token = orgId.substring(0, 15) + "!AQ" + secret + secret;
    lastUse.put(token, clock.instant());
    return token;
  }

  /** Whether the session is open; using it keeps it open. */
  boolean valid(String token) {
    Instant used = lastUse.get(token);
    if (used == null || used.plus(timeout).isBefore(clock.instant())) {
      lastUse.remove(token);
      return false;
    }
    lastUse.put(token, clock.instant());
    return true;
  }

  void close(String token) {
    lastUse.remove(token);
  }

  void closeAll() {
    lastUse.clear();
  }

  /** A code for the web server flow. */
  String code() {
    String code = "aPrx" + UUID.randomUUID();
    codes.put(code, CLIENT_ID);
    return code;
  }

  static boolean password(String username, String password) {
    return USERNAME.equals(username)
        && (PASSWORD.equals(password) || (PASSWORD + SECURITY_TOKEN).equals(password));
  }

  /** The error of a token request, or null where it is granted. */
  String refuse(Map<String, String> form) {
    String grant = form.getOrDefault("grant_type", "");
    if (grant.endsWith("jwt-bearer")) {
      return jwt(form.getOrDefault("assertion", "")) ? null : "invalid_grant:invalid assertion";
    }
    if (!CLIENT_ID.equals(form.get("client_id"))) {
      return "invalid_client_id:client identifier invalid";
    }
    boolean secret = CLIENT_SECRET.equals(form.get("client_secret"));
    if (!secret && !(grant.equals("refresh_token") && form.get("client_secret") == null)) {
      return "invalid_client:invalid client credentials";
    }
    boolean granted =
        switch (grant) {
          case "password" -> password(form.get("username"), form.get("password"));
          case "client_credentials" -> true;
          case "refresh_token" -> REFRESH_TOKEN.equals(form.get("refresh_token"));
          case "authorization_code" -> codes.remove(form.getOrDefault("code", "")) != null;
          default -> false;
        };
    return granted ? null : denied(grant);
  }

  private static String denied(String grant) {
    return switch (grant) {
      case "password" -> "invalid_grant:authentication failure";
      case "refresh_token" -> "invalid_grant:expired access/refresh token";
      case "authorization_code" -> "invalid_grant:invalid authorization code";
      default -> "unsupported_grant_type:grant type not supported";
    };
  }

  /** Checks the claims. Not the signature: the sandbox holds no certificate. */
  private boolean jwt(String assertion) {
    String[] parts = assertion.split("\\.");
    if (parts.length != 3 || parts[2].isEmpty()) {
      return false;
    }
    try {
      byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
      var json = new io.vertx.core.json.JsonObject(new String(claims, StandardCharsets.UTF_8));
      long expiry = Long.parseLong(String.valueOf(json.getValue("exp")));
      return CLIENT_ID.equals(json.getString("iss"))
          && USERNAME.equals(json.getString("sub", json.getString("prn")))
          && Instant.ofEpochSecond(expiry).isAfter(clock.instant());
    } catch (RuntimeException e) {
      return false;
    }
  }
}
