package io.nave.connectors.acoustic;

import static io.nave.sandbox.acoustic.AcousticClient.LIST;
import static io.nave.sandbox.acoustic.AcousticClient.column;
import static io.nave.sandbox.acoustic.AcousticClient.text;
import static io.nave.sandbox.acoustic.AcousticClient.value;
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
import io.nave.sandbox.acoustic.AcousticClient;
import io.nave.sandbox.acoustic.AcousticSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcousticConnectorTest {
  private static final String CUSTOMER = "0197a0b0-0000-7000-8000-000000000001";
  private SandboxServer server;
  private AcousticClient client;
  private ConnectorHarness hub;
  private AcousticFeed feed;
  private final ConnectorHarness.MemoryCursors cursors = new ConnectorHarness.MemoryCursors();

  @BeforeEach
  void start() {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    server = SandboxServer.start(new AcousticSandbox(), 0);
    client = new AcousticClient(server.address());
    hub = harness(Map.of());
  }

  private ConnectorHarness harness(Map<String, String> changed) {
    return harness(changed, Clock.systemUTC());
  }

  private ConnectorHarness harness(Map<String, String> changed, Clock clock) {
    Map<String, String> settings = new HashMap<>(server.sandbox().settings());
    settings.put("overlap", "5s");
    settings.put("timeout", "2s");
    settings.putAll(changed);
    SpokeSettings spokes = (spoke, key) -> settings.getOrDefault(key, "1m");
    Http http = new Http(spokes);
    AcousticApi api =
        new AcousticApi(spokes, new AccessTokens(spokes, http, Clock.systemUTC()), http);
    feed = new AcousticFeed(spokes, cursors, new Exports(spokes, api), clock);
    Map<String, Object> beans =
        Map.of(
            "any-of", new AnyOf(),
            "acousticFeed", feed,
            "acousticContacts", new AcousticContacts(api));
    return ConnectorHarness.of(Path.of("connectors/acoustic"), "acoustic", settings, beans);
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  @Test
  void loadsEveryContactOnceInPages() {
    IntStream.range(0, 420)
        .forEach(
            i ->
                client.add("p" + i + "@example.org", column("LAST_NAME", "Łukasz, \"" + i + "\"")));

    hub.startSource(Map.of("poll", "50"));

    await().untilAsserted(() -> assertThat(hub.observations()).hasSizeGreaterThanOrEqualTo(420));
    assertThat(
            hub.observations().stream().limit(420).map(o -> o.path("recordId").asText()).distinct())
        .hasSize(420);
    assertThat(hub.observations().get(0).at("/customer/name/family").asText())
        .isEqualTo("Łukasz, \"0\"");
    assertThat(hub.quarantine()).isEmpty();
  }

  @Test
  void seesAChangeSoonAndOnlyOnce() {
    startEmpty();
    Instant before = Instant.now().minusSeconds(2);
    String id = client.add("a@example.org", column("CITY", "Łódź"));

    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(hub.observations()).hasSize(1));

    JsonNode seen = hub.observations().get(0);
    assertThat(seen.path("recordId").asText()).isEqualTo(id);
    assertThat(seen.at("/customer/addresses/0/city").asText()).isEqualTo("Łódź");
    assertThat(Instant.parse(seen.path("changedAt").asText())).isAfter(before);
    looks(4);
    assertThat(hub.observations()).hasSize(1);
  }

  @Test
  void seesAnOptOutToTheSecondAndTheOptInAfterIt() {
    client.add("a@example.org");
    startEmpty();
    Instant before = Instant.now().minusSeconds(1);

    client.call("<OptOutRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></OptOutRecipient>");

    JsonNode event = await().until(this::firstEvent, Optional::isPresent).orElseThrow();
    assertThat(event.at("/consents/0/state").asText()).isEqualTo("withdrawn");
    assertThat(Instant.parse(event.at("/consents/0/decidedAt").asText()))
        .isBetween(before, Instant.now());
    hub.forget();
    client.call(
        "<UpdateRecipient>"
            + LIST
            + "<OLD_EMAIL>a@example.org</OLD_EMAIL>"
            + column("OPT_OUT", "False")
            + "</UpdateRecipient>");
    await().untilAsserted(() -> assertThat(states()).contains("granted"));
  }

  @Test
  void anOptOutWaitsForNoExportOfContacts() {
    client.add("a@example.org");
    startEmpty();
    fault("{\"kind\":\"status\",\"status\":500,\"path\":\"/download/Nave\"}");
    String position = cursors.read("acoustic", "contacts");

    client.call("<OptOutRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></OptOutRecipient>");

    await().untilAsserted(() -> assertThat(states()).containsExactly("withdrawn"));
    assertThat(cursors.read("acoustic", "contacts")).isEqualTo(position);
  }

  @Test
  void missesNothingBetweenTheFirstLoadAndTheFirstLook() {
    client.add("first@example.org");
    AtomicInteger taken = new AtomicInteger();
    hub.failCapture(
        () -> {
          client.add("during" + taken.incrementAndGet() + "@example.org");
          return new IllegalStateException("log full");
        });
    hub.startSource(Map.of("poll", "50"));
    await().until(() -> taken.get() >= 2);
    assertThat(cursors.read("acoustic", "contacts")).isNull();

    hub.repairCapture();

    await().untilAsserted(() -> assertThat(ids()).hasSize(taken.get() + 1));
  }

  @Test
  void readsAgainWhatTheLogDidNotTake() {
    startEmpty();
    AtomicInteger refused = new AtomicInteger();
    hub.failCapture(() -> new IllegalStateException("log full " + refused.incrementAndGet()));
    client.add("a@example.org");
    await().until(() -> refused.get() > 2);

    hub.repairCapture();

    await().untilAsserted(() -> assertThat(hub.observations()).hasSize(1));
  }

  /** The log may have taken it all the same. */
  @Test
  void datesWhatChangedSinceALookThatWasBrokenOffAfterIt() {
    cursors.write("acoustic", "contacts", Instant.now().minusSeconds(10).toString());
    client.add("a@example.org", column("CITY", "Łódź"));
    Instant added = Instant.now();
    await().until(() -> Instant.now().isAfter(added.plusSeconds(1)));
    Instant first = modified("Łódź", false);
    String anew = "<UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>";
    client.add("a@example.org", anew, column("CITY", "Bangor"));

    assertThat(modified("Bangor", false)).isAfter(first);
  }

  @Test
  void tellsChangesOfOneSecondApart() {
    cursors.write("acoustic", "contacts", Instant.now().minusSeconds(10).toString());
    String anew = "<UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>";
    List<Instant> dates = new ArrayList<>();
    for (String city : List.of("Cardiff", "Bangor", "Newport", "Brecon")) {
      client.add("a@example.org", anew, column("CITY", city));
      dates.add(modified(city, true));
    }

    assertThat(dates).isSorted().doesNotHaveDuplicates();
  }

  /** As where an export takes so long that it finds what changed after the look began. */
  @Test
  void datesWhatChangedSinceALookThatFoundLaterChangesThanItsBeginning() {
    hub.close();
    Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-70));
    hub = harness(Map.of("overlap", "3m"), behind);
    cursors.write("acoustic", "contacts", Instant.now().minusSeconds(300).toString());
    String anew = "<UPDATE_IF_FOUND>true</UPDATE_IF_FOUND>";
    List<Instant> dates = new ArrayList<>();
    for (String city : List.of("Cardiff", "Bangor", "Newport")) {
      client.add("a@example.org", anew, column("CITY", city));
      dates.add(modified(city, true));
    }

    assertThat(dates).isSorted().doesNotHaveDuplicates();
  }

  private Instant modified(String city, boolean done) {
    try (Batch batch = feed.look("acoustic", "acoustic-contacts")) {
      Map<String, Object> record = batch.pages().next().get(0);
      assertThat(record).containsEntry("CITY", city);
      if (done) {
        feed.done("acoustic", batch);
      }
      return Instant.parse(record.get("Last Modified Date").toString());
    }
  }

  @Test
  void addsAContactThatMayGetMail() {
    String id = create(granted("a@example.org"));

    String found = client.select("a@example.org");
    assertThat(text(found, "RecipientId")).isEqualTo(id);
    assertThat(value(found, "Customer Id")).isEqualTo(CUSTOMER);
    assertThat(value(found, "FIRST_NAME")).isEqualTo("Siân &amp; &lt;Co&gt;");
    assertThat(found).contains("<OptedOut/>");
  }

  @Test
  void holdsBackAContactWhoseConsentNobodyKnows() {
    create(Map.of("Email", "a@example.org", "Opted Out", "T", "CONSENT_EMAIL", "none"));

    assertThat(client.select("a@example.org")).doesNotContain("<OptedOut/>");
    startEmpty(1);
    assertThat(states()).isEmpty();
  }

  @Test
  void sendsAMessageWhoseTextsCannotBecomeHtml() {
    hub.message("m-1", "a@example.org", Map.of("subject", "R&D", "words", "<b>\"R&D's\"</b>"));

    var sent = server.sandbox().messages().get(0);
    assertThat(sent.id()).isEqualTo("m-1");
    assertThat(sent.to()).isEqualTo("a@example.org");
    assertThat(sent.group()).isEqualTo("300401");
    assertThat(sent.texts())
        .containsEntry("SUBJECT", "R&D")
        .containsEntry("WORDS", "&lt;b&gt;&quot;R&amp;D&#39;s&quot;&lt;/b&gt;")
        .containsEntry("LANGUAGE", "en");
  }

  @Test
  void fetchesANewTokenForAMessageToo() {
    hub.message("m-1", "a@example.org", Map.of("subject", "a"));
    fault("{\"kind\":\"expireTokens\"}");

    hub.message("m-2", "a@example.org", Map.of("subject", "b"));

    assertThat(server.sandbox().messages()).hasSize(2);
  }

  @Test
  void tellsRefusedMessagesApart() {
    refusesMessage(Map.of(), "a@suppressed.example", "transact 10", FailureKind.PERMANENT);
    refusesMessage(
        Map.of("confirmations", "1"), "a@example.org", "transact 1", FailureKind.TRANSIENT);
    refusesMessage(
        Map.of("transact", "nowhere"), "a@example.org", "settings", FailureKind.UNAUTHORISED);
    fault("{\"kind\":\"status\",\"status\":503,\"path\":\"/XTMail\"}");
    refusesMessage(Map.of(), "a@example.org", "HTTP 503", FailureKind.SPOKE_DOWN);
    assertThat(server.sandbox().messages()).isEmpty();
  }

  private void refusesMessage(
      Map<String, String> settings, String email, String code, FailureKind kind) {
    try (ConnectorHarness other = harness(settings)) {
      assertThatThrownBy(() -> other.message("m-1", email, Map.of("subject", "a")))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertThat(refused.kind()).isEqualTo(kind);
              });
    }
  }

  @Test
  void updatesOptsOutAndOptsInAgain() {
    Map<String, Object> before = granted("a@example.org");
    String id = create(before);
    Map<String, Object> withdrawn = new HashMap<>(before);
    withdrawn.putAll(
        Map.of("Email", "new@example.org", "Opted Out", "T", "CONSENT_EMAIL", "withdrawn"));
    withdrawn.remove("FIRST_NAME");

    assertThat(hub.deliver("update", id, before, withdrawn).get("recordId")).isEqualTo(id);

    String found = client.select("new@example.org");
    assertThat(text(found, "OptedOut")).isNotEmpty();
    assertThat(value(found, "FIRST_NAME")).isNull();
    assertThat(value(found, "CONSENT_EMAIL")).isEqualTo("withdrawn");
    hub.deliver("update", id, withdrawn, before);
    assertThat(client.select("a@example.org")).contains("<OptedOut/>");
  }

  @Test
  void doesNotTakeItsOwnOptOutForADecision() {
    Map<String, Object> before = granted("a@example.org");
    String id = create(before);
    startEmpty(1);
    Map<String, Object> withdrawn = new HashMap<>(before);
    withdrawn.putAll(
        Map.of(
            "Opted Out",
            "T",
            "CONSENT_EMAIL",
            "withdrawn",
            "CONSENT_EMAIL_DATE",
            "2026-01-01T00:00:00Z"));

    hub.deliver("update", id, before, withdrawn);

    await().untilAsserted(() -> assertThat(lastDecision()).isEqualTo("2026-01-01T00:00:00Z"));
    assertThat(states()).containsOnly("withdrawn");
    hub.forget();
    looks(2);
    assertThat(states()).isEmpty();
  }

  @Test
  void neverReportsAContactThatItAddsOptedOutAsOptedIn() {
    startEmpty(0);
    IntStream.range(0, 40)
        .forEach(
            i ->
                create(
                    Map.of(
                        "Email", "p" + i + "@example.org",
                        "Opted Out", "T",
                        "CONSENT_EMAIL", "none")));

    await().untilAsserted(() -> assertThat(ids()).hasSize(40));
    looks(1);
    assertThat(states()).isEmpty();
  }

  @Test
  void neverReportsAContactThatItHoldsBackAgainAsOptedOut() {
    Map<String, String> ids = new HashMap<>();
    IntStream.range(0, 40)
        .mapToObj(i -> "p" + i + "@example.org")
        .forEach(email -> ids.put(email, create(granted(email))));
    startEmpty();

    ids.forEach(
        (email, id) ->
            hub.deliver(
                "update",
                id,
                granted(email),
                Map.of("Email", email, "Opted Out", "T", "CONSENT_EMAIL", "none")));

    looks(2);
    assertThat(states()).doesNotContain("withdrawn");
  }

  @Test
  void takesOverAContactButKeepsItsOptOut() {
    String id = client.add("a@example.org");
    client.call("<OptOutRecipient>" + LIST + "<EMAIL>a@example.org</EMAIL></OptOutRecipient>");

    assertThat(create(granted("a@example.org"))).isEqualTo(id);

    String found = client.select("a@example.org");
    assertThat(found).doesNotContain("<OptedOut/>");
    assertThat(value(found, "Customer Id")).isEqualTo(CUSTOMER);
    assertThat(value(found, "CONSENT_EMAIL")).isNull();
  }

  @Test
  void takesOverAContactWithTheOptInThatItHas() {
    client.add("a@example.org");

    create(Map.of("Email", "a@example.org", "Opted Out", "T", "CONSENT_EMAIL", "none"));

    String found = client.select("a@example.org");
    assertThat(found).contains("<OptedOut/>");
    assertThat(value(found, "CONSENT_EMAIL")).isNull();
  }

  @Test
  void holdsBackItsOwnContactWhenTheFirstTryWasCutOff() {
    client.add(
        "a@example.org", column("Customer Id", CUSTOMER), column("CONSENT_EMAIL", "opting-out"));

    create(Map.of("Email", "a@example.org", "Opted Out", "T", "CONSENT_EMAIL", "none"));

    String found = client.select("a@example.org");
    assertThat(found).doesNotContain("<OptedOut/>");
    assertThat(value(found, "CONSENT_EMAIL")).isEqualTo("none");
  }

  @Test
  void optsOutAContactOfWhichItWasToFinishThat() {
    String id = client.add("a@example.org", column("CONSENT_EMAIL", "opting-out"));
    Map<String, Object> before =
        Map.of("Email", "a@example.org", "Opted Out", "T", "CONSENT_EMAIL", "none");
    Map<String, Object> withdrawn = new HashMap<>(before);
    withdrawn.put("CONSENT_EMAIL", "withdrawn");

    hub.deliver("update", id, before, withdrawn);

    String found = client.select("a@example.org");
    assertThat(found).doesNotContain("<OptedOut/>");
    assertThat(value(found, "CONSENT_EMAIL")).isEqualTo("withdrawn");
  }

  @Test
  void readsExportsFromAMountedFolder(@TempDir Path area) throws IOException {
    Files.createDirectories(area.resolve("download"));
    Files.writeString(area.resolve("download/a b.CSV"), "RECIPIENT_ID,Email\n7,a@example.org\n");
    SpokeSettings spokes = (spoke, key) -> key.equals("files") ? area.toUri().toString() : "1m";
    AcousticApi api = new AcousticApi(spokes, null, null);

    try (ExportFile file =
        ExportFile.open(api.download("acoustic", "/download/a b.CSV"), "Email")) {
      assertThat(file)
          .toIterable()
          .containsExactly(Map.of("RECIPIENT_ID", "7", "Email", "a@example.org"));
    }
    assertThatThrownBy(() -> api.download("acoustic", "/../secret"))
        .hasMessageContaining("malformed");
  }

  @Test
  void leavesAnotherCustomersContactAlone() {
    client.add("a@example.org", column("Customer Id", "somebody else"));

    assertThat(hub.deliver("create", null, null, granted("a@example.org")).get("notHeld"))
        .asString()
        .contains("another customer");
    assertThat(client.select("a@example.org")).contains("somebody else");
  }

  @Test
  void keepsItsOwnAddressWhereAnotherContactHasTheNewOne() {
    client.add("b@example.org", column("Customer Id", "somebody else"));
    String id = create(granted("a@example.org"));
    var record = new java.util.HashMap<String, Object>(granted("b@example.org"));
    record.put("CITY", "Caerdydd");

    var answer = hub.deliver("update", id, granted("a@example.org"), record);

    assertThat(answer.get("left")).isEqualTo(List.of("/Email"));
    assertThat(client.select("a@example.org")).contains("Caerdydd");
  }

  @Test
  void removesAContactAlsoWhenItIsGone() {
    String id = create(granted("a@example.org"));

    hub.deliver("delete", id, granted("a@example.org"), null);
    hub.deliver("delete", id, granted("a@example.org"), null);

    assertThat(client.select("a@example.org")).contains("<errorid>128</errorid>");
  }

  @Test
  void buriesAnUpdateOfAContactThatIsGone() {
    assertThatThrownBy(() -> hub.deliver("update", "1", null, granted("a@example.org")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.code()).isEqualTo("128"));
  }

  @Test
  void getsAFreshTokenWhenTheOldOneIsRefused() {
    create(granted("a@example.org"));
    fault("{\"kind\":\"expireTokens\"}");

    create(granted("b@example.org"));

    assertThat(client.token(server.sandbox().settings().get("refresh-token")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void pausesOnWrongCredentialsAndOnAWrongDatabase() {
    try (ConnectorHarness other = harness(Map.of("client-secret", "wrong"))) {
      assertRefused(other, FailureKind.UNAUTHORISED, "HTTP 401");
    }
    try (ConnectorHarness other = harness(Map.of("list", "1"))) {
      assertRefused(other, FailureKind.SPOKE_DOWN, "106");
    }
  }

  @Test
  void retriesWhatMayPass() {
    try (ConnectorHarness other = harness(Map.of("url", "http://127.0.0.1:1"))) {
      assertRefused(other, FailureKind.TRANSIENT, "connection");
    }
    fault("{\"kind\":\"status\",\"status\":502,\"path\":\"/XMLAPI\",\"count\":1}");
    assertRefused(hub, FailureKind.TRANSIENT, "HTTP 502");
    fault("{\"kind\":\"status\",\"status\":429,\"path\":\"/XMLAPI\",\"count\":1}");
    assertRefused(hub, FailureKind.THROTTLED, "HTTP 429");
    fault("{\"kind\":\"slow\",\"millis\":4000,\"path\":\"/XMLAPI\",\"count\":1}");
    assertRefused(hub, FailureKind.TRANSIENT, "timeout");
    fault("{\"kind\":\"status\",\"status\":200,\"path\":\"/XMLAPI\",\"count\":1}");
    assertRefused(hub, FailureKind.TRANSIENT, "malformed");
  }

  @Test
  void readsBackWhatAContactHolds() {
    String id = create(granted("a@example.org"));
    assertThat(hub.consentsOf(hub.read(id))).containsExactly("marketing email granted");
    Map<String, Object> out = new HashMap<>(granted("a@example.org"));
    out.putAll(Map.of("Opted Out", "T", "CONSENT_EMAIL", "withdrawn"));
    hub.deliver("update", id, granted("a@example.org"), out);
    assertThat(hub.consentsOf(hub.read(id))).containsExactly("marketing email withdrawn");
    assertThat(hub.read(id).path("Email").asText()).isEqualTo("a@example.org");
  }

  @Test
  void readsBackThatSomebodyOptedInAgainWhatTheHubHadStopped() {
    Map<String, Object> out = new HashMap<>(granted("a@example.org"));
    out.putAll(Map.of("Opted Out", "T", "CONSENT_EMAIL", "withdrawn"));
    String id = create(out);
    client.call(
        "<UpdateRecipient>"
            + LIST
            + "<OLD_EMAIL>a@example.org</OLD_EMAIL>"
            + column("OPT_OUT", "False")
            + "</UpdateRecipient>");
    assertThat(hub.consentsOf(hub.read(id))).containsExactly("marketing email granted");
  }

  @Test
  void saysThatAContactIsGoneAndFailsToReadAsItFailsToWrite() {
    String id = create(granted("a@example.org"));
    hub.deliver("delete", id, granted("a@example.org"), null);
    assertThat(hub.read(id)).isNull();
    fault("{\"kind\":\"status\",\"status\":429,\"retryAfter\":7,\"path\":\"/XMLAPI\",\"count\":1}");
    assertThatThrownBy(() -> hub.read(id))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.kind()).isEqualTo(FailureKind.THROTTLED);
              assertThat(refused.retryAfter()).contains(Duration.ofSeconds(7));
            });
    try (ConnectorHarness other = harness(Map.of("client-secret", "wrong"))) {
      assertThatThrownBy(() -> other.read(id))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORISED));
    }
  }

  @Test
  void looksAgainAfterTheSourceFailed() {
    startEmpty();
    fault("{\"kind\":\"status\",\"status\":500,\"path\":\"/download\",\"count\":2}");

    client.add("a@example.org");

    await().untilAsserted(() -> assertThat(hub.observations()).hasSize(1));
  }

  private void startEmpty() {
    startEmpty(0);
    hub.forget();
  }

  /** Starts the source and waits until it knows what there is. */
  private void startEmpty(int looks) {
    hub.startSource(Map.of("poll", "50"));
    looks(2 + looks);
    hub.forget();
  }

  private void looks(int times) {
    IntStream.range(0, times)
        .forEach(
            i -> {
              for (String name : List.of("contacts", "decisions")) {
                String position = cursors.read("acoustic", name);
                await().until(() -> moved(name, position));
              }
            });
  }

  private boolean moved(String name, String position) {
    String now = cursors.read("acoustic", name);
    return now != null && !now.equals(position);
  }

  /** The contact itself may be seen before. */
  private Optional<JsonNode> firstEvent() {
    return hub.observations().stream()
        .filter(o -> o.path("kind").asText().equals("patch"))
        .findFirst();
  }

  private List<String> states() {
    return hub.observations().stream()
        .map(o -> o.at("/consents/0/state").asText())
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private String lastDecision() {
    List<JsonNode> all = hub.observations();
    return all.isEmpty() ? "" : all.get(all.size() - 1).at("/consents/0/decidedAt").asText();
  }

  private List<String> ids() {
    return hub.observations().stream().map(o -> o.path("recordId").asText()).distinct().toList();
  }

  private String create(Map<String, Object> record) {
    return (String) hub.deliver("create", null, null, record).get("recordId");
  }

  private static Map<String, Object> granted(String email) {
    return Map.of(
        "Email", email,
        "FIRST_NAME", "Siân & <Co>",
        "Opted Out", "F",
        "CONSENT_EMAIL", "granted",
        "CONSENT_EMAIL_DATE", "2025-11-30T10:00:00Z");
  }

  private void assertRefused(ConnectorHarness hub, FailureKind kind, String code) {
    assertThatThrownBy(() -> hub.deliver("create", null, null, granted("a@example.org")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.kind()).isEqualTo(kind);
            });
  }

  private void fault(String json) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/_sandbox/faults"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .join()
                .statusCode())
        .isEqualTo(201);
  }
}
