package io.nave.sandbox.s4hana;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Turns changes of partners into CloudEvents and pushes them to the webhooks that subscribed. */
final class EventBroker {
  private static final String TYPE = "sap.s4.beh.businesspartner.v1.BusinessPartner.%s.v1";

  private final Clock clock;
  private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
  private Vertx vertx;
  private HttpClient client;

  EventBroker(Clock clock) {
    this.clock = clock;
  }

  void start(Vertx on) {
    vertx = on;
    client = on.createHttpClient(new HttpClientOptions().setMaxPoolSize(16));
  }

  void stop() {
    subscriptions.values().forEach(Subscription::stop);
    subscriptions.clear();
    if (client != null) {
      client.close();
    }
  }

  /**
   * Starts to push to a webhook; a subscription of the same name is replaced. What was not taken
   * stays in the queue.
   */
  Subscription subscribe(JsonObject declaration) {
    String name = declaration.getString("name");
    Subscription subscription = new Subscription(vertx, client, declaration);
    Subscription old = subscriptions.put(name, subscription);
    if (old != null) {
      old.replaceBy(subscription);
    }
    subscription.start();
    return subscription;
  }

  boolean unsubscribe(String name) {
    Subscription old = subscriptions.remove(name);
    if (old != null) {
      old.stop();
    }
    return old != null;
  }

  Collection<Subscription> subscriptions() {
    return subscriptions.values();
  }

  Subscription subscription(String name) {
    return subscriptions.get(name);
  }

  /**
   * @param what {@code Created} or {@code Changed}
   */
  void publish(String what, String partner) {
    if (subscriptions.isEmpty()) {
      return;
    }
    String event = event(what, partner).encode();
    subscriptions.values().forEach(subscription -> subscription.enqueue(event));
  }

  private JsonObject event(String what, String partner) {
    return new JsonObject()
        .put("type", String.format(TYPE, what))
        .put("specversion", "1.0")
        .put("source", "/default/sap.s4.beh/S4HCLNT100")
        .put("id", UUID.randomUUID().toString())
        .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("datacontenttype", "application/json")
        .put("data", new JsonObject().put("BusinessPartner", partner));
  }
}
