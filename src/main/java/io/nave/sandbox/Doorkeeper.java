package io.nave.sandbox;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Keeps other sites' pages from using a person's browser against the sandbox's own pages: a
 * changing request must come from this very origin, or from no page at all; the host name must be
 * loopback's.
 */
final class Doorkeeper {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Set<String> hosts;

  Doorkeeper(int port) {
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  /** Whether the path is the sandbox's own, not the vendor's. */
  static boolean own(String path) {
    return "/".equals(path) || path.startsWith("/_sandbox");
  }

  void mount(Router router) {
    router.route().handler(this::check);
  }

  private void check(RoutingContext ctx) {
    if (own(ctx.request().path()) && !allowed(ctx.request())) {
      ctx.response().setStatusCode(403).end("Refused: the request comes from another site.");
    } else {
      ctx.next();
    }
  }

  private boolean allowed(HttpServerRequest request) {
    var authority = request.authority(); // HTTP/2 has no Host header
    if (authority == null || !hosts.contains(authority.toString())) {
      return false;
    }
    return READING.contains(request.method())
        || sameSite(request.getHeader("Sec-Fetch-Site"))
            && sameOrigin(request.getHeader("Origin"), authority.toString());
  }

  private static boolean sameSite(String site) {
    return site == null || "same-origin".equals(site) || "none".equals(site);
  }

  private static boolean sameOrigin(String origin, String host) {
    return origin == null || origin.equals("http://" + host);
  }
}
