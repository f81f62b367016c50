package io.nave.sandbox.acoustic;

import io.vertx.ext.web.RoutingContext;

/** What a request brings to prove who it is: a bearer token, or a session id in the address. */
record Credentials(String token, String session) {
  static Credentials of(RoutingContext request) {
    String header = request.request().getHeader("Authorization");
    String token =
        header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
            ? header.substring(7).strip()
            : null;
    return new Credentials(token, session(request.request().path()));
  }

  boolean open(Sessions sessions) {
    return sessions.isToken(token) || sessions.isLogin(session);
  }

  private static String session(String path) {
    int at = path.indexOf(";jsessionid=");
    return at < 0 ? null : path.substring(at + ";jsessionid=".length());
  }
}
