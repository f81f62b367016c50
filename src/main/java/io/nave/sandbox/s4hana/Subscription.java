package io.nave.sandbox.s4hana;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;

/**
 * A webhook that events are pushed to: at least once, in any order among a few in flight; what the
 * webhook does not answer with 2xx is sent again after a pause that doubles up to a minute.
 */
final class Subscription {
  private static final int IN_FLIGHT = 8;
  private static final int QUEUE_LIMIT = 200_000;
  private static final long LONGEST_PAUSE = 60_000;
  private static final long TIMEOUT = 10_000;
  private static final String ORIGIN = "sandbox.messaging.example";

  private final Vertx vertx;
  private final HttpClient client;
  private final JsonObject declaration;
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private boolean shaken;
  private boolean stopped;
  private Subscription successor;
  private boolean paused;
  private int inFlight;
  private long delivered;
  private long failed;

  private record Delivery(String event, int attempts) {}

  Subscription(Vertx vertx, HttpClient client, JsonObject declaration) {
    this.vertx = vertx;
    this.client = client;
    this.declaration = declaration;
  }

  void start() {
    if (push().getBoolean("exemptHandshake", false)) {
      shaken = true;
    } else {
      shakeHands(1_000);
    }
  }

  void stop() {
    stopped = true;
    waiting.clear();
  }

  /** Hands over what waits, and what is under way once it was not accepted. */
  void replaceBy(Subscription next) {
    successor = next;
    waiting.forEach(next.waiting::add);
    stop();
  }

  void pause(boolean pause) {
    paused = pause;
    send();
  }

  void enqueue(String event) {
    if (successor != null) {
      successor.enqueue(event);
    } else if (waiting.size() < QUEUE_LIMIT) {
      waiting.add(new Delivery(event, 0));
      send();
    }
  }

  /** The declaration without secrets. */
  JsonObject described() {
    JsonObject copy = declaration.copy();
    copy.getJsonObject("pushConfig").remove("securitySchema");
    return copy;
  }

  JsonObject state() {
    return new JsonObject()
        .put("lifecycleStatus", paused ? "PAUSED" : "ACTIVE")
        .put("handshakeStatus", shaken ? "COMPLETED" : "REQUESTED")
        .put("waiting", waiting.size() + inFlight)
        .put("delivered", delivered)
        .put("failed", failed);
  }

  private void send() {
    while (shaken && !paused && !stopped && inFlight < IN_FLIGHT && !waiting.isEmpty()) {
      Delivery delivery = waiting.poll();
      inFlight++;
      post(delivery).onComplete(result -> settle(delivery, result.succeeded()));
    }
  }

  private Future<Void> post(Delivery delivery) {
    return request(HttpMethod.POST)
        .compose(
            request -> {
              request.putHeader("content-type", contentType());
              request.putHeader("x-qos", declaration.getValue("qos", 1).toString());
              return request.send(delivery.event());
            })
        .compose(Subscription::accepted);
  }

  private void settle(Delivery delivery, boolean accepted) {
    inFlight--;
    if (accepted) {
      delivered++;
      send();
    } else if (successor != null) {
      enqueue(delivery.event());
    } else if (!stopped) {
      failed++;
      Delivery again = new Delivery(delivery.event(), delivery.attempts() + 1);
      long pause = Math.min(LONGEST_PAUSE, 500L << Math.min(delivery.attempts(), 7));
      vertx.setTimer(pause, timer -> requeue(again));
      send();
    }
  }

  private void requeue(Delivery delivery) {
    if (successor != null) {
      enqueue(delivery.event());
    } else if (!stopped) {
      waiting.addFirst(delivery);
      send();
    }
  }

  private void shakeHands(long pause) {
    request(HttpMethod.OPTIONS)
        .compose(request -> request.putHeader("WebHook-Request-Origin", ORIGIN).send())
        .compose(response -> accepted(response).map(response))
        .map(response -> allowed(response.getHeader("WebHook-Allowed-Origin")))
        .onComplete(
            result -> {
              shaken = result.succeeded() && Boolean.TRUE.equals(result.result());
              if (shaken) {
                send();
              } else if (!stopped) {
                long longer = Math.min(LONGEST_PAUSE, pause * 2);
                vertx.setTimer(pause, timer -> shakeHands(longer));
              }
            });
  }

  private static boolean allowed(String origin) {
    return "*".equals(origin) || ORIGIN.equals(origin);
  }

  private Future<HttpClientRequest> request(HttpMethod method) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(push().getString("endpoint"))
            .setMethod(method)
            .setTimeout(TIMEOUT);
    return client.request(options).map(this::authorised);
  }

  private HttpClientRequest authorised(HttpClientRequest request) {
    JsonObject security = push().getJsonObject("securitySchema", new JsonObject());
    if ("basic".equals(security.getString("type"))) {
      String pair = security.getString("username") + ":" + security.getString("password");
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      request.putHeader("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return request;
  }

  private static Future<Void> accepted(HttpClientResponse response) {
    return response
        .body()
        .compose(
            body ->
                response.statusCode() / 100 == 2
                    ? Future.succeededFuture()
                    : Future.failedFuture("HTTP " + response.statusCode()));
  }

  private JsonObject push() {
    return declaration.getJsonObject("pushConfig");
  }

  private String contentType() {
    return push().getString("defaultContentType", "application/cloudevents+json");
  }
}
