package io.nave.connectors.s4hana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The event broker's side: takes CloudEvents that were pushed to the webhook, and subscribes the
 * webhook where the settings say how.
 */
@Named("s4hanaEvents")
@ApplicationScoped
public class S4HanaEvents {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "sap.s4.beh.businesspartner.v1.BusinessPartner.";

  private final SpokeSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Set<String> subscribed = ConcurrentHashMap.newKeySet();

  S4HanaEvents(SpokeSettings settings) {
    this.settings = settings;
  }

  /** Reads a pushed request: one CloudEvent, a list of them, or the bare content of one. */
  public Notice accept(String spoke, String authorization, String body) {
    if (!trusted(spoke, authorization)) {
      return new Notice(401, Map.of());
    }
    Map<String, Instant> partners = new LinkedHashMap<>();
    try {
      JsonNode events = JSON.readTree(body == null ? "" : body);
      boolean understood = events.isArray() ? all(events, partners) : one(events, partners);
      return new Notice(understood ? 204 : 400, understood ? partners : Map.of());
    } catch (JsonProcessingException | DateTimeException e) {
      return new Notice(400, Map.of());
    }
  }

  /** Subscribes the webhook at the broker, once, where the settings name a broker. */
  public void subscribe(String spoke) {
    String broker = settings.get(spoke, "events-url");
    String webhook = settings.get(spoke, "webhook-url");
    if (broker.isEmpty() || webhook.isEmpty() || subscribed.contains(spoke)) {
      return;
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(broker + "/messagingrest/v1/subscriptions"))
            .header("Authorization", "Bearer " + token(spoke))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(subscription(spoke, webhook).toString()));
    send(request);
    subscribed.add(spoke);
  }

  private ObjectNode subscription(String spoke, String webhook) {
    ObjectNode subscription = JSON.createObjectNode();
    subscription.put("name", "nave-" + spoke);
    subscription.put("address", "queue:" + settings.get(spoke, "events-queue"));
    subscription.put("qos", 1);
    ObjectNode push = subscription.putObject("pushConfig");
    push.put("type", "webhook").put("endpoint", webhook).put("exemptHandshake", false);
    push.put("defaultContentType", "application/cloudevents+json");
    push.putObject("securitySchema")
        .put("type", "basic")
        .put("username", settings.get(spoke, "webhook-user"))
        .put("password", settings.get(spoke, "webhook-password"));
    return subscription;
  }

  private String token(String spoke) {
    String client = settings.get(spoke, "events-client-id");
    String secret = settings.get(spoke, "events-client-secret");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.get(spoke, "events-token-url")))
            .header("Authorization", basic(client, secret))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"));
    try {
      return JSON.readTree(send(request)).path("access_token").asText();
    } catch (JsonProcessingException e) {
      throw new VendorError("malformed", "the event broker's token answer is no JSON");
    }
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new VendorError("HTTP " + response.statusCode(), "the event broker refused");
      }
      return response.body();
    } catch (HttpTimeoutException e) {
      throw new VendorError("timeout", "no answer from the event broker", e);
    } catch (IOException e) {
      throw new VendorError("connection", "event broker: " + e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorError("connection", "interrupted", e);
    }
  }

  private boolean trusted(String spoke, String authorization) {
    String expected =
        basic(settings.get(spoke, "webhook-user"), settings.get(spoke, "webhook-password"));
    byte[] given = authorization == null ? new byte[0] : bytes(authorization);
    return MessageDigest.isEqual(bytes(expected), given);
  }

  private static boolean all(JsonNode events, Map<String, Instant> partners) {
    boolean understood = true;
    for (JsonNode event : events) {
      understood &= one(event, partners);
    }
    return understood;
  }

  /** False where the event is none, or one of a partner without its number. */
  private static boolean one(JsonNode event, Map<String, Instant> partners) {
    String type = event.path("type").asText(PREFIX);
    if (!type.startsWith(PREFIX)) {
      return true;
    }
    String number = event.at("/data/BusinessPartner").asText(text(event, "BusinessPartner"));
    if (number.isEmpty()) {
      return false;
    }
    String time = text(event, "time");
    partners.put(number, time.isEmpty() ? null : OffsetDateTime.parse(time).toInstant());
    return true;
  }

  private static String text(JsonNode event, String field) {
    return event.path(field).asText("");
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString(bytes(user + ":" + password));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
