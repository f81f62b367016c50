package io.nave.connectors.gigya;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.connectors.AnyOf;
import io.nave.connectors.ConnectorHarness;
import io.nave.connectors.ConnectorHarness.Refused;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.FailureKind;
import io.nave.sandbox.SandboxServer;
import io.nave.sandbox.gigya.GigyaCaller;
import io.nave.sandbox.gigya.GigyaSandbox;
import io.nave.sync.Cursors;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GigyaConnectorTest {
  private static final Path FOLDER = Path.of("connectors/gigya");
  private static final String NEVER = "600s";

  private final GigyaSandbox sandbox = new GigyaSandbox(Clock.systemUTC());
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> settings = new HashMap<>();
  private SandboxServer server;
  private GigyaCaller caller;
  private ConnectorHarness gigya;
  private int port;

  @BeforeEach
  void start() throws IOException {
    server = SandboxServer.start(vertx, sandbox, 0);
    sandbox.webhookRetry(Duration.ofMillis(50));
    settings.putAll(sandbox.settings());
    caller = new GigyaCaller(sandbox.settings());
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    if (gigya != null) gigya.close();
    server.close();
    vertx.close();
  }

  @Test
  void readsAllAccountsPageByPageAndThenOnlyWhatChanged() {
    settings.put("page", "2");
    for (var i = 0; i < 5; i++) add("u" + i, "p" + i + "@example.org");
    startSource("100ms");
    await().untilAsserted(() -> assertThat(uids()).containsExactly("u0", "u1", "u2", "u3", "u4"));
    await().until(() -> gigya.cursors().read("gigya", "lastUpdated") != null);
    set("u3", "profile", "{\"city\":\"Caerdydd\"}");
    await().untilAsserted(() -> assertThat(uids()).hasSize(6).last().isEqualTo("u3"));
    assertThat(last().at("/customer/addresses/0/city").asText()).isEqualTo("Caerdydd");
    assertThat(gigya.quarantine()).isEmpty();
  }

  @Test
  void catchesUpAfterARestartWithWhatTheIndexShowedLate() {
    sandbox.searchLag(Duration.ofMillis(300));
    add("u0", "p0@example.org");
    startSource("50ms");
    await().untilAsserted(() -> assertThat(uids()).containsExactly("u0"));
    gigya.stopSource();
    add("u1", "p1@example.org");
    gigya.startSource(Map.of("poll", "50ms"));
    await().untilAsserted(() -> assertThat(uids()).containsExactly("u0", "u1"));
  }

  @Test
  void readsLiteAccountsWhereWished() {
    settings.put("lite-accounts", "true");
    add("u0", "p0@example.org");
    var lite =
        caller.call("accounts.importLiteAccount", "email", "lite@example.org").getString("UID");
    startSource(NEVER);
    await().untilAsserted(() -> assertThat(uids()).containsExactly("u0", lite));
  }

  @Test
  void keepsItsPositionWhileTheHubTakesNothing() {
    add("u0", "p0@example.org");
    prepare();
    var failures = new AtomicInteger();
    gigya.failCapture(() -> new IllegalStateException("log full " + failures.incrementAndGet()));
    gigya.startSource(Map.of("poll", "50ms"));
    await().until(() -> failures.get() > 1);
    assertThat(gigya.cursors().read("gigya", "lastUpdated")).isNull();
    gigya.repairCapture();
    await().untilAsserted(() -> assertThat(uids()).containsExactly("u0"));
    await().until(() -> gigya.cursors().read("gigya", "lastUpdated") != null);
  }

  @Test
  void hearsOfChangesDeletesAndOptOutsThroughItsWebhook() {
    add("u0", "p0@example.org");
    startWithWebhook();
    set("u0", "profile", "{\"firstName\":\"Zoë\"}");
    await()
        .untilAsserted(
            () -> assertThat(last().at("/customer/name/given").asText()).isEqualTo("Zoë"));
    sandbox.records().unsubscribe("u0");
    await()
        .untilAsserted(
            () -> assertThat(last().at("/consents/0/state").asText()).isEqualTo("withdrawn"));
    assertThat(last().at("/consents/0/decidedAt").asText()).isNotBlank();
    caller.call("accounts.deleteAccount", "UID", "u0");
    await().untilAsserted(() -> assertThat(last().at("/kind").asText()).isEqualTo("delete"));
    assertThat(last().at("/recordId").asText()).isEqualTo("u0");
    assertThat(caller.call("accounts.webhooks.getAll").getJsonArray("webhooks")).hasSize(1);
  }

  @Test
  void bringsAChangeWithinHalfASecond() {
    add("u0", "p0@example.org");
    startWithWebhook();
    set("u0", "profile", "{\"firstName\":\"Warm\"}");
    await()
        .untilAsserted(
            () -> assertThat(last().at("/customer/name/given").asText()).isEqualTo("Warm"));
    set("u0", "profile", "{\"firstName\":\"Quick\"}");
    await()
        .atMost(Duration.ofMillis(500))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(last().at("/customer/name/given").asText()).isEqualTo("Quick"));
  }

  @Test
  void answersANotificationWith5xxWhileNothingIsDurableSoThatItComesAgain() {
    add("u0", "p0@example.org");
    startWithWebhook();
    gigya.failCapture(() -> new IllegalStateException("log full"));
    set("u0", "profile", "{\"firstName\":\"Zoë\"}");
    var body = notification("u0", "accountUpdated");
    assertThat(post(body, sandbox.sign(body))).isGreaterThanOrEqualTo(500);
    gigya.repairCapture();
    await()
        .untilAsserted(
            () -> assertThat(last().at("/customer/name/given").asText()).isEqualTo("Zoë"));
  }

  @Test
  void readsTheAccountOnceForAnEventThatComesTwice() {
    add("u0", "p0@example.org");
    startWithWebhook();
    var before = gigya.records().size();
    var body = notification("u0", "accountUpdated");
    assertThat(post(body, sandbox.sign(body))).isEqualTo(200);
    assertThat(post(body, sandbox.sign(body))).isEqualTo(200);
    assertThat(gigya.records()).hasSize(before + 1);
  }

  @Test
  void doesNotBelieveInADeletionThatTheVendorDoesNotConfirm() {
    add("u0", "p0@example.org");
    startWithWebhook();
    var body = notification("u0", "accountDeleted");
    assertThat(post(body, sandbox.sign(body))).isEqualTo(200);
    assertThat(last().at("/kind").asText()).isEqualTo("snapshot");
  }

  @Test
  void takesNoAccountForDeletedWhenItsOwnCredentialsAreRefused() {
    add("u0", "p0@example.org");
    startWithWebhook();
    caller.call("accounts.webhooks.delete", "name", "nave-gigya");
    var first = notification("u0", "accountUpdated");
    assertThat(post(first, sandbox.sign(first))).isEqualTo(200);
    caller.call("accounts.deleteAccount", "UID", "u0");
    var before = gigya.records().size();
    var body = notification("u0", "accountDeleted");
    sandbox.refuseNext(403005, 2);
    assertThat(post(body, sandbox.sign(body))).isGreaterThanOrEqualTo(500);
    assertThat(gigya.records()).hasSize(before);
    assertThat(post(body, sandbox.sign(body))).isEqualTo(200);
    assertThat(last().at("/kind").asText()).isEqualTo("delete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "broken",
        "other body",
        "other issuer",
        "expired",
        "other key",
        "other nonce"
      })
  void refusesANotificationThatIsNotTheVendors(String forgery) {
    add("u0", "p0@example.org");
    startWithWebhook();
    var before = gigya.records().size();
    var body = notification("u0", "accountUpdated");
    assertThat(post(body, forged(forgery, body))).isEqualTo(401);
    assertThat(gigya.records()).hasSize(before);
  }

  private String forged(String forgery, JsonObject body) {
    var issuer = "https://fidm.gigya.com/jwt/" + settings.get("api-key") + "/";
    var now = body.getLong("timestamp");
    return switch (forgery) {
      case "none" -> null;
      case "broken" -> sandbox.sign(body) + "A";
      case "other body" -> sandbox.sign(body.copy().put("x", 1));
      case "other issuer" -> sandbox.sign(body, "https://evil.example/", now);
      case "expired" -> {
        body.put("timestamp", now - 600);
        yield sandbox.sign(body, issuer, now - 600);
      }
      case "other key" -> new GigyaSandbox(Clock.systemUTC()).sign(body);
      default -> {
        var token = sandbox.sign(body);
        body.put("nonce", "another");
        yield token;
      }
    };
  }

  @Test
  void refusesAGetAtItsWebhook() throws IOException, InterruptedException {
    startWithWebhook();
    var get = HttpRequest.newBuilder(hook()).build();
    assertThat(HttpClient.newHttpClient().send(get, BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void writesOnlyWhatDiffersAndDecisionsBothWays() {
    add("u0", "p0@example.org");
    prepare();
    set("u0", "profile", "{\"nickname\":\"Z\",\"zip\":\"1\"}");
    var before = gigya.fromCanonical(customer("Siân", "granted"));
    var after = gigya.fromCanonical(customer("Zoë", "withdrawn"));
    gigya.deliver("update", "u0", null, before);
    var granted = info("u0");
    assertThat(at(granted, "subscriptions.newsletter.email").getBoolean("isSubscribed")).isTrue();
    assertThat(at(granted, "subscriptions.newsletter.email.doubleOptIn").getString("status"))
        .isEqualTo("Confirmed");
    assertThat(gigya.deliver("update", "u0", before, after).get("recordId")).isEqualTo("u0");
    var account = info("u0");
    assertThat(account.getJsonObject("profile").getString("firstName")).isEqualTo("Zoë");
    assertThat(account.getJsonObject("profile").getString("nickname")).isEqualTo("Z");
    assertThat(at(account, "subscriptions.newsletter.email").getBoolean("isSubscribed")).isFalse();
    assertThat(at(account, "preferences.marketing.sms").getBoolean("isConsentGranted")).isFalse();
    assertThat(at(account, "preferences.marketing.sms").getString("actionTimestamp"))
        .isEqualTo("2025-12-01T09:00:00Z");
  }

  @Test
  void keepsItsOwnAddressWhereAnotherAccountLogsOnWithTheNewOneAndSaysSo() {
    add("u0", "p0@example.org");
    add("u1", "p1@example.org");
    prepare();
    var before = Map.of("profile", Map.of("email", "p0@example.org", "firstName", "Siân"));
    var record = Map.of("profile", Map.of("email", "p1@example.org", "firstName", "Zoë"));
    var answer = gigya.deliver("update", "u0", before, record);
    assertThat(answer.get("left")).isEqualTo(List.of("/profile/email"));
    assertThat(info("u0").getJsonObject("profile").getString("email")).isEqualTo("p0@example.org");
    assertThat(info("u0").getJsonObject("profile").getString("firstName")).isEqualTo("Zoë");
  }

  @Test
  void clearsWhatIsGoneAndSendsNothingWhenNothingDiffers() {
    add("u0", "p0@example.org");
    prepare();
    gigya.deliver("update", "u0", Map.of("profile", Map.of("firstName", "Siân")), Map.of());
    assertThat(info("u0").getJsonObject("profile").getString("firstName")).isNull();
    var updated = info("u0").getString("lastUpdated");
    gigya.deliver("update", "u0", Map.of("UID", "u0"), Map.of("UID", "u0"));
    assertThat(info("u0").getString("lastUpdated")).isEqualTo(updated);
  }

  @Test
  void readsBackWhatAnAccountHolds() {
    add("u0", "p0@example.org");
    prepare();
    gigya.deliver("update", "u0", null, gigya.fromCanonical(customer("Siân", "granted")));
    assertThat(gigya.consentsOf(gigya.read("u0")))
        .contains("marketing email granted", "marketing sms granted");
    gigya.deliver(
        "update",
        "u0",
        gigya.fromCanonical(customer("Siân", "granted")),
        gigya.fromCanonical(customer("Siân", "withdrawn")));
    assertThat(gigya.consentsOf(gigya.read("u0")))
        .contains("marketing email withdrawn", "marketing sms withdrawn");
  }

  @Test
  void saysThatAnAccountIsGoneAndFailsToReadAsItFailsToWrite() {
    add("u0", "p0@example.org");
    prepare();
    assertThat(gigya.read("nobody")).isNull();
    sandbox.refuseNext(403048, 1);
    assertThatThrownBy(() -> gigya.read("u0"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.kind()).isEqualTo(FailureKind.THROTTLED));
    sandbox.refuseNext(403003, 1);
    assertThatThrownBy(() -> gigya.read("u0"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORISED));
  }

  @Test
  void createsALiteAccountAndDeletesTwice() {
    prepare();
    var record = Map.of("profile", Map.of("email", "new@example.org", "firstName", "Nia"));
    var uid = (String) gigya.deliver("create", null, null, record).get("recordId");
    assertThat(info(uid).getJsonObject("profile").getString("firstName")).isEqualTo("Nia");
    gigya.deliver("delete", uid, record, null);
    assertThat(info(uid).getInteger("errorCode")).isEqualTo(403005);
    assertThat(gigya.deliver("delete", uid, record, null).get("recordId")).isEqualTo(uid);
  }

  @ParameterizedTest
  @CsvSource({
    "403048, THROTTLED",
    "409030, TRANSIENT",
    "500001, TRANSIENT",
    "400003, PERMANENT",
    "400093, UNAUTHORISED",
    "403007, UNAUTHORISED",
    "301001, SPOKE_DOWN"
  })
  void tellsTheKindOfARefusalThatCameWith200(int code, FailureKind kind) {
    add("u0", "p0@example.org");
    prepare();
    sandbox.refuseNext(code, 1);
    assertRefused(String.valueOf(code), kind);
  }

  @Test
  void correctsItsClockAndTriesOnceMore() {
    add("u0", "p0@example.org");
    prepare();
    sandbox.refuseNext(403002, 1);
    gigya.deliver("update", "u0", null, change());
    assertThat(info("u0").getJsonObject("profile").getString("city")).isEqualTo("Abertawe");
    sandbox.refuseNext(403002, 2);
    assertRefused("403002", FailureKind.TRANSIENT);
  }

  @Test
  void tellsAWrongSecretFromAnAccountThatIsGone() {
    prepare();
    assertRefused("unknown UID", FailureKind.PERMANENT);
    gigya.close();
    settings.put("secret", "d3Jvbmc=");
    prepare();
    assertRefused("403003", FailureKind.UNAUTHORISED);
    gigya.close();
    settings.put("user-key", "nobody");
    prepare();
    assertRefused("403005", FailureKind.UNAUTHORISED);
  }

  @ParameterizedTest
  @CsvSource({
    "503, down, HTTP 503, SPOKE_DOWN",
    "502, '', HTTP 502, TRANSIENT",
    "200, <html>, malformed, TRANSIENT",
    "200, '{}', malformed, TRANSIENT",
    "0, '', timeout, TRANSIENT"
  })
  void tellsWhatAVendorInTroubleDid(int status, String body, String code, FailureKind kind) {
    var troubled = troubled(status, body);
    settings.put("url", "http://localhost:" + troubled.actualPort());
    if (status == 0) settings.put("timeout", "1s");
    prepare();
    assertRefused(code, kind);
  }

  @Test
  void tellsAConnectionThatIsRefused() {
    settings.put("url", "http://localhost:1");
    prepare();
    assertRefused("connection", FailureKind.TRANSIENT);
  }

  /** A server that gives this answer to everything; with status 0, none. */
  private HttpServer troubled(int status, String body) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request -> {
              if (status > 0) request.response().setStatusCode(status).end(body);
            })
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private void assertRefused(String code, FailureKind kind) {
    assertThatThrownBy(() -> gigya.deliver("update", "u0", null, change()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.kind()).isEqualTo(kind);
            });
  }

  private static Map<String, Object> change() {
    return Map.of("profile", Map.of("city", "Abertawe"));
  }

  private static String customer(String given, String state) {
    return """
        {"recordId": "u0", "customer": {"type": "person", "name": {"given": "%s"}},
         "consents": [
           {"purpose": "marketing", "channel": "email", "state": "%s", "decidedAt": "2025-12-01T09:00:00Z"},
           {"purpose": "marketing", "channel": "sms", "state": "%s", "decidedAt": "2025-12-01T09:00:00Z"}]}
        """
        .formatted(given, state, state);
  }

  private void prepare() {
    var cursors = new CopyOnWriteArrayList<Cursors>();
    SpokeSettings spokes = (spoke, key) -> gigyaSettings().get(key);
    var api = new GigyaApi(spokes, Clock.systemUTC());
    var hooks = new GigyaHooks(api, spokes);
    Cursors positions = new Later(cursors);
    gigya =
        ConnectorHarness.of(
            FOLDER,
            "gigya",
            settings,
            Map.of(
                "any-of", new AnyOf(),
                "gigyaFeed", new GigyaFeed(api, hooks, spokes, positions),
                "gigyaHooks", hooks,
                "gigyaAccounts", new GigyaAccounts(api)));
    cursors.add(gigya.cursors());
    serveHooks();
  }

  private Map<String, String> gigyaSettings() {
    var all = new HashMap<String, String>();
    gigya.descriptor().settings().forEach((key, value) -> all.put(key, value.defaultValue()));
    all.putAll(settings);
    return all;
  }

  private void serveHooks() {
    var configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindHost("127.0.0.1");
    configuration.setBindPort(port);
    try {
      gigya.camel().addService(new VertxPlatformHttpServer(configuration));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void startSource(String poll) {
    prepare();
    gigya.startSource(Map.of("poll", poll));
  }

  private void startWithWebhook() {
    settings.put("webhook-url", hook().toString());
    startSource(NEVER);
    await().until(() -> gigya.cursors().read("gigya", "lastUpdated") != null);
  }

  private URI hook() {
    return URI.create("http://127.0.0.1:" + port + "/hooks/gigya");
  }

  private JsonObject notification(String uid, String type) {
    var now = Clock.systemUTC().instant().getEpochSecond();
    var event =
        new JsonObject()
            .put("type", type)
            .put("id", type + " " + uid)
            .put("timestamp", now)
            .put("data", new JsonObject().put("uid", uid).put("accountType", "full"));
    return new JsonObject().put("events", List.of(event)).put("nonce", "n1").put("timestamp", now);
  }

  private int post(JsonObject body, String token) {
    var request =
        HttpRequest.newBuilder(hook())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
    if (token != null) request.header("x-gigya-sig-jwt", token);
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(String uid, String email) {
    var profile =
        new JsonObject().put("firstName", "Siân").put("lastName", "Llywelyn").put("email", email);
    var answer =
        caller.call(
            "accounts.importFullAccount",
            "UID",
            uid,
            "profile",
            profile.encode(),
            "subscriptions",
            "{\"newsletter\":{\"email\":{\"isSubscribed\":true}}}");
    assertThat(answer.getInteger("errorCode")).as(answer.encode()).isZero();
  }

  private void set(String uid, String part, String json) {
    var answer = caller.call("accounts.setAccountInfo", "UID", uid, part, json);
    assertThat(answer.getInteger("errorCode")).as(answer.encode()).isZero();
  }

  private JsonObject info(String uid) {
    return caller.call(
        "accounts.getAccountInfo", "UID", uid, "include", "profile,data,subscriptions,preferences");
  }

  private static JsonObject at(JsonObject account, String path) {
    var at = account;
    for (var name : path.split("\\.")) at = at.getJsonObject(name);
    return at;
  }

  private List<String> uids() {
    return gigya.records().stream().map(record -> record.path("UID").asText()).toList();
  }

  private JsonNode last() {
    var all = gigya.observations();
    return all.get(all.size() - 1);
  }

  /** The harness's positions, which exist only after the beans that need them. */
  private record Later(List<Cursors> cursors) implements Cursors {
    @Override
    public String read(String spoke, String name) {
      return cursors.get(0).read(spoke, name);
    }

    @Override
    public void write(String spoke, String name, String value) {
      cursors.get(0).write(spoke, name, value);
    }
  }
}
