package io.nave.sandbox.acoustic;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Access tokens and logins, each with its end. The credentials are made up. */
final class Sessions {
  static final String ORGANISATION = "6822f942-13a511eb273-b72427ac28f4177bd55290ce12678282";
  static final String CLIENT_ID = "3f1d2c5a-7c1e-4b7e-9d52-0a6a1f0b9c11";
  static final String CLIENT_SECRET = "9b0e6a52-51d5-4f0c-8f0e-2d1c7f3a4b55";
  static final String REFRESH_TOKEN = "5c7a9e10-2b64-4a53-b0c8-6e2f1d8a7f33";
  static final String USER = "nave@sandbox.example";
  static final String PASSWORD = "sandbox-only";

  private final Clock clock;
  private final AccountLimits limits;
  private final Map<String, Instant> tokens = new HashMap<>();
  private final Map<String, Instant> logins = new HashMap<>();

  Sessions(Clock clock, AccountLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /** A new access token, or null where the credentials are wrong. */
  String token(String clientId, String secret, String refreshToken) {
    boolean known =
        CLIENT_ID.equals(clientId)
            && CLIENT_SECRET.equals(secret)
            && REFRESH_TOKEN.equals(refreshToken);
    return known ? open(tokens, UUID.randomUUID().toString()) : null;
  }

  boolean isToken(String token) {
    return isOpen(tokens, token);
  }

  boolean isLogin(String session) {
    boolean open = isOpen(logins, session);
    if (open) {
      logins.put(session, clock.instant().plus(limits.token()));
    }
    return open;
  }

  void login(Request request, Reply reply) {
    if (!request.text("USERNAME").equals(USER) || !request.text("PASSWORD").equals(PASSWORD)) {
      throw new Fault(Fault.SERVER_ERROR, "Server Error");
    }
    logins.values().removeIf(end -> end.isBefore(clock.instant()));
    if (logins.size() >= limits.sessions()) {
      throw new Fault(Fault.SERVER_ERROR, "Too many open sessions for this organization");
    }
    String id = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
    open(logins, id);
    reply.success("true").tag("SESSIONID", id).tag("ORGANIZATION_ID", ORGANISATION);
    reply.tag("SESSION_ENCODING", ";jsessionid=" + id);
  }

  void logout(String session, Reply reply) {
    logins.remove(session);
    reply.success("TRUE");
  }

  /** Ends every token and login, as a change of password would. */
  void endAll() {
    tokens.clear();
    logins.clear();
  }

  private String open(Map<String, Instant> sessions, String id) {
    sessions.put(id, clock.instant().plus(limits.token()));
    return id;
  }

  private boolean isOpen(Map<String, Instant> sessions, String id) {
    Instant end = id == null ? null : sessions.get(id);
    return end != null && clock.instant().isBefore(end);
  }
}
