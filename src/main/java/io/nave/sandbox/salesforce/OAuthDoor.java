package io.nave.sandbox.salesforce;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** OAuth 2: token, authorize, revoke, introspect, userinfo and the identity address. */
final class OAuthDoor {
  private final Org org;
  private final Logins logins;
  private final URI self;

  OAuthDoor(Org org, Logins logins, URI self) {
    this.org = org;
    this.logins = logins;
    this.self = self;
  }

  void mount(Router router) {
    router.post("/services/oauth2/token").handler(this::token);
    router.get("/services/oauth2/authorize").handler(this::authorize);
    router.route("/services/oauth2/revoke").handler(this::revoke);
    router.post("/services/oauth2/introspect").handler(this::introspect);
    router.route("/services/oauth2/userinfo").handler(ctx -> identity(ctx, this::userInfo));
    router.get("/id/:org/:user").handler(ctx -> identity(ctx, this::identity));
  }

  private static Map<String, String> form(RoutingContext ctx) {
    Map<String, String> form = new HashMap<>();
    ctx.request().params().forEach(form::put);
    ctx.request().formAttributes().forEach(form::put);
    String basic = ctx.request().getHeader("Authorization");
    if (basic != null && basic.startsWith("Basic ") && !form.containsKey("client_id")) {
      byte[] pair = Base64.getDecoder().decode(basic.substring(6));
      String[] parts = new String(pair, StandardCharsets.UTF_8).split(":", 2);
      form.put("client_id", parts[0]);
      form.put("client_secret", parts.length > 1 ? parts[1] : "");
    }
    return form;
  }

  private void token(RoutingContext ctx) {
    Map<String, String> form = form(ctx);
    String refusal = logins.refuse(form);
    if (refusal != null) {
      String[] parts = refusal.split(":", 2);
      JsonObject error = new JsonObject().put("error", parts[0]).put("error_description", parts[1]);
      answer(ctx, 400, error);
      return;
    }
    JsonObject token =
        new JsonObject()
            .put("access_token", logins.open())
            .put("instance_url", self.toString())
            .put("id", self + "/id/" + org.id + "/" + org.userId)
            .put("token_type", "Bearer")
            .put("issued_at", String.valueOf(org.now().toEpochMilli()))
            .put("signature", "c2FuZGJveC1zaWduYXR1cmU=");
    if ("authorization_code".equals(form.get("grant_type"))) {
      token.put("refresh_token", Logins.REFRESH_TOKEN).put("scope", "refresh_token api id");
    }
    answer(ctx, 200, token);
  }

  /** Approves at once, as a person who is logged in and has approved before. */
  private void authorize(RoutingContext ctx) {
    String back = ctx.request().getParam("redirect_uri", "");
    if (!Logins.CLIENT_ID.equals(ctx.request().getParam("client_id")) || !loopback(back)) {
      answer(ctx, 400, new JsonObject().put("error", "invalid_client_id"));
      return;
    }
    String state = URLEncoder.encode(ctx.request().getParam("state", ""), StandardCharsets.UTF_8);
    String to =
        back + (back.contains("?") ? "&" : "?") + "code=" + logins.code() + "&state=" + state;
    ctx.response().setStatusCode(302).putHeader("Location", to).end();
  }

  private static boolean loopback(String address) {
    return address.matches("http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/.*)?");
  }

  private void revoke(RoutingContext ctx) {
    String token = form(ctx).getOrDefault("token", "");
    if (!logins.valid(token)) {
      JsonObject error = new JsonObject().put("error", "unsupported_token_type");
      answer(ctx, 400, error.put("error_description", "this token type is not supported"));
      return;
    }
    logins.close(token);
    ctx.response().setStatusCode(200).end();
  }

  private void introspect(RoutingContext ctx) {
    boolean active = logins.valid(form(ctx).getOrDefault("token", ""));
    JsonObject json = new JsonObject().put("active", active);
    answer(ctx, 200, active ? json.put("username", Logins.USERNAME).put("scope", "api") : json);
  }

  private void identity(RoutingContext ctx, java.util.function.Supplier<JsonObject> body) {
    if (!logins.valid(bearer(ctx))) {
      ctx.response().setStatusCode(403).end("Bad_OAuth_Token");
      return;
    }
    answer(ctx, 200, body.get());
  }

  /** The token of the request: in its header, or as a parameter. */
  static String bearer(RoutingContext ctx) {
    String header = ctx.request().getHeader("Authorization");
    if (header != null && header.matches("(?i)(Bearer|OAuth) .+")) {
      return header.substring(header.indexOf(' ') + 1).strip();
    }
    String session = ctx.request().getHeader("X-SFDC-Session");
    return session == null ? ctx.request().getParam("oauth_token", "") : session;
  }

  private JsonObject userInfo() {
    return new JsonObject()
        .put("sub", self + "/id/" + org.id + "/" + org.userId)
        .put("user_id", org.userId)
        .put("organization_id", org.id)
        .put("preferred_username", Logins.USERNAME)
        .put("name", "Admin")
        .put("email", Logins.USERNAME)
        .put("email_verified", true)
        .put("urls", urls());
  }

  private JsonObject identity() {
    return new JsonObject()
        .put("id", self + "/id/" + org.id + "/" + org.userId)
        .put("asserted_user", true)
        .put("user_id", org.userId)
        .put("organization_id", org.id)
        .put("username", Logins.USERNAME)
        .put("display_name", "Admin")
        .put("email", Logins.USERNAME)
        .put("active", true)
        .put("urls", urls());
  }

  private JsonObject urls() {
    return new JsonObject()
        .put("rest", self + "/services/data/v{version}/")
        .put("sobjects", self + "/services/data/v{version}/sobjects/")
        .put("query", self + "/services/data/v{version}/query/")
        .put("partner", self + "/services/Soap/u/{version}/" + org.id)
        .put("profile", self + "/" + org.userId);
  }

  private static void answer(RoutingContext ctx, int status, JsonObject json) {
    HttpServerResponse response = ctx.response().setStatusCode(status);
    response.putHeader("Content-Type", "application/json;charset=UTF-8");
    response.putHeader("Cache-Control", "no-store").end(json.encode());
  }
}
