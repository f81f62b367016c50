package io.nave.connectors.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.connectors.ConnectorHarness;
import io.nave.platform.FailureKind;
import io.nave.platform.VendorError;
import io.nave.sandbox.SandboxServer;
import io.nave.sandbox.salesforce.SalesforceClient;
import io.nave.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SalesforceConnectorTest {
  private static final Path FOLDER = Path.of("connectors", "salesforce");
  private static final Map<String, Object> CONTACT = Map.of("type", "Contact");

  static {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  private final SalesforceSandbox sandbox = new SalesforceSandbox(Clock.systemUTC());
  private final Map<String, String> settings = new HashMap<>();
  private SandboxServer server;
  private SalesforceClient client;
  private SalesforceOrgs orgs;
  private ChangeFeeds feeds;
  private ConnectorHarness hub;
  private final List<String> quotas = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    server = SandboxServer.start(sandbox, 0);
    client = new SalesforceClient(server.address()).login();
    settings.putAll(Map.of("auth", "client-credentials", "api-version", "60.0", "timeout", "30s"));
    settings.putAll(sandbox.settings());
    connect();
  }

  private void connect() {
    orgs = new SalesforceOrgs((spoke, key) -> settings.get(key));
    feeds = new ChangeFeeds(orgs);
    hub =
        ConnectorHarness.of(
            FOLDER,
            "salesforce",
            settings,
            Map.of(
                "salesforce",
                orgs,
                "salesforceFeeds",
                feeds,
                "salesforceQuota",
                new SalesforceQuota((spoke, used, limit) -> quotas.add(used + "/" + limit))));
  }

  @AfterEach
  void stop() {
    hub.close();
    feeds.close();
    server.close();
  }

  private String contact(String last) {
    return client.create("Contact", new JsonObject().put("LastName", last));
  }

  private void patch(String id, String field, Object value) {
    client.data("PATCH", "/sobjects/Contact/" + id, new JsonObject().put(field, value));
  }

  private void startAndLoad() {
    hub.startSource(Map.of());
    await().until(() -> "done".equals(hub.cursors().read("salesforce", "load")));
    await().until(() -> hub.cursors().read("salesforce", "replayId") != null);
    hub.forget();
  }

  private JsonNode observation() {
    await().until(() -> !hub.observations().isEmpty());
    return hub.observations().get(hub.observations().size() - 1);
  }

  @Test
  void loadsAllAccountsAndContactsPageByPage() {
    client.create("Account", new JsonObject().put("Name", "Brenin Cyf"));
    IntStream.range(0, 11).forEach(page -> contacts(page * 200, 200));

    hub.startSource(Map.of());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> "done".equals(hub.cursors().read("salesforce", "load")));

    assertThat(hub.records()).hasSize(2201);
    assertThat(hub.observations().stream().map(o -> o.get("recordId").asText()))
        .doesNotHaveDuplicates();
  }

  private void contacts(int from, int count) {
    JsonArray records = new JsonArray();
    IntStream.range(from, from + count)
        .forEach(
            i -> records.add(new JsonObject().put("attributes", CONTACT).put("LastName", "P" + i)));
    client.data("POST", "/composite/sobjects", new JsonObject().put("records", records));
  }

  @Test
  void tellsAChangeWellWithinASecond() {
    String id = contact("Roe");
    startAndLoad();

    Instant before = Instant.now();
    patch(id, "Email", "roe@example.org");
    await().until(() -> !hub.observations().isEmpty());
    Duration taken = Duration.between(before, Instant.now());

    assertThat(observation().at("/customer/emails/0/value").asText()).isEqualTo("roe@example.org");
    assertThat(observation().at("/customer/name/family").asText()).isEqualTo("Roe");
    assertThat(taken).isLessThan(Duration.ofMillis(800));
  }

  @Test
  void tellsAnOptOutWithTheTimeOfTheDecision() {
    String id = contact("Roe");
    startAndLoad();

    Instant before = Instant.now().minusMillis(1);
    patch(id, "HasOptedOutOfEmail", true);

    JsonNode consent = observation().at("/consents/0");
    assertThat(consent.get("state").asText()).isEqualTo("withdrawn");
    assertThat(Instant.parse(consent.get("decidedAt").asText())).isBetween(before, Instant.now());
  }

  @Test
  void tellsWhatWasDecidedAlsoWhereItWasOverwrittenBeforeTheRecordIsRead() {
    String id = contact("Roe");
    startAndLoad();

    patch(id, "HasOptedOutOfEmail", true);
    patch(id, "HasOptedOutOfEmail", false);

    await()
        .until(
            () ->
                hub.observations().stream()
                    .flatMap(one -> one.findValuesAsText("state").stream())
                    .toList()
                    .equals(List.of("withdrawn", "granted")));
  }

  @Test
  void tellsDeletes() {
    String id = contact("Roe");
    startAndLoad();

    client.data("DELETE", "/sobjects/Contact/" + id, null);

    assertThat(observation().get("kind").asText()).isEqualTo("delete");
    assertThat(observation().get("recordId").asText()).isEqualTo(id);
  }

  @Test
  void readsEveryRecordOfAMergedEvent() {
    String one = contact("One");
    String two = contact("Two");
    startAndLoad();

    JsonArray records = new JsonArray();
    for (String id : List.of(one, two)) {
      records.add(new JsonObject().put("attributes", CONTACT).put("id", id).put("Title", "Buyer"));
    }
    client.data("PATCH", "/composite/sobjects", new JsonObject().put("records", records));

    await().until(() -> hub.records().size() == 2);
    assertThat(hub.records().stream().map(r -> r.get("Id").asText())).containsExactly(one, two);
  }

  @Test
  void readsManyRecordsThatChangeTogether() {
    contacts(0, 200);
    startAndLoad();
    JsonArray records = new JsonArray();
    for (Object row : client.query("SELECT Id FROM Contact").object().getJsonArray("records")) {
      String id = ((JsonObject) row).getString("Id");
      records.add(new JsonObject().put("attributes", CONTACT).put("id", id).put("Title", "Buyer"));
    }
    client.data("PATCH", "/composite/sobjects", new JsonObject().put("records", records));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> hub.records().stream().map(r -> r.get("Id")).distinct().count() == 200);
  }

  @Test
  void goesOnAfterARestartWhereItStopped() {
    String id = contact("Before");
    startAndLoad();
    patch(id, "LastName", "First");
    await().until(() -> !hub.records().isEmpty());
    hub.stopSource();
    feeds.close();
    hub.forget();
    patch(id, "LastName", "While it was down");

    hub.startSource(Map.of());

    assertThat(observation().at("/customer/name/family").asText()).isEqualTo("While it was down");
    assertThat(hub.records()).hasSize(1);
  }

  @Test
  void acknowledgesNothingThatTheHubDidNotTake() {
    String id = contact("Roe");
    startAndLoad();
    String position = hub.cursors().read("salesforce", "replayId");
    hub.failCapture(() -> new IllegalStateException("the log is down"));
    patch(id, "Title", "Buyer");
    await().pollDelay(Duration.ofMillis(300)).until(() -> true);

    assertThat(hub.cursors().read("salesforce", "replayId")).isEqualTo(position);
    assertThat(hub.records()).isEmpty();
    hub.repairCapture();
    assertThat(observation().at("/customer/memberships/0/title").asText()).isEqualTo("Buyer");
  }

  @Test
  void loadsEverythingAgainWhenItsPositionIsLost() {
    contact("Roe");
    startAndLoad();
    hub.stopSource();
    feeds.close();
    hub.cursors().write("salesforce", "replayId", "0000000000000000");

    hub.startSource(Map.of());

    assertThat(observation().at("/customer/name/family").asText()).isEqualTo("Roe");
  }

  @Test
  void goesOnAfterItsSessionHasEnded() {
    String id = contact("Roe");
    startAndLoad();
    sandbox.expireTokens();
    client.login();

    patch(id, "Title", "Buyer");

    assertThat(observation().at("/customer/memberships/0/title").asText()).isEqualTo("Buyer");
  }

  private static Map<String, Object> record(Object... fields) {
    Map<String, Object> record = new HashMap<>();
    record.put("attributes", CONTACT);
    for (int i = 0; i < fields.length; i += 2) {
      record.put((String) fields[i], fields[i + 1]);
    }
    return record;
  }

  private JsonObject held(Object id) {
    return client.get("/sobjects/Contact/" + id).object();
  }

  @Test
  void createsARecordOnceEvenWhenAskedTwice() {
    Object first = hub.deliver("create", null, null, record("LastName", "Roe")).get("recordId");
    Object again = hub.deliver("create", null, null, record("LastName", "Roe")).get("recordId");

    assertThat(first).isEqualTo(again);
    assertThat(held(first).getString("Nave_Id__c"))
        .isEqualTo("0197a0b0-0000-7000-8000-000000000001");
  }

  @Test
  void updatesOnlyWhatDiffersAndClearsWhatIsGone() {
    String id =
        client.create(
            "Contact",
            new JsonObject().put("LastName", "Roe").put("Title", "Buyer").put("Phone", "1"));

    Object written =
        hub.deliver(
                "update",
                id,
                record("LastName", "Roe", "Title", "Buyer"),
                record("LastName", "Doe"))
            .get("recordId");

    assertThat(written).isEqualTo(id);
    assertThat(held(id).getString("LastName")).isEqualTo("Doe");
    assertThat(held(id).getString("Title")).isNull();
    assertThat(held(id).getString("Phone")).isEqualTo("1");
  }

  @Test
  void writesConsentAndMarksItsWritesAsItsOwn() {
    String id = contact("Roe");
    startAndLoad();

    hub.deliver(
        "update",
        id,
        record("LastName", "Roe"),
        record("LastName", "Roe", "HasOptedOutOfEmail", true));
    assertThat(held(id).getBoolean("HasOptedOutOfEmail")).isTrue();

    hub.deliver(
        "update",
        id,
        record("LastName", "Roe", "HasOptedOutOfEmail", true),
        record("LastName", "Roe", "HasOptedOutOfEmail", false));
    assertThat(held(id).getBoolean("HasOptedOutOfEmail")).isFalse();
  }

  @Test
  void readsBackEachTickAndEachThatIsNotThere() {
    String id = contact("Roe");
    patch(id, "HasOptedOutOfEmail", true);

    assertThat(hub.consentsOf(hub.read(id)))
        .containsExactly("marketing email withdrawn", "marketing phone granted");
    assertThat(hub.read(id).path("LastName").asText()).isEqualTo("Roe");
    assertThat(hub.read(id).has("LastModifiedDate")).as("no date of the tick").isFalse();
  }

  @Test
  void saysThatARecordIsGone() {
    String id = contact("Roe");
    hub.deliver("delete", id, record("LastName", "Roe"), null);

    assertThat(hub.read(id)).isNull();
    assertThat(hub.read("003000000000000AAA")).isNull();
  }

  @Test
  void failsToReadAsItFailsToWrite() {
    String id = contact("Roe");
    fault(status(500).put("count", 1));
    var refused = catchThrowableOfType(ConnectorHarness.Refused.class, () -> hub.read(id));
    assertThat(refused.kind()).isEqualTo(FailureKind.TRANSIENT);

    sandbox.dailyRequests(0);
    refused = catchThrowableOfType(ConnectorHarness.Refused.class, () -> hub.read(id));
    assertThat(refused.kind()).isEqualTo(FailureKind.THROTTLED);
  }

  @Test
  void readsAgainWhenTheSessionHasEnded() {
    String id = contact("Roe");
    hub.read(id);
    sandbox.expireTokens();
    assertThat(hub.read(id).path("LastName").asText()).isEqualTo("Roe");
    assertThat(hub.read(id).has("LastModifiedDate")).as("no date of the tick").isFalse();
  }

  @Test
  void writesPreferencesOnlyWhereTheOrgHasTheFields() {
    String id = contact("Roe");
    Map<String, Object> wishes = record("LastName", "Roe", "Nave_Frequency__c", "weekly");

    hub.deliver("update", id, record("LastName", "Roe"), wishes);
    assertThat(held(id).getString("Nave_Frequency__c")).isEqualTo("weekly");

    hub.close();
    settings.put("preferences", "false");
    connect();
    hub.deliver("update", id, wishes, record("LastName", "Doe", "Nave_Frequency__c", "daily"));
    assertThat(held(id).getString("Nave_Frequency__c")).isEqualTo("weekly");
    assertThat(held(id).getString("LastName")).isEqualTo("Doe");
  }

  @Test
  void deletesARecord() {
    String id = contact("Roe");

    hub.deliver("delete", id, record("LastName", "Roe"), null);
    hub.deliver("delete", id, record("LastName", "Roe"), null);

    assertThat(client.get("/sobjects/Contact/" + id).error()).isEqualTo("ENTITY_IS_DELETED");
  }

  @Test
  void writesWithManyThreadsAtOnce() {
    String id = contact("Roe");
    sandbox.expireTokens();

    List<CompletableFuture<Map<?, ?>>> all =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    CompletableFuture.<Map<?, ?>>supplyAsync(
                        () ->
                            hub.deliver(
                                "update",
                                id,
                                record("LastName", "Roe"),
                                record("LastName", "Roe" + i))))
            .toList();

    assertThat(all).allSatisfy(one -> assertThat(one.join().get("recordId")).isEqualTo(id));
  }

  @Test
  void aQuietWriteAsksThatAssignmentRulesDoNotRun() {
    hub.deliver("create", null, null, record("LastName", "Roe"));
    assertThat(sandbox.withoutAssignment()).isZero();
    Object id = hub.deliverQuietly("create", null, null, record("LastName", "Roe")).get("recordId");
    assertThat(sandbox.withoutAssignment()).isEqualTo(1);
    assertThat(held(id).getString("LastName")).isEqualTo("Roe");
  }

  private ConnectorHarness.Refused refusal(Map<String, Object> record) {
    return catchThrowableOfType(
        ConnectorHarness.Refused.class, () -> hub.deliver("create", null, null, record));
  }

  @Test
  void reportsWhatSalesforceRefusesWithoutItsValues() {
    ConnectorHarness.Refused refused = refusal(record("LastName", "Roe", "Email", "not@anaddress"));

    assertThat(refused.code()).isEqualTo("INVALID_EMAIL_ADDRESS");
    assertThat(refused.kind()).isEqualTo(FailureKind.PERMANENT);
    assertThat(refused.getMessage()).contains("[Email]").doesNotContain("anaddress");
  }

  @Test
  void logsInAgainWhenTheSessionHasEnded() {
    hub.deliver("create", null, null, record("LastName", "Roe"));
    sandbox.expireTokens();

    Object id = hub.deliver("create", null, null, record("LastName", "Doe")).get("recordId");

    client.login();
    assertThat(held(id).getString("LastName")).isEqualTo("Doe");
  }

  @Test
  void stopsTheSpokeWhenItsCredentialsAreRefused() {
    hub.close();
    settings.put("client-secret", "wrong");
    connect();

    ConnectorHarness.Refused refused = refusal(record("LastName", "Roe"));

    assertThat(refused.code()).isEqualTo("invalid_client");
    assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORISED);
  }

  @Test
  void tellsHowMuchOfTheQuotaIsUsedAndWaitsWhenItIsReached() {
    sandbox.dailyRequests(2);
    hub.deliver("create", null, null, record("LastName", "Roe"));
    hub.deliver("create", null, null, record("LastName", "Doe"));

    assertThat(quotas).containsExactly("1/2", "2/2");
    assertThat(refusal(record("LastName", "Poe")).kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(quotas).hasSize(2);
  }

  private void fault(JsonObject fault) {
    client.send("POST", "/_sandbox/faults", fault.put("path", "/services/data").encode());
  }

  private static JsonObject status(int status) {
    return new JsonObject().put("kind", "status").put("status", status);
  }

  @Test
  void saysWhatKindOfFailureTheServerHas() {
    fault(status(500).put("count", 1));
    assertThat(refusal(record("LastName", "Roe")).kind()).isEqualTo(FailureKind.TRANSIENT);

    fault(status(503).put("count", 1));
    assertThat(refusal(record("LastName", "Roe")).code()).isEqualTo("HTTP 503");
  }

  @Test
  void reportsABrokenConnection() {
    fault(new JsonObject().put("kind", "down").put("count", 1));

    assertThat(refusal(record("LastName", "Roe")).code()).isEqualTo("connection");
  }

  @Test
  void createsOnlyOnceWhenTheAnswerWasLost() {
    fault(new JsonObject().put("kind", "errorAfterApply").put("count", 1));
    refusal(record("LastName", "Roe"));

    hub.deliver("create", null, null, record("LastName", "Roe"));

    assertThat(client.query("SELECT COUNT() FROM Contact").object().getInteger("totalSize"))
        .isEqualTo(1);
  }

  @Test
  void reportsAnAnswerThatTakesTooLong() {
    hub.close();
    settings.put("timeout", "0.3s");
    connect();
    fault(new JsonObject().put("kind", "slow").put("millis", 3000).put("count", 1));

    assertThat(refusal(record("LastName", "Roe")).code()).isEqualTo("timeout");
  }

  @Test
  void doesNotBelieveASuccessWithoutOne() {
    Map<String, Object> error = Map.of("statusCode", "UNABLE_TO_LOCK_ROW", "fields", List.of());
    Map<String, Object> lie = Map.of("success", false, "errors", List.of(error));

    assertThat(catchThrowableOfType(VendorError.class, () -> orgs.written(lie, "003")).code())
        .isEqualTo("UNABLE_TO_LOCK_ROW");
    assertThat(catchThrowableOfType(VendorError.class, () -> orgs.written("ok", "003")).code())
        .isEqualTo("malformed");
  }
}
