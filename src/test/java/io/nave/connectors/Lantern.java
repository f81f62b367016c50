package io.nave.connectors;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.Sandbox;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An imaginary loyalty system: a change feed in pages of two, and members to write. */
final class Lantern implements Sandbox {
  static final String KEY = "made-up-key";

  final List<JsonObject> changes = new ArrayList<>();
  final List<JsonObject> requests = new ArrayList<>();
  private URI self;

  void change(String id, String json) {
    changes.add(
        new JsonObject(json)
            .put("id", id)
            .put("updated", "2026-01-0" + (changes.size() + 1) + "T00:00:00Z"));
  }

  @Override
  public String name() {
    return "lantern";
  }

  @Override
  public String title() {
    return "Lantern";
  }

  @Override
  public void mount(Vertx vertx, Router router, URI self) {
    this.self = self;
    router.route("/api/*").handler(BodyHandler.create(false)).handler(this::authenticate);
    router.get("/api/changes").handler(this::feed);
    router.post("/api/members").handler(ctx -> write(ctx, "m-9", 201));
    router.patch("/api/members/:id").handler(ctx -> write(ctx, ctx.pathParam("id"), 200));
    router.delete("/api/members/:id").handler(ctx -> write(ctx, ctx.pathParam("id"), 200));
  }

  private void authenticate(RoutingContext ctx) {
    if (KEY.equals(ctx.request().getHeader("X-Api-Key"))) {
      ctx.next();
    } else {
      ctx.response().setStatusCode(401).end();
    }
  }

  private void feed(RoutingContext ctx) {
    var after = ctx.queryParam("after").stream().mapToInt(Integer::parseInt).findFirst().orElse(0);
    var until = Math.min(after + 2, changes.size());
    ctx.json(
        new JsonObject()
            .put("members", new JsonArray(List.copyOf(changes.subList(after, until))))
            .put("position", String.valueOf(until))
            .put("more", until < changes.size()));
  }

  private void write(RoutingContext ctx, String id, int status) {
    var member = ctx.body().isEmpty() ? new JsonObject() : ctx.body().asJsonObject();
    if (String.valueOf(member.getValue("mail", "@")).matches("null|.*@.*")) {
      requests.add(
          new JsonObject()
              .put("method", ctx.request().method().name())
              .put("id", id)
              .put("body", member));
      ctx.response().setStatusCode(status);
      ctx.json(new JsonObject().put("id", id));
    } else {
      ctx.response().setStatusCode(422);
      ctx.json(new JsonObject().put("error", "MAIL_INVALID"));
    }
  }

  @Override
  public RecordTable records() {
    throw new UnsupportedOperationException("no page");
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("url", self.toString(), "api-key", KEY);
  }
}
