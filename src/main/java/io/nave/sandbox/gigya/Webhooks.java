package io.nave.sandbox.gigya;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The site's webhooks. Each hook has a queue and at most one notification under way, so that events
 * keep their order; a notification carries up to a hundred events and a signed token, and is sent
 * again, at growing intervals, until the receiver answers 2xx within ten seconds.
 */
final class Webhooks {
  static final int MOST_EVENTS = 100;
  private static final long TIMEOUT_MILLIS = 10_000;
  private static final long GATHER_MILLIS = 10;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final Set<String> EVENTS =
      Set.of(
          "accountCreated",
          "accountRegistered",
          "accountUpdated",
          "accountDeleted",
          "accountLoggedIn",
          "accountLockedOut",
          "subscriptionUpdated");

  private static final class Hook {
    final Deque<JsonObject> queue = new ArrayDeque<>();
    JsonObject settings = new JsonObject();
    boolean busy;
    int failures;

    boolean wants(String event) {
      return settings.getBoolean("active") && settings.getJsonArray("events").contains(event);
    }
  }

  private final Accounts accounts;
  private final String apiKey;
  private final SigningKey key;
  private final Map<String, Hook> hooks = new LinkedHashMap<>();
  private Duration firstWait = Duration.ofSeconds(1);
  private Vertx vertx;
  private HttpClient client;

  Webhooks(Accounts accounts, String apiKey, SigningKey key) {
    this.accounts = accounts;
    this.apiKey = apiKey;
    this.key = key;
  }

  void start(Vertx vertx) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
  }

  void close() {
    hooks.clear();
    if (client != null) client.close();
  }

  /** How long to wait after the first failure; it doubles up to an hour. */
  void firstWait(Duration firstWait) {
    this.firstWait = firstWait;
  }

  JsonObject set(Call call) {
    var name = call.required("name");
    var hook = hooks.get(name);
    var settings = hook == null ? blank(name) : hook.settings.copy();
    if (hook == null || call.has("url")) settings.put("url", url(call, name));
    if (hook == null || call.has("events")) settings.put("events", events(call));
    settings.put("active", call.flag("active", settings.getBoolean("active")));
    for (var text : new String[] {"signingUserKey", "version"})
      if (call.has(text)) settings.put(text, call.text(text));
    hooks.computeIfAbsent(name, any -> new Hook()).settings = settings;
    return new JsonObject();
  }

  private static JsonObject blank(String name) {
    return new JsonObject()
        .put("id", UUID.randomUUID().toString())
        .put("name", name)
        .put("active", true)
        .put("version", "2.0");
  }

  private String url(Call call, String name) {
    var url = call.required("url");
    var here = url.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?(/.*)?");
    if (!here && !url.startsWith("https://")) throw Refusal.invalid("url", "is not https");
    for (var other : hooks.values())
      if (other.settings.getString("url").equals(url)
          && !other.settings.getString("name").equals(name))
        throw new Refusal(Refusal.UNIQUE_IDENTIFIER_EXISTS, "A webhook with this url exists");
    return url;
  }

  private static JsonArray events(Call call) {
    var text = call.required("events");
    var names =
        text.startsWith("[")
            ? new JsonArray(text)
            : new JsonArray(Arrays.asList(text.split("\\s*,\\s*")));
    for (var name : names)
      if (!EVENTS.contains(name)) throw Refusal.invalid("events", "has an unknown event: " + name);
    return names;
  }

  JsonObject getAll(Call call) {
    var all = new JsonArray();
    hooks.values().forEach(hook -> all.add(hook.settings.copy()));
    return new JsonObject().put("webhooks", all);
  }

  JsonObject delete(Call call) {
    var name = call.text("name");
    var url = call.text("url");
    if (name == null && url == null) throw Refusal.missing("url");
    var gone =
        hooks
            .values()
            .removeIf(
                hook ->
                    hook.settings.getString("name").equals(name)
                        || hook.settings.getString("url").equals(url));
    if (!gone) throw Refusal.invalid("url", "belongs to no webhook");
    return new JsonObject();
  }

  /** Queues an event for every hook that wants it. */
  void happened(String type, JsonObject account) {
    if (hooks.values().stream().noneMatch(hook -> hook.wants(type))) return;
    var event =
        new JsonObject()
            .put("type", type)
            .put("id", UUID.randomUUID().toString())
            .put("timestamp", accounts.now().getEpochSecond())
            .put("callId", AccountMethods.newUid())
            .put("version", "2.0")
            .put("apiKey", apiKey)
            .put("data", content(type, account));
    for (var hook : hooks.values()) {
      if (!hook.wants(type)) continue;
      hook.queue.add(event);
      sendSoon(hook, GATHER_MILLIS);
    }
  }

  private static JsonObject content(String type, JsonObject account) {
    var lite = account.getBoolean("_lite", false);
    var content =
        new JsonObject()
            .put("accountType", lite ? "lite" : "full")
            .put("uid", account.getString("UID"));
    if (type.equals("subscriptionUpdated"))
      content.put(
          "emailAccountToken",
          SigningKey.digest(
              account.getString("UID").getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    return content;
  }

  private void sendSoon(Hook hook, long millis) {
    if (hook.busy || hook.queue.isEmpty() || vertx == null) return;
    hook.busy = true;
    vertx.setTimer(millis, timer -> send(hook));
  }

  private void send(Hook hook) {
    if (!hooks.containsValue(hook)) return;
    var events = new JsonArray();
    hook.queue.stream().limit(MOST_EVENTS).forEach(events::add);
    var now = accounts.now().getEpochSecond();
    var nonce = UUID.randomUUID().toString();
    var issuer = "https://fidm.gigya.com/jwt/" + apiKey + "/";
    var body =
        new JsonObject().put("events", events).put("nonce", nonce).put("timestamp", now).toBuffer();
    post(hook, body, token(body, nonce, issuer, now))
        .onComplete(
            sent -> settle(hook, events.size(), sent.succeeded() && sent.result() / 100 == 2));
  }

  private void settle(Hook hook, int count, boolean accepted) {
    hook.busy = false;
    if (accepted) {
      hook.failures = 0;
      for (var i = 0; i < count; i++) hook.queue.poll();
      sendSoon(hook, 1);
    } else {
      var wait = firstWait.toMillis() << Math.min(hook.failures++, 20);
      sendSoon(hook, Math.max(1, Math.min(wait, LONGEST_WAIT.toMillis())));
    }
  }

  private io.vertx.core.Future<Integer> post(Hook hook, Buffer body, String token) {
    var url = URI.create(hook.settings.getString("url"));
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url.toString())
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("Content-Type", "application/json")
            .putHeader("x-gigya-sig-jwt", token);
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(response -> response.body().map(read -> response.statusCode()));
  }

  /** The token that vouches for a notification: it expires after a minute. */
  String token(Buffer body, String nonce, String issuer, long now) {
    return key.sign(
        new JsonObject()
            .put("sub", SigningKey.digest(body.getBytes()))
            .put("jti", nonce)
            .put("exp", now + 60)
            .put("iat", now)
            .put("iss", issuer),
        "eu1");
  }
}
