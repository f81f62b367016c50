package io.nave.connectors.gigya;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Webhook notifications: are they the vendor's, what is new in them, and how do the accounts look
 * now? They carry ids only. An account counts as deleted only where the vendor, asked for it, does
 * not know it any more.
 */
@ApplicationScoped
@Named("gigyaHooks")
public class GigyaHooks {
  private static final String EVENTS =
      "accountCreated,accountRegistered,accountUpdated,accountDeleted,subscriptionUpdated";
  private static final Duration KEY_REST = Duration.ofSeconds(10);
  private static final JsonMapper JSON = new JsonMapper();

  private final GigyaApi api;
  private final SpokeSettings settings;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
  private final Map<String, Instant> keysFetched = new ConcurrentHashMap<>();
  private final Set<String> registered = ConcurrentHashMap.newKeySet();
  private final Recent<Boolean> handled = new Recent<>(50_000);
  private final ExecutorService readers = Executors.newFixedThreadPool(8);

  @Inject
  GigyaHooks(GigyaApi api, SpokeSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  @PreDestroy
  void close() {
    readers.shutdownNow();
  }

  /** Tells the vendor once where to send notifications, if the setting {@code webhook-url} says. */
  void register(String spoke) {
    var url = settings.get(spoke, "webhook-url");
    if (url.isBlank() || registered.contains(spoke)) return;
    api.call(
        spoke,
        "accounts.webhooks.set",
        Map.of(
            "name",
            "nave-" + spoke,
            "url",
            url,
            "events",
            EVENTS,
            "active",
            "true",
            "version",
            "2.0",
            "signingUserKey",
            settings.get(spoke, "user-key")));
    registered.add(spoke);
  }

  /**
   * Checks a notification and reads the accounts that it speaks of.
   *
   * @throws VendorError when the vendor cannot be asked: nothing may be acknowledged
   */
  public GigyaNotice open(String spoke, byte[] body, String token) {
    var json = json(body);
    if (json == null || !json.path("events").isArray()) return GigyaNotice.refused("no events");
    var fault = fault(spoke, body, json, WebhookToken.read(token));
    if (fault != null) return GigyaNotice.refused(fault);
    var events = new ArrayList<JsonNode>();
    for (var event : json.path("events")) if (isNew(spoke, event)) events.add(event);
    return new GigyaNotice(
        null,
        events.stream().map(event -> event.path("id").asText()).toList(),
        read(spoke, events));
  }

  /** Remembers that the events are durable: should they come again, they are known. */
  public void handedOn(String spoke, GigyaNotice notice) {
    notice.events().forEach(id -> handled.put(spoke + " " + id, true));
  }

  private static JsonNode json(byte[] body) {
    try {
      return body == null ? null : JSON.readTree(body);
    } catch (IOException e) {
      return null;
    }
  }

  private String fault(String spoke, byte[] body, JsonNode json, WebhookToken token) {
    if (token == null) return "no token";
    var key = key(spoke, token.kid());
    if (key.isEmpty()) return "unknown key";
    var issuer = "https://fidm.gigya.com/jwt/" + settings.get(spoke, "api-key") + "/";
    var checked = Boolean.parseBoolean(settings.get(spoke, "check-body-hash"));
    var digest = checked ? WebhookToken.digest(body) : null;
    return token.fault(key.get(), issuer, json, digest, api.now(spoke));
  }

  /** The key of this id; unknown ones are asked for, but not more often than every ten seconds. */
  private Optional<PublicKey> key(String spoke, String kid) {
    var known = keys.get(spoke + " " + kid);
    if (known != null) return Optional.of(known);
    var now = api.now(spoke);
    var last = keysFetched.get(spoke);
    if (last != null && now.isBefore(last.plus(KEY_REST))) return Optional.empty();
    fetchKeys(spoke);
    keysFetched.put(spoke, now);
    return Optional.ofNullable(keys.get(spoke + " " + kid));
  }

  private void fetchKeys(String spoke) {
    var answer = api.call(spoke, "accounts.getJWTPublicKey", Map.of("V2", "true"));
    if (!(answer.get("keys") instanceof List<?> list))
      throw new VendorError("malformed", "accounts.getJWTPublicKey: an answer without keys");
    for (var one : list)
      if (one instanceof Map<?, ?> jwk)
        keys.put(spoke + " " + jwk.get("kid"), WebhookToken.key(jwk.get("n"), jwk.get("e")));
  }

  private boolean isNew(String spoke, JsonNode event) {
    var lite = event.at("/data/accountType").asText().equals("lite");
    var wanted = !lite || Boolean.parseBoolean(settings.get(spoke, "lite-accounts"));
    return wanted
        && event.at("/data/uid").isTextual()
        && !handled.has(spoke + " " + event.path("id").asText(), true);
  }

  private List<Map<String, Object>> read(String spoke, List<JsonNode> events) {
    var last = new LinkedHashMap<String, JsonNode>();
    for (var event : events) last.put(event.at("/data/uid").asText(), event);
    var reads =
        last.values().stream()
            .map(event -> CompletableFuture.supplyAsync(() -> read(spoke, event), readers))
            .toList();
    try {
      return reads.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
    } catch (CompletionException e) {
      if (e.getCause() instanceof VendorError error) throw error;
      throw e;
    }
  }

  /** The account as it is now; null where it is gone without its deletion having been told. */
  private Map<String, Object> read(String spoke, JsonNode event) {
    var uid = event.at("/data/uid").asText();
    return api.account(spoke, uid)
        .orElseGet(
            () ->
                event.path("type").asText().equals("accountDeleted") ? deleted(uid, event) : null);
  }

  private static Map<String, Object> deleted(String uid, JsonNode event) {
    var at = Instant.ofEpochSecond(event.path("timestamp").asLong());
    return Map.of("UID", uid, "_deleted", true, "lastUpdated", at.toString());
  }
}
