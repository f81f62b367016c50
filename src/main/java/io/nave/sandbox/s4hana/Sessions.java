package io.nave.sandbox.s4hana;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Log-on sessions with their CSRF tokens; both end after a time without use. */
final class Sessions {
  static final String COOKIE = "SAP_SESSIONID_S4H_100";

  private final Clock clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private record Session(String token, Instant until) {}

  Sessions(Clock clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  /** A session's id and token. */
  record Opened(String id, String token) {}

  /** The session of the cookie, or a new one. */
  Opened open(String cookie) {
    Session known = cookie == null ? null : live(cookie);
    if (known != null) {
      return new Opened(cookie, known.token());
    }
    sessions.values().removeIf(session -> session.until().isBefore(clock.instant()));
    String id = random(30);
    Session session = new Session(random(16), clock.instant().plus(lifetime));
    sessions.put(id, session);
    return new Opened(id, session.token());
  }

  /** Whether a write with this cookie and token is to be trusted. */
  boolean trusts(String cookie, String token) {
    Session session = cookie == null ? null : live(cookie);
    if (session == null || !session.token().equals(token)) {
      return false;
    }
    sessions.put(cookie, new Session(session.token(), clock.instant().plus(lifetime)));
    return true;
  }

  /** Ends all sessions, as a restart of the system does. */
  void endAll() {
    sessions.clear();
  }

  private Session live(String cookie) {
    Session session = sessions.get(cookie);
    return session == null || session.until().isBefore(clock.instant()) ? null : session;
  }

  private String random(int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }
}
