package io.nave.sandbox;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Injects faults into the vendor's endpoints: {@code GET}, {@code POST} and {@code DELETE
 * /_sandbox/faults}, see docs/sandbox.md.
 */
final class Faults {
  private static final String PATH = "/_sandbox/faults";
  private static final int LARGEST = 10_000;

  private final Sandbox sandbox;
  private final List<Fault> faults = new ArrayList<>();
  private int lastId;

  Faults(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  void mount(Router router) {
    router.get(PATH).handler(ctx -> ctx.json(json()));
    router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(LARGEST)).handler(this::add);
    router.delete(PATH).handler(this::clear);
    router.delete(PATH + "/:id").handler(this::remove);
    router.route().handler(this::strike);
  }

  private JsonArray json() {
    end(fault -> fault.over(Instant.now()));
    return new JsonArray(faults.stream().map(Fault::json).toList());
  }

  private void add(RoutingContext ctx) {
    try {
      var body = ctx.body().asJsonObject();
      var fault = new Fault(lastId + 1, body == null ? new JsonObject() : body, Instant.now());
      begin(fault);
      ctx.response().setStatusCode(201);
      ctx.json(fault.json());
    } catch (IllegalArgumentException e) {
      refuse(ctx, e.getMessage());
    } catch (DecodeException | ClassCastException e) {
      refuse(ctx, "body: not JSON (expected: an object such as {\"kind\": \"down\"})");
    }
  }

  private void begin(Fault fault) {
    if (fault.kind == Fault.Kind.clock && sandbox.clock() == null) {
      throw new IllegalArgumentException("kind: clock (expected: another; no clock here)");
    }
    if (fault.kind != Fault.Kind.expireTokens) {
      faults.add(fault);
      setClock();
    } else if (!sandbox.expireTokens()) {
      throw new IllegalArgumentException("kind: expireTokens (expected: another; no tokens here)");
    }
    lastId = fault.id;
  }

  private boolean end(Predicate<Fault> which) {
    boolean ended = faults.removeIf(which);
    setClock();
    return ended;
  }

  private void setClock() {
    if (sandbox.clock() != null) {
      var wrong = faults.stream().filter(fault -> fault.kind == Fault.Kind.clock);
      sandbox.clock().shift(wrong.mapToLong(fault -> fault.millis).sum());
    }
  }

  private static void refuse(RoutingContext ctx, String message) {
    ctx.response().setStatusCode(422);
    ctx.json(new JsonObject().put("error", message));
  }

  private void clear(RoutingContext ctx) {
    end(fault -> true);
    ctx.response().setStatusCode(204).end();
  }

  private void remove(RoutingContext ctx) {
    var removed = end(fault -> ctx.pathParam("id").equals(String.valueOf(fault.id)));
    ctx.response().setStatusCode(removed ? 204 : 404).end();
  }

  private void strike(RoutingContext ctx) {
    var path = ctx.request().path();
    if (faults.isEmpty() || Doorkeeper.own(path)) {
      ctx.next();
      return;
    }
    var now = Instant.now();
    var striking =
        faults.stream()
            .filter(fault -> fault.kind != Fault.Kind.clock && fault.strikes(path, now))
            .toList();
    var delay = striking.stream().filter(f -> f.kind == Fault.Kind.slow).mapToLong(f -> f.millis);
    var millis = delay.sum();
    if (millis == 0) {
      strike(ctx, striking);
    } else {
      ctx.request().pause();
      ctx.vertx()
          .setTimer(
              millis,
              timer -> {
                ctx.request().resume();
                strike(ctx, striking);
              });
    }
  }

  private static void strike(RoutingContext ctx, List<Fault> striking) {
    var fault = striking.stream().filter(f -> f.kind != Fault.Kind.slow).findFirst().orElse(null);
    if (fault == null) {
      ctx.next();
      return;
    }
    switch (fault.kind) {
      case down -> ctx.request().connection().close();
      case status -> answer(ctx.response(), fault);
      case dropAfterApply -> {
        ctx.put(Stats.DROPPED, true);
        ctx.addHeadersEndHandler(written -> ctx.request().connection().close());
        ctx.next();
      }
      default -> {
        ctx.addHeadersEndHandler(written -> ctx.response().setStatusCode(500));
        ctx.next();
      }
    }
  }

  private static void answer(HttpServerResponse response, Fault fault) {
    if (fault.retryAfter != null) {
      response.putHeader("Retry-After", String.valueOf(fault.retryAfter));
    }
    response.setStatusCode(fault.status).end();
  }
}
