package io.nave.sandbox.s4hana;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The HTTP side of the OData service: log-on, CSRF protection, and one unit of work a request. */
final class Gateway {
  private static final int PAGE_SIZE = 1000;
  private static final long BODY_LIMIT = 64L * 1024 * 1024;
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Partners partners;
  private final Sessions sessions;
  private final ODataEndpoint service;
  private final String authorization;

  Gateway(Clock clock, Partners partners) {
    this.partners = partners;
    this.sessions = new Sessions(clock, Duration.ofMinutes(30));
    this.service = new ODataEndpoint(partners, PAGE_SIZE);
    byte[] pair = (Partners.USER + ":" + S4HanaSandbox.PASSWORD).getBytes(StandardCharsets.UTF_8);
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  void mount(Router router) {
    router
        .route(S4HanaSandbox.ROOT + "*")
        .handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT))
        .handler(this::handle);
  }

  void endSessions() {
    sessions.endAll();
  }

  private void handle(RoutingContext context) {
    HttpServerRequest http = context.request();
    if (!authorization.equals(http.getHeader("authorization"))) {
      refuseLogOn(context);
      return;
    }
    Cookie cookie = http.getCookie(Sessions.COOKIE);
    String session = cookie == null ? null : cookie.getValue();
    String token = http.getHeader("x-csrf-token");
    boolean safe = SAFE.contains(http.method().name());
    if (!safe && !sessions.trusts(session, token)) {
      refuseForgery(context);
      return;
    }
    if (safe && "fetch".equalsIgnoreCase(token)) {
      openSession(context.response(), session);
    }
    send(context, answer(request(context)));
  }

  private ODataResponse answer(ODataRequest request) {
    Change change = partners.change();
    try {
      ODataResponse response =
          request.path().equals("$batch")
              ? new Batch(request, partners, service::handle).answer()
              : service.handle(request, change);
      change.commit();
      return response;
    } catch (ODataFailure e) {
      change.rollback();
      String transaction = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
      return e.response(request.wantsJson(), transaction);
    }
  }

  private static ODataRequest request(RoutingContext context) {
    HttpServerRequest http = context.request();
    Map<String, String> headers = new HashMap<>();
    http.headers().forEach(e -> headers.put(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
    String path = http.path().substring(S4HanaSandbox.ROOT.length());
    String service = http.scheme() + "://" + http.authority() + S4HanaSandbox.ROOT + "/";
    return new ODataRequest(
        http.method().name(),
        path.replaceAll("^/+|/+$", ""),
        http.query(),
        headers,
        context.body().asString(),
        service);
  }

  private void openSession(HttpServerResponse response, String session) {
    Sessions.Opened opened = sessions.open(session);
    response.putHeader("x-csrf-token", opened.token());
    if (!opened.id().equals(session)) {
      response.addCookie(
          Cookie.cookie(Sessions.COOKIE, opened.id()).setPath("/").setHttpOnly(true));
      response.addCookie(Cookie.cookie("sap-usercontext", "sap-client=100").setPath("/"));
    }
  }

  private static void send(RoutingContext context, ODataResponse answer) {
    HttpServerResponse response = context.response().setStatusCode(answer.status);
    answer.headers.forEach(response::putHeader);
    if (context.request().method().name().equals("HEAD")) {
      response.end();
    } else {
      response.end(answer.body);
    }
  }

  private static void refuseLogOn(RoutingContext context) {
    context
        .response()
        .setStatusCode(401)
        .putHeader("www-authenticate", "Basic realm=\"SAP NetWeaver Application Server [S4H/100]\"")
        .putHeader("content-type", "text/html;charset=utf-8")
        .end(
            "<html><head><title>Logon Error Message</title></head><body>Logon failed</body></html>");
  }

  private static void refuseForgery(RoutingContext context) {
    context
        .response()
        .setStatusCode(403)
        .putHeader("x-csrf-token", "Required")
        .putHeader("content-type", "text/plain;charset=utf-8")
        .end("CSRF token validation failed");
  }
}
