package io.nave.sandbox.s4hana;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The event broker's REST interface for webhook subscriptions, with its OAuth tokens (client
 * credentials).
 */
final class EventAdministration {
  private static final String PATH = "/messagingrest/v1/subscriptions";
  private static final Duration LIFETIME = Duration.ofHours(12);

  private final Clock clock;
  private final EventBroker broker;
  private final String credentials;
  private final Map<String, Instant> tokens = new HashMap<>();

  EventAdministration(Clock clock, EventBroker broker, String clientId, String clientSecret) {
    this.clock = clock;
    this.broker = broker;
    this.credentials = clientId + ":" + clientSecret;
  }

  void mount(Router router) {
    router.post("/oauth/token").handler(BodyHandler.create(false)).handler(this::token);
    router.route(PATH + "*").handler(BodyHandler.create(false)).handler(this::authorise);
    router.get(PATH).handler(this::list);
    router.post(PATH).handler(this::subscribe);
    router.get(PATH + "/:name").handler(this::one);
    router.delete(PATH + "/:name").handler(this::unsubscribe);
    router.get(PATH + "/:name/state").handler(this::state);
    router.put(PATH + "/:name/state").handler(this::act);
  }

  void endTokens() {
    tokens.clear();
  }

  private void token(RoutingContext context) {
    String form =
        context.request().getFormAttribute("client_id")
            + ":"
            + context.request().getFormAttribute("client_secret");
    boolean known = credentials.equals(basic(context)) || credentials.equals(form);
    String grant = context.request().getParam("grant_type");
    String grantInForm = context.request().getFormAttribute("grant_type");
    if (!known) {
      fail(context, 401, "unauthorized", "Bad credentials");
    } else if (!"client_credentials".equals(grantInForm == null ? grant : grantInForm)) {
      fail(context, 400, "unsupported_grant_type", "Unsupported grant type");
    } else {
      tokens.values().removeIf(until -> until.isBefore(clock.instant()));
      String token = UUID.randomUUID().toString().replace("-", "");
      tokens.put(token, clock.instant().plus(LIFETIME));
      answer(
          context,
          200,
          new JsonObject()
              .put("access_token", token)
              .put("token_type", "bearer")
              .put("expires_in", LIFETIME.toSeconds() - 1));
    }
  }

  private void authorise(RoutingContext context) {
    String header = context.request().getHeader("authorization");
    Instant until =
        header != null && header.startsWith("Bearer ") ? tokens.get(header.substring(7)) : null;
    if (until == null || until.isBefore(clock.instant())) {
      fail(context, 401, "unauthorized", "Full authentication is required");
    } else {
      context.next();
    }
  }

  private void list(RoutingContext context) {
    JsonArray all = new JsonArray();
    broker.subscriptions().forEach(subscription -> all.add(subscription.described()));
    context.response().putHeader("content-type", "application/json").end(all.encode());
  }

  private void subscribe(RoutingContext context) {
    try {
      JsonObject declaration = context.body().asJsonObject();
      JsonObject push = declaration == null ? null : declaration.getJsonObject("pushConfig");
      if (push == null || push.getString("endpoint") == null || !declaration.containsKey("name")) {
        fail(context, 400, "bad_request", "name and pushConfig.endpoint are required");
        return;
      }
      answer(context, 202, broker.subscribe(declaration).described());
    } catch (DecodeException | ClassCastException e) {
      fail(context, 400, "bad_request", "The body is no subscription");
    }
  }

  private void one(RoutingContext context) {
    Subscription found = found(context);
    if (found != null) {
      answer(context, 200, found.described());
    }
  }

  private void unsubscribe(RoutingContext context) {
    if (found(context) != null) {
      broker.unsubscribe(context.pathParam("name"));
      context.response().setStatusCode(204).end();
    }
  }

  private void state(RoutingContext context) {
    Subscription found = found(context);
    if (found != null) {
      answer(context, 200, found.state());
    }
  }

  private void act(RoutingContext context) {
    Subscription found = found(context);
    if (found != null) {
      String action = context.body().asJsonObject().getString("action", "");
      switch (action) {
        case "pause" -> found.pause(true);
        case "resume" -> found.pause(false);
        case "handshake" -> found.start();
        default -> {
          fail(context, 400, "bad_request", "Unknown action " + action);
          return;
        }
      }
      answer(context, 202, found.state());
    }
  }

  private Subscription found(RoutingContext context) {
    Subscription found = broker.subscription(context.pathParam("name"));
    if (found == null) {
      fail(context, 404, "not_found", "No such subscription");
    }
    return found;
  }

  private static String basic(RoutingContext context) {
    String header = context.request().getHeader("authorization");
    if (header == null || !header.startsWith("Basic ")) {
      return null;
    }
    try {
      return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void fail(RoutingContext context, int status, String error, String description) {
    answer(
        context,
        status,
        new JsonObject().put("error", error).put("error_description", description));
  }

  private static void answer(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.encode());
  }
}
