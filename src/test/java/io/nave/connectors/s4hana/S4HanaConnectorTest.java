package io.nave.connectors.s4hana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.connectors.AnyOf;
import io.nave.connectors.ConnectorHarness;
import io.nave.connectors.ConnectorHarness.Refused;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.FailureKind;
import io.nave.sandbox.SandboxServer;
import io.nave.sandbox.s4hana.ODataClient;
import io.nave.sandbox.s4hana.S4HanaSandbox;
import io.nave.sync.Cursors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S4HanaConnectorTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CUSTOMER = "0197a0b0-0000-7000-8000-000000000001";
  private static final String SIAN =
      """
      {"BusinessPartnerCategory": "1", "FirstName": "Siân", "LastName": "Llywelyn",
       "to_BusinessPartnerAddress": {"results": [
         {"StreetName": "Heol y Frenhines", "HouseNumber": "1", "CityName": "Caerdydd",
          "PostalCode": "CF10 2GP", "Country": "GB",
          "to_EmailAddress": {"results": [{"EmailAddress": "sian@example.org"}]},
          "to_MobilePhoneNumber": [{"PhoneNumber": "07700 900123"}]}]}}
      """;
  private static final String RECORD =
      """
      {"BusinessPartnerCategory": "1", "FirstName": "Siân", "LastName": "Llywelyn",
       "BirthDate": "1980-02-03",
       "to_BusinessPartnerAddress": [
         {"StreetName": "Heol y Frenhines", "HouseNumber": "1", "CityName": "Caerdydd",
          "PostalCode": "CF10 2GP", "Country": "GB",
          "to_EmailAddress": [{"EmailAddress": "sian@example.org", "IsDefaultEmailAddress": true}],
          "to_MobilePhoneNumber":
            [{"PhoneNumber": "+447700900123", "IsDefaultPhoneNumber": true}]}]}
      """;

  private static final String WITHOUT_PLACE =
      RECORD.replaceFirst("\"StreetName\"(?s:.*)\"Country\": \"GB\",", "");

  private static final String BANGOR =
      """
      {"StreetName": "Ffordd Caergybi", "CityName": "Bangor", "PostalCode": "LL57 2DG",
       "Country": "GB"}
      """;
  private static final String TWO_PLACES = RECORD.replaceFirst("]}]}\\s*$", "]}, " + BANGOR + "]}");

  private final S4HanaSandbox sandbox = new S4HanaSandbox(Clock.systemUTC());
  private final SandboxServer server = SandboxServer.start(sandbox, 0);
  private final ODataClient client = new ODataClient(server.address()).loggedOn();
  private final int hubPort = freePort();
  private final Map<String, String> settings = new HashMap<>(sandbox.settings());
  private ConnectorHarness hub;

  @BeforeAll
  static void bePatientOnABusyMachine() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
  }

  @AfterAll
  static void resetPatience() {
    Awaitility.reset();
  }

  @BeforeEach
  void start() throws Exception {
    settings.put("webhook-url", "http://127.0.0.1:" + hubPort + "/hooks/s4hana");
    settings.put("timeout", "10s");
    hub = connect();
  }

  /** Connects again, with another setting. */
  private void connectWith(String key, String value) throws Exception {
    hub.close();
    settings.put(key, value);
    hub = connect();
  }

  private ConnectorHarness connect() throws Exception {
    Map<String, Object> beans = new HashMap<>();
    ConnectorHarness harness =
        ConnectorHarness.of(Path.of("connectors", "s4hana"), "s4hana", settings, beans);
    var registry = harness.camel().getRegistry();
    var spokes = registry.lookupByNameAndType("spokes", SpokeSettings.class);
    var cursors = registry.lookupByNameAndType("cursors", Cursors.class);
    var api = new PartnerApi(spokes);
    registry.bind("any-of", new AnyOf());
    registry.bind("s4hanaSource", new S4HanaSource(api, spokes, cursors, Clock.systemUTC()));
    registry.bind("s4hanaEvents", new S4HanaEvents(spokes));
    registry.bind("s4hanaSink", new S4HanaSink(api, spokes));
    var http = new VertxPlatformHttpServerConfiguration();
    http.setBindHost("127.0.0.1");
    http.setBindPort(hubPort);
    harness.camel().addService(new VertxPlatformHttpServer(http));
    return harness;
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  @Test
  void loadsAllPartnersInPagesOnce() throws Exception {
    connectWith("page-size", "2");
    List<String> created = IntStream.range(0, 5).mapToObj(i -> client.create(SIAN)).toList();
    hub.startSource(Map.of("poll", "600000"));
    await().until(() -> "done".equals(hub.cursors().read("s4hana", "load")));
    assertThat(hub.observations())
        .extracting(observation -> observation.path("recordId").asText())
        .containsExactlyElementsOf(created);
    JsonNode customer = hub.observations().get(0).path("customer");
    assertThat(customer.at("/name/family").asText()).isEqualTo("Llywelyn");
    assertThat(customer.at("/emails/0/value").asText()).isEqualTo("sian@example.org");
    assertThat(customer.at("/phones/0/value").asText()).isEqualTo("+447700900123");
    assertThat(customer.at("/addresses/0/lines/0").asText()).isEqualTo("1 Heol y Frenhines");
  }

  @Test
  void goesOnWithTheInitialLoadWhereItStopped() throws Exception {
    connectWith("page-size", "2");
    IntStream.range(0, 4).forEach(i -> client.create(SIAN));
    hub.cursors().write("s4hana", "load", "1000002");
    hub.startSource(Map.of("poll", "600000"));
    await().until(() -> "done".equals(hub.cursors().read("s4hana", "load")));
    assertThat(hub.records()).hasSize(2);
  }

  @Test
  void movesNoCursorWhileTheHubCannotTakeRecords() {
    client.create(SIAN);
    hub.failCapture(() -> new IllegalStateException("log is down"));
    hub.startSource(Map.of("poll", "100"));
    await().during(Duration.ofMillis(400)).until(() -> hub.records().isEmpty());
    assertThat(hub.cursors().read("s4hana", "load")).isNull();
    hub.repairCapture();
    await().until(() -> !hub.records().isEmpty());
  }

  @Test
  void rereadsAPartnerThatAnEventNames() {
    String id = client.create(SIAN);
    loaded();
    client.send("PATCH", emailOf(id), "{\"EmailAddress\": \"new@example.org\"}", "if-match", "*");
    await().until(() -> !hub.observations().isEmpty());
    JsonNode observation = hub.observations().get(0);
    assertThat(observation.path("recordId").asText()).isEqualTo(id);
    assertThat(observation.at("/customer/emails/0/value").asText()).isEqualTo("new@example.org");
  }

  @Test
  void takesAnEventAgainThatTheHubCouldNotTake() {
    String id = client.create(SIAN);
    loaded();
    hub.failCapture(() -> new IllegalStateException("log is down"));
    client.send("PATCH", partner(id), "{\"LastName\": \"Morgan\"}", "if-match", "*");
    await().during(Duration.ofMillis(300)).until(() -> hub.records().isEmpty());
    hub.repairCapture();
    await().until(() -> !hub.records().isEmpty());
  }

  @Test
  void observesADeletionWhenAPartnerIsMarkedForArchiving() {
    String id = client.create(SIAN);
    loaded();
    sandbox.records().delete(id);
    await().until(() -> !hub.observations().isEmpty());
    assertThat(hub.observations().get(0).path("kind").asText()).isEqualTo("delete");
  }

  @Test
  void pollsForWhatNoEventTold() throws Exception {
    connectWith("events-url", "");
    String id = client.create(SIAN);
    hub.startSource(Map.of("poll", "100"));
    await().until(() -> hub.records().size() >= 2); // the first poll repeats what the load took
    hub.forget();
    client.send("PATCH", partner(id), "{\"LastName\": \"Morgan\"}", "if-match", "*");
    String fresh = client.create(SIAN);
    await().until(() -> family().containsAll(List.of("Morgan", "Llywelyn")));
    assertThat(hub.records())
        .extracting(record -> record.path("BusinessPartner").asText())
        .contains(id, fresh);
    hub.forget();
    await().during(Duration.ofMillis(500)).until(() -> hub.records().isEmpty());
  }

  @Test
  void thePollOfAnInstanceThatReadsForTheFirstTimeDatesNothingBack() throws Exception {
    connectWith("events-url", "");
    client.create(SIAN);
    hub.startSource(Map.of("poll", "100"));
    await().until(() -> hub.records().size() >= 2);
    var times =
        hub.records().stream()
            .map(record -> Instant.parse(record.path("_changedAt").asText()))
            .toList();
    assertThat(times.get(1)).isAfter(times.get(0));
  }

  /** SAP cuts times to the second. */
  @Test
  void whatAPollFindsIsNoOlderThanWhatAnEventToldInTheSameSecond() throws Exception {
    connectWith("events-url", "");
    client.create(SIAN);
    hub.startSource(Map.of("poll", "100"));
    await().until(() -> hub.records().size() >= 2);
    hub.forget();
    Instant before = Instant.now();
    client.create(SIAN);
    await().until(() -> !hub.records().isEmpty());
    assertThat(Instant.parse(hub.records().get(0).path("_changedAt").asText()))
        .isBetween(before, Instant.now());
  }

  @Test
  void refusesAnEventFromAStrangerAndOneItCannotRead() throws Exception {
    loaded();
    assertThat(push("Basic d3Jvbmc6d3Jvbmc=", "{}")).isEqualTo(401);
    assertThat(push(webhookUser(), "no json")).isEqualTo(400);
    assertThat(push(webhookUser(), "{\"data\": {}}")).isEqualTo(400);
    assertThat(push(webhookUser(), "{\"type\": \"sap.s4.beh.salesorder.v1.X\"}")).isEqualTo(204);
    assertThat(push(webhookUser(), "{\"data\": {\"BusinessPartner\": \"77\"}}")).isEqualTo(204);
    assertThat(hub.observations().get(0).path("kind").asText()).isEqualTo("delete");
  }

  @Test
  void createsAPartnerOnce() {
    String id = create();
    assertThat(create()).isEqualTo(id);
    JsonObject partner = read(id);
    assertThat(partner.getString("LastName")).isEqualTo("Llywelyn");
    assertThat(partner.getString("BirthDate")).isEqualTo("/Date(318384000000)/");
    assertThat(child(partner, "to_EmailAddress").getString("EmailAddress"))
        .isEqualTo("sian@example.org");
    assertThat(
            client
                .get("A_BuPaIdentification")
                .getJsonArray("results")
                .getJsonObject(0)
                .getString("BPIdentificationNumber"))
        .isEqualTo(CUSTOMER);
  }

  @Test
  void reportsBackWhatItWrote() throws Exception {
    String id = create();
    hub.startSource(Map.of("poll", "600000"));
    await().until(() -> hub.observations().size() == 1);
    JsonNode customer = hub.observations().get(0).path("customer");
    ObjectNode input = JSON.createObjectNode();
    input.set("customer", customer);
    JsonNode written = JSON.readTree(RECORD);
    assertThat(hub.fromCanonical(input)).isEqualTo(written);
    assertThat(id).isNotEmpty();
  }

  @Test
  void readsAPartnerAndSaysThatOneIsGone() {
    String id = create();
    JsonNode read = hub.read(id);
    assertThat(read.path("LastName").asText()).isEqualTo("Llywelyn");
    assertThat(read.at("/to_BusinessPartnerAddress/0/to_EmailAddress/0/EmailAddress").asText())
        .isEqualTo("sian@example.org");
    assertThat(hub.consentsOf(read)).isEmpty();
    assertThat(hub.read("9999999")).isNull();
    hub.deliver("delete", id, RECORD, null);
    assertThat(hub.read(id)).isNull();
  }

  @Test
  void failsToReadAsItFailsToWrite() throws Exception {
    connectWith("password", "wrong");
    assertThat(catchThrowableOfType(Refused.class, () -> hub.read("1000001")).kind())
        .isEqualTo(FailureKind.UNAUTHORISED);
  }

  @Test
  void sendsOnlyWhatDiffers() {
    String id = create();
    JsonObject before = read(id);
    hub.deliver("update", id, RECORD, RECORD.replace("sian@example.org", "new@example.org"));
    JsonObject after = read(id);
    assertThat(child(after, "to_EmailAddress").getString("EmailAddress"))
        .isEqualTo("new@example.org");
    assertThat(child(after, "to_EmailAddress").getString("OrdinalNumber")).isEqualTo("1");
    assertThat(etag(after)).isEqualTo(etag(before));
    assertThat(etag(address(after))).isEqualTo(etag(address(before)));
  }

  @Test
  void changesHeaderAddressAndNumbers() {
    String id = create();
    String changed =
        RECORD
            .replace("Llywelyn", "Morgan")
            .replace("\"BirthDate\": \"1980-02-03\",", "")
            .replace("Heol y Frenhines", "Heol Eglwys")
            .replace("+447700900123", "+447700900999");
    hub.deliver("update", id, RECORD, changed);
    JsonObject partner = read(id);
    assertThat(partner.getString("LastName")).isEqualTo("Morgan");
    assertThat(partner.getString("BirthDate")).isNull();
    assertThat(partner.getJsonObject("to_BusinessPartnerAddress").getJsonArray("results"))
        .hasSize(1);
    assertThat(address(partner).getString("StreetName")).isEqualTo("Heol Eglwys");
    assertThat(child(partner, "to_MobilePhoneNumber").getString("InternationalPhoneNumber"))
        .isEqualTo("+447700900999");
  }

  @Test
  void addsASecondEmailAndDeletesOneThatTheHubKnewAndNoLongerWants() {
    String id = create();
    String two =
        RECORD.replace(
            "\"IsDefaultEmailAddress\": true}]",
            "\"IsDefaultEmailAddress\": true}, {\"EmailAddress\": \"two@example.org\"}]");
    hub.deliver("update", id, RECORD, two);
    assertThat(emails(id)).containsExactly("sian@example.org", "two@example.org");
    client.send(
        "POST",
        emailOf(id).replaceAll("A_Address.*", partner(id)) + "/to_BusinessPartnerAddress",
        "{\"Country\": \"GB\"}");
    hub.deliver("update", id, two, RECORD);
    assertThat(emails(id)).containsExactly("sian@example.org");
  }

  @Test
  void leavesAnEmailAloneThatTheHubDidNotKnow() {
    String id = create();
    String address = address(read(id)).getJsonObject("__metadata").getString("uri");
    String path = address.substring(address.indexOf("A_Business")) + "/to_EmailAddress";
    client.send("POST", path, "{\"EmailAddress\": \"clerk@example.org\"}");
    hub.deliver("update", id, RECORD, RECORD.replace("sian@example.org", "new@example.org"));
    assertThat(emails(id)).containsExactly("new@example.org", "clerk@example.org");
  }

  @Test
  void deletesAnAddressThatTheHubAddedAndNoLongerWants() {
    String id = create();
    hub.deliver("update", id, RECORD, TWO_PLACES);
    assertThat(cities(id)).containsExactly("Caerdydd", "Bangor");
    hub.deliver("update", id, TWO_PLACES, RECORD);
    assertThat(cities(id)).containsExactly("Caerdydd");
    assertThat(emails(id)).containsExactly("sian@example.org");
  }

  @Test
  void keepsTheStandardAddressAndOneThatTheHubDidNotKnow() {
    String id = create();
    client.send(
        "POST",
        partner(id) + "/to_BusinessPartnerAddress",
        "{\"CityName\": \"Bangor\", \"StreetName\": \"Clerk Street\", \"Country\": \"GB\"}");
    hub.deliver("update", id, RECORD, TWO_PLACES);
    hub.deliver("update", id, TWO_PLACES, onlySecond());
    assertThat(cities(id)).containsExactly("Caerdydd", "Bangor", "Bangor");
  }

  @Test
  void takesAPlaceThatIsNoMoreOutOfTheStandardAddress() {
    String id = create();
    hub.deliver("update", id, RECORD, WITHOUT_PLACE);
    assertThat(cities(id)).containsExactly("");
    assertThat(address(read(id)).getString("StreetName")).isEmpty();
    assertThat(address(read(id)).getString("Country")).isEqualTo("GB");
    assertThat(emails(id)).containsExactly("sian@example.org");
    hub.deliver("update", id, WITHOUT_PLACE, RECORD);
    assertThat(cities(id)).containsExactly("Caerdydd");
  }

  @Test
  void leavesThePlaceOfAStandardAddressThatTheHubDidNotKnow() {
    String id = create();
    hub.deliver("update", id, RECORD.replace("Caerdydd", "Bangor"), WITHOUT_PLACE);
    assertThat(cities(id)).containsExactly("Caerdydd");
  }

  @Test
  void leavesAnAddressAndANumberThatAClerkChangedMeanwhile() {
    String id = create();
    String clerks = RECORD.replace("Heol y Frenhines", "Clerk Street").replace("900123", "900777");
    hub.deliver("update", id, RECORD, clerks);
    hub.deliver("update", id, RECORD, RECORD.replace("sian@example.org", "new@example.org"));
    JsonObject partner = read(id);
    assertThat(emails(id)).containsExactly("new@example.org");
    assertThat(address(partner).getString("StreetName")).isEqualTo("Clerk Street");
    assertThat(child(partner, "to_MobilePhoneNumber").getString("InternationalPhoneNumber"))
        .isEqualTo("+447700900777");
  }

  @Test
  void addsASecondAddressBesideOneThatAClerkChangedMeanwhile() {
    String id = create();
    hub.deliver("update", id, RECORD, RECORD.replace("Heol y Frenhines", "Clerk Street"));
    hub.deliver("update", id, RECORD, TWO_PLACES);
    assertThat(cities(id)).containsExactly("Caerdydd", "Bangor");
    assertThat(address(read(id)).getString("StreetName")).isEqualTo("Clerk Street");
  }

  @Test
  void keepsANumberThatStandsBelowAnAddressThatGoes() {
    String id = create();
    hub.deliver("update", id, RECORD, TWO_PLACES);
    String second =
        addresses(read(id)).getJsonObject(1).getJsonObject("__metadata").getString("uri");
    client.send(
        "POST",
        second.substring(second.indexOf("A_Business")) + "/to_MobilePhoneNumber",
        "{\"PhoneNumber\": \"+447700900555\"}");
    String known = TWO_PLACES.replace("+447700900123", "+447700900555");
    hub.deliver("update", id, known, RECORD.replace("+447700900123", "+447700900555"));
    assertThat(cities(id)).containsExactly("Caerdydd");
    assertThat(address(read(id)).getJsonObject("to_MobilePhoneNumber").encode()).contains("900555");
  }

  @Test
  void keepsAnAddressBelowWhichAClerkAddedSomething() {
    String id = create();
    hub.deliver("update", id, RECORD, TWO_PLACES);
    JsonObject second = addresses(read(id)).getJsonObject(1);
    String uri = second.getJsonObject("__metadata").getString("uri");
    client.send(
        "POST",
        uri.substring(uri.indexOf("A_Business")) + "/to_EmailAddress",
        "{\"EmailAddress\": \"clerk@example.org\"}");
    hub.deliver("update", id, TWO_PLACES, RECORD);
    assertThat(cities(id)).containsExactly("Caerdydd", "Bangor");
  }

  private List<String> cities(String id) {
    return addresses(read(id)).stream()
        .map(address -> ((JsonObject) address).getString("CityName"))
        .toList();
  }

  private static String onlySecond() {
    return "{\"BusinessPartnerCategory\": \"1\", \"FirstName\": \"Siân\", \"LastName\": \"Llywelyn\","
        + " \"BirthDate\": \"1980-02-03\", \"to_BusinessPartnerAddress\": ["
        + BANGOR
        + "]}";
  }

  @Test
  void marksForArchivingInsteadOfDeleting() {
    String id = create();
    hub.deliver("delete", id, RECORD, null);
    assertThat(read(id).getBoolean("IsMarkedForArchiving")).isTrue();
  }

  @Test
  void fetchesAFreshCsrfTokenWhenTheSessionEnded() {
    String id = create();
    sandbox.expireTokens();
    hub.deliver("update", id, RECORD, RECORD.replace("Llywelyn", "Morgan"));
    assertThat(read(id).getString("LastName")).isEqualTo("Morgan");
  }

  @Test
  void saysThatTheUserIsUnauthorised() throws Exception {
    connectWith("password", "wrong");
    Refused refused = refused("create", null, RECORD);
    assertThat(refused.code()).isEqualTo("HTTP 401");
    assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORISED);
  }

  @Test
  void passesOnWhatSapRefuses() {
    Refused refused =
        refused("create", null, RECORD.replace("\"Country\": \"GB\"", "\"Country\": \"QQ\""));
    assertThat(refused.code()).isEqualTo("HTTP 400 AM/101");
    assertThat(refused.kind()).isEqualTo(FailureKind.PERMANENT);
    Refused unknown = refused("update", "77", RECORD);
    assertThat(unknown.code()).startsWith("HTTP 404");
    assertThat(unknown.kind()).isEqualTo(FailureKind.PERMANENT);
  }

  /** The initial load is done and no poll will come soon: what is observed now was pushed. */
  private void loaded() {
    hub.startSource(Map.of("poll", "20000"));
    await().until(() -> "done".equals(hub.cursors().read("s4hana", "load")));
    assertThat(sandbox.subscribedWebhooks()).isEqualTo(1);
    hub.forget();
  }

  private String create() {
    return (String) hub.deliver("create", null, null, RECORD).get("recordId");
  }

  private Refused refused(String operation, String id, String record) {
    return catchThrowableOfType(Refused.class, () -> hub.deliver(operation, id, null, record));
  }

  private List<String> family() {
    return hub.observations().stream().map(o -> o.at("/customer/name/family").asText()).toList();
  }

  private List<String> emails(String id) {
    return address(read(id)).getJsonObject("to_EmailAddress").getJsonArray("results").stream()
        .map(email -> ((JsonObject) email).getString("EmailAddress"))
        .toList();
  }

  private String emailOf(String id) {
    String uri = child(read(id), "to_EmailAddress").getJsonObject("__metadata").getString("uri");
    return uri.substring(uri.indexOf("A_Address"));
  }

  private JsonObject read(String id) {
    return client.get(partner(id) + "?$expand=" + S4HanaSource.EXPAND);
  }

  private static String partner(String id) {
    return "A_BusinessPartner('" + id + "')";
  }

  private static JsonArray addresses(JsonObject partner) {
    return partner.getJsonObject("to_BusinessPartnerAddress").getJsonArray("results");
  }

  private static JsonObject address(JsonObject partner) {
    return addresses(partner).getJsonObject(0);
  }

  private static JsonObject child(JsonObject partner, String navigation) {
    return address(partner).getJsonObject(navigation).getJsonArray("results").getJsonObject(0);
  }

  private static String etag(JsonObject entity) {
    return entity.getJsonObject("__metadata").getString("etag");
  }

  private String webhookUser() {
    return ODataClient.basic(settings.get("webhook-user"), settings.get("webhook-password"));
  }

  private int push(String authorization, String body) throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(settings.get("webhook-url")))
            .header("authorization", authorization)
            .header("content-type", "application/cloudevents+json")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
            .build();
    return java.net.http.HttpClient.newHttpClient()
        .send(request, java.net.http.HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
