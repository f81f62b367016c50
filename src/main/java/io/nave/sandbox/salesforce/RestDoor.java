package io.nave.sandbox.salesforce;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From HTTP to a {@link Call} and back: session, limits, transaction, JSON. */
final class RestDoor {
  private static final Pattern CLIENT = Pattern.compile("client=([^,;]+)");
  private static final int OLDEST = 50;
  private static final int NEWEST = 65;
  private final Org org;
  private final Logins logins;
  private final Limits limits;
  private final Rest rest;
  private volatile int withoutAssignment;

  RestDoor(Org org, Logins logins, Limits limits, Rest rest) {
    this.org = org;
    this.logins = logins;
    this.limits = limits;
    this.rest = rest;
  }

  void mount(Router router) {
    router.get("/services/data").handler(this::versions);
    router.get("/services/data/").handler(this::versions);
    router.route("/services/data/*").handler(this::handle);
  }

  /** How many requests said that assignment rules are not to run. */
  int withoutAssignment() {
    return withoutAssignment;
  }

  private void versions(RoutingContext ctx) {
    JsonArray all = new JsonArray();
    for (int i = OLDEST; i <= NEWEST; i++) {
      all.add(
          new JsonObject()
              .put("label", "Version " + i + ".0")
              .put("url", "/services/data/v" + i + ".0")
              .put("version", i + ".0"));
    }
    send(ctx, Answer.ok(all));
  }

  private void handle(RoutingContext ctx) {
    Answer answer;
    try {
      authenticate(ctx);
      limits.count();
      answer = answer(ctx);
    } catch (ApiFailure failure) {
      answer = Answer.of(failure);
    }
    ctx.response().putHeader("Sforce-Limit-Info", limits.header());
    send(ctx, answer);
  }

  private void authenticate(RoutingContext ctx) {
    String token = OAuthDoor.bearer(ctx);
    if (token.isEmpty()) {
      throw new ApiFailure(401, "INVALID_AUTH_HEADER", "INVALID_AUTH_HEADER");
    }
    if (!logins.valid(token)) {
      throw new ApiFailure(401, "INVALID_SESSION_ID", "Session expired or invalid");
    }
  }

  private Answer answer(RoutingContext ctx) {
    Url url = Url.parse(ctx.request().uri());
    Map<String, String> headers = new HashMap<>();
    ctx.request().headers().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), v));
    if ("false".equalsIgnoreCase(headers.get("sforce-auto-assign"))) {
      withoutAssignment++;
    }
    Transaction transaction = new Transaction(origin(url, headers), org.userId);
    String method = url.query().getOrDefault("_HttpMethod", ctx.request().method().name());
    Call call =
        new Call(method, url.version(), url.path(), url.query(), headers, body(ctx), transaction);
    try {
      Answer answer = rest.answer(call);
      if (answer.failed()) {
        transaction.rollBack();
      }
      org.commit(transaction);
      return answer;
    } catch (RuntimeException e) {
      transaction.rollBack();
      throw e;
    }
  }

  private static String origin(Url url, Map<String, String> headers) {
    String options = headers.getOrDefault("sforce-call-options", "");
    Matcher client = CLIENT.matcher(options);
    String name = client.find() ? ";client=" + client.group(1).strip() : "";
    return "com/salesforce/api/rest/" + url.version().substring(1) + name;
  }

  private static Object body(RoutingContext ctx) {
    String text = ctx.body() == null ? null : ctx.body().asString();
    if (text == null || text.isBlank()) {
      return null;
    }
    String type = ctx.request().getHeader("Content-Type");
    if (type != null && type.toLowerCase(Locale.ROOT).contains("csv")) {
      return text;
    }
    try {
      return Json.decodeValue(text);
    } catch (io.vertx.core.json.DecodeException e) {
      throw ApiFailure.invalid("JSON_PARSER_ERROR", "Unexpected character or end of the JSON body");
    }
  }

  private static void send(RoutingContext ctx, Answer answer) {
    HttpServerResponse response = ctx.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (answer.body() == null) {
      response.end();
    } else if (answer.body() instanceof String csv) {
      response.putHeader("Content-Type", "text/csv").end(csv);
    } else {
      response.putHeader("Content-Type", "application/json;charset=UTF-8");
      response.end(Json.encodeToBuffer(answer.body()));
    }
  }
}
