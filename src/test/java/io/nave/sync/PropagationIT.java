package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.connectors.Connected;
import io.nave.platform.FailureKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which spoke knows of which consent, with the real database and spokes that do as they are told.
 */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class PropagationIT {
  private static final String EARLY = "2026-01-01T00:00:00Z";
  private static final String SAID = "2026-05-31T23:59:00Z";
  private static final String LATER = "2026-05-31T23:59:30Z";

  @Inject Pauses pauses;
  @Inject SessionFactory sessions;
  @Inject Transactions transactions;
  @Inject ReconcileSteps steps;
  @Inject ReadObservations reading;
  @Inject ReconcileTimes reconcileTimes;
  @Inject Wake wake;
  @Inject Progress progress;
  @Inject DeliveryQueue queue;
  @Inject ConsentReads reads;
  @Inject ConsentTimes times;
  @Inject DayUse use;
  @Inject SourceRecords records;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  @Inject Recompute recompute;
  @Inject ConsentEnds consentEnds;
  @Inject Spokes spokes;
  @Inject Homes homes;
  @Inject HubTables tables;
  @Inject Connected connected;

  private final Say say = new Say();
  private final MemoryLog log = new MemoryLog();
  private final SettableClock clock = new SettableClock();
  private final ConsentSpoke esp = new ConsentSpoke("esp");
  private final ConsentSpoke ciam = new ConsentSpoke("ciam");
  private Couriers couriers;
  private NoticeCustomers notice;
  private Reconcile reconcile;

  @BeforeEach
  void start() {
    tables.empty();
    connected.only(List.of(esp, ciam));
    var policy = new RetryPolicy(4, Duration.ofSeconds(10), Duration.ofMinutes(5));
    couriers =
        new Couriers(
            queue,
            reads,
            times,
            Loaded.creations(transactions),
            pauses,
            clock,
            policy,
            use,
            100,
            true);
    notice = new NoticeCustomers(transactions, spokes, progress, couriers, clock);
    reconcile = new Reconcile(transactions, steps, reading, clock, wake, reconcileTimes);
    couriers.start(List.of(esp, ciam));
  }

  @AfterEach
  void stop() {
    couriers.stop();
    connected.only(List.of());
  }

  private void observe(String... observations) {
    clock.pass(Duration.ofSeconds(1));
    var now = clock.instant();
    reconcile.reconcile(
        say.logged(observations).stream()
            .map(one -> new Logged(one.topicId(), one.partition(), one.offset(), now, one.value()))
            .toList());
    publish();
  }

  private void publish() {
    var relay = new PublishOutbox(sessions, log);
    while (relay.publishUrgent() + relay.publish() > 0) {
      // the next batch
    }
    notice.notice(log.unread(), true);
  }

  private static String nia(String spoke, String id) {
    return snapshot(spoke, id, EARLY, name("Nia", "Rees") + mail("nia@x.example"));
  }

  private static String huw(String spoke, String id) {
    return snapshot(spoke, id, EARLY, name("Huw", "Prys") + mail("huw@x.example"));
  }

  private static String said(String observation, String state, String at) {
    return Say.consent(observation, "marketing", "email", state, at);
  }

  /** Records that both spokes have already. */
  private void bothKnowNia() {
    for (var spoke : List.of(esp, ciam)) {
      spoke.records.put("7", CanonicalJson.parse("{\"given\":\"Nia\",\"mail\":\"nia@x.example\"}"));
    }
    observe(nia("crm", "1"), nia("esp", "7"), nia("ciam", "7"));
    await()
        .atMost(20, SECONDS)
        .until(() -> tables.number("select count(*) from delivery where due_at is not null") == 0);
  }

  /** Both know her, and the first system said no of its own. */
  private void espSaidNo() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** Both know her, and were told yes. */
  private void crmSaidYes() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "granted", "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
  }

  private void awaitBrokenOff(String record) {
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                tables.number(
                        "select count(*) from delivery where error_kind = 'TRANSIENT'"
                            + " and intent is not null and target like '"
                            + record
                            + "'")
                    == 1);
  }

  private String knowing(String record) {
    return knowing(homes.customerOf(record));
  }

  /** Such as {@code esp confirmed, ciam sent}. */
  private String knowing(UUID customer) {
    var whoKnows = new WhoKnows(transactions, records, spokes, clock);
    return whoKnows.of(customer).stream()
        .filter(k -> !k.spoke().equals("crm"))
        .map(
            k ->
                k.spoke()
                    + " "
                    + k.consent()
                    + " "
                    + k.state().word()
                    + (k.confirmedBy() == null ? "" : " by " + k.confirmedBy())
                    + (k.late() ? " late" : ""))
        .distinct()
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private void awaitKnowing(String record, String expected) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(knowing(record)).isEqualTo(expected));
  }

  @Test
  void aStopIsConfirmedByReadingItBack() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(espHolds()).isEqualTo("withdrawn");
    assertThat(
            tables.text(
                "select bool_and(confirmed_at >= sent_at and sent_at >= noticed_at)::text from consent_notice"))
        .isEqualTo("true");
  }

  @Test
  void everySystemIsToldOnceOfWhatNobodyConfirmed() {
    var ending = new EndConsents(transactions, recompute, consentEnds, clock, wake);
    bothKnowNia();
    observe(said(nia("crm", "1"), "pending", clock.instant().toString()));
    awaitKnowing("crm:1", "ciam pending confirmed by read, esp pending confirmed by read");
    clock.pass(Duration.ofDays(29));
    assertThat(ending.end()).isZero();
    clock.pass(Duration.ofDays(2));
    assertThat(ending.end()).isEqualTo(1);
    assertThat(ending.end()).isZero();
    publish();
    awaitKnowing("crm:1", "ciam expired confirmed by read, esp expired confirmed by read");
    assertThat(espHolds()).isEqualTo("expired");
    assertThat(tables.number("select count(*) from consent_end")).isZero();
    assertThat(tables.number("select count(*) from consent_entry")).isEqualTo(1);
  }

  @Test
  void severalHubsEndAConsentOnceAndARenewedOneNot() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "pending", clock.instant().toString()), huw("crm", "2"));
    clock.pass(Duration.ofDays(20));
    observe(said(huw("crm", "2"), "pending", clock.instant().toString()));
    clock.pass(Duration.ofDays(11));
    var hubs =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(i -> new EndConsents(transactions, recompute, consentEnds, clock, wake))
            .map(hub -> java.util.concurrent.CompletableFuture.supplyAsync(hub::end))
            .toList();
    int ended = hubs.stream().mapToInt(java.util.concurrent.CompletableFuture::join).sum();
    assertThat(ended).isEqualTo(1);
    assertThat(tables.number("select count(*) from consent_end")).isEqualTo(1);
    assertThat(
            tables.number(
                "select count(*) from customer_history where state::text like '%expired%'"))
        .isEqualTo(1);
  }

  @Test
  void whoSaidItKnowsFromTheBeginning() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
    assertThat(tables.text("select string_agg(spoke, ' ') from consent_notice")).isEqualTo("ciam");
  }

  @Test
  void whoSaidItBeforeAndWasToldOtherwiseSinceIsToldAnew() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "granted", "2026-02-01T00:00:00Z"));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by own");
    observe(said(nia("crm", "1"), "withdrawn", "2026-02-02T00:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    observe(said(nia("crm", "1"), "granted", "2026-02-03T00:00:00Z"));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    assertThat(espHolds()).isEqualTo("granted");
  }

  @Test
  void aStopThatWasReplacedWhileItWasBeingToldIsKnownAgain() {
    bothKnowNia();
    esp.gate = new CompletableFuture<>();
    int before = esp.parcels.size();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() > before);
    var told = clock.instant();
    observe(said(nia("crm", "1"), "granted", LATER));
    esp.gate.complete(null);
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    var stopped =
        CanonicalJson.parse(
            "{\"given\":\"Nia\",\"mail\":\"nia@x.example\",\"marketing\":\"withdrawn\"}");
    observe(esp.report("7", told.toString(), stopped));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    assertThat(knowing("crm:1"))
        .isEqualTo("ciam granted confirmed by read, esp granted confirmed by read");
  }

  @Test
  void whatASpokeHasNoPlaceForIsNotHeld() {
    bothKnowNia();
    observe(Say.consent(nia("crm", "1"), "marketing", "sms", "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn cannot-hold, esp withdrawn cannot-hold");
    assertThat(tables.number("select count(*) from consent_notice")).isZero();
  }

  @Test
  void aStopOnEveryChannelIsConfirmedWhereItIsHeldOnOne() {
    bothKnowNia();
    observe(Say.consent(nia("crm", "1"), "marketing", "any", "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
  }

  @Test
  void anEarlierDecisionIsReplacedAndStaysAsHistory() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "granted", SAID));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    observe(said(nia("crm", "1"), "withdrawn", LATER));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    var history =
        new WhoKnows(transactions, records, spokes, clock).history(homes.customerOf("crm:1"));
    assertThat(history)
        .extracting(k -> k.spoke() + " " + k.consent() + (k.replacedAt() != null))
        .containsExactlyInAnyOrder(
            "esp grantedtrue", "ciam grantedtrue", "esp withdrawnfalse", "ciam withdrawnfalse");
    assertThat(history).allMatch(k -> k.entry() != null);
  }

  @Test
  void aChangeOfSomethingElseMakesNoNotice() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    observe(
        snapshot(
            "crm",
            "1",
            "2026-05-01T00:00:00Z",
            name("Nia", "Rees") + mail("nia@x.example") + Say.gender("female")));
    assertThat(tables.number("select count(*) from consent_notice")).isEqualTo(2);
    assertThat(knowing("crm:1"))
        .isEqualTo("ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
  }

  @Test
  void aSpokeThatCannotBeReadConfirmsByItsReport() {
    esp.canRead = false;
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn sent");
    observe(esp.report("7", "2026-05-31T23:00:00Z", esp.records.get("7")));
    assertThat(knowing("crm:1")).contains("esp withdrawn sent");
    observe(esp.report("7", clock.instant().toString(), esp.records.get("7")));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by echo");
  }

  @Test
  void whatTheSpokeLostIsWrittenOnceMore() {
    bothKnowNia();
    esp.forgetting.set(1);
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await()
        .atMost(20, SECONDS)
        .until(
            () -> tables.number("select max(reads) from consent_notice where spoke = 'esp'") == 1);
    assertThat(tables.text("select error from consent_notice where spoke = 'esp'"))
        .isEqualTo("read back: nothing (expected: withdrawn)");
    lookAgain();
    lookAgain();
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(tables.number("select contradicted from consent_notice where spoke = 'esp'"))
        .isEqualTo(1);
    assertThat(espHolds()).isEqualTo("withdrawn");
  }

  /** Time passes until the next look, and the look is over. */
  private void lookAgain() {
    int before = esp.reads.get();
    clock.pass(Duration.ofMinutes(1));
    await().atMost(20, SECONDS).until(() -> esp.reads.get() > before);
  }

  @Test
  void whatTheSpokeLosesAgainAndAgainIsLeftToAPerson() {
    bothKnowNia();
    esp.forgetting.set(1000);
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await()
        .atMost(40, SECONDS)
        .until(
            () -> {
              clock.pass(Duration.ofMinutes(10));
              return tables.number("select max(contradicted) from consent_notice") == 4;
            });
    await()
        .during(Duration.ofMillis(500))
        .until(() -> tables.number("select max(contradicted) from consent_notice") == 4);
    assertThat(knowing("crm:1"))
        .isEqualTo("ciam withdrawn confirmed by read, esp withdrawn failed late");
  }

  @Test
  void aStopThatTheSpokeHoldsIsNotOverwritten() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "granted", SAID));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    int written = esp.parcels.size();
    esp.canRead = false;
    observe(said(nia("crm", "1"), "granted", LATER));
    await().atMost(20, SECONDS).until(() -> knowing("crm:1").contains("esp granted sent"));
    var left = (ObjectNode) esp.records.get("7");
    left.put("marketing", "withdrawn");
    esp.canRead = true;
    tables.run("update consent_notice set read_at = noticed_at where state = 'sent'");
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              clock.pass(Duration.ofSeconds(20));
              return knowing("crm:1").contains("esp granted failed");
            });
    assertThat(espHolds()).isEqualTo("withdrawn");
    assertThat(esp.parcels).hasSizeLessThanOrEqualTo(written + 1);
    observe(said(nia("esp", "7"), "withdrawn", "2026-05-31T23:59:45Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** A person has just said no there, and the system has not reported it yet. */
  @Test
  void aYesIsNotWrittenOverAStopThatTheHubHasNotHeardOf() {
    bothKnowNia();
    espHolds("withdrawn");
    observe(said(nia("crm", "1"), "granted", SAID));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted sent");
    assertThat(espHolds()).isEqualTo("withdrawn");
    observe(said(nia("esp", "7"), "withdrawn", "2026-05-31T23:59:45Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** Only a stop keeps it from that: where nobody said no, the record is not the question. */
  @Test
  void aYesIsWrittenThoughTheRecordHoldsWhatTheHubDoesNotKnow() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    ((ObjectNode) esp.records.get("7")).put("given", "Unheard");
    observe(said(nia("crm", "1"), "granted", LATER));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    assertThat(espHolds()).isEqualTo("granted");
  }

  @Test
  void aSpokeThatIsDownStaysUntoldAndIsToldWhenItComesBack() {
    bothKnowNia();
    esp.failing = FailureKind.SPOKE_DOWN;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn pending");
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    esp.failing = null;
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(couriers.pausedBecause("esp")).isNull();
  }

  @Test
  void aSpokeThatCannotBeReadIsPausedAndConfirmsWhenItComesBack() {
    bothKnowNia();
    esp.unreadable = FailureKind.SPOKE_DOWN;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn sent");
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    esp.unreadable = null;
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(couriers.pausedBecause("esp")).isNull();
  }

  @Test
  void aStopThatWasWrittenThoughTheAnswerWasLostIsNoWordOfTheSpoke() {
    bothKnowNia();
    int written = esp.parcels.size();
    esp.failing = FailureKind.TRANSIENT;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitBrokenOff("7");
    assertThat(esp.parcels).hasSizeGreaterThan(written);
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    observe(said(nia("esp", "7"), "withdrawn", LATER)); // before the hub began to write
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(1);
  }

  @Test
  void anEchoThatComesAfterTheNextWriteIsNoWordOfTheSpoke() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    var written = tables.text("select to_json(max(sent_at))#>>'{}' from consent_notice");
    observe(said(nia("crm", "1"), "granted", "2026-05-02T08:00:00Z"));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    observe(said(nia("esp", "7"), "withdrawn", written));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    observe(said(nia("esp", "7"), "withdrawn", Instant.parse(written).plusSeconds(1).toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(1);
  }

  @Test
  void aYesOfATryThatWasBrokenOffIsNoWordOfTheSpoke() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    esp.failing = FailureKind.TRANSIENT;
    observe(said(nia("crm", "1"), "granted", "2026-05-02T08:00:00Z"));
    awaitBrokenOff("7");
    var tried = clock.instant();
    esp.failing = null;
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-03T08:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    observe(said(nia("esp", "7"), "granted", tried.toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    observe(said(nia("esp", "7"), "granted", clock.instant().plusSeconds(1).toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(1);
  }

  private void awaitNothingDue() {
    await()
        .atMost(20, SECONDS)
        .until(() -> tables.number("select count(*) from delivery where due_at is not null") == 0);
  }

  @Test
  void whatTheHubPutsBackInARecordThatSaidItItselfIsNoNewWordOfTheSpoke() {
    crmSaidYes();
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    awaitNothingDue();
    clock.pass(Duration.ofSeconds(10));
    var yes = said(nia("esp", "7"), "granted", clock.instant().toString());
    clock.pass(Duration.ofSeconds(1));
    tables.run(
        "update delivery set wrote_at = '%1$s', told_at = '%1$s' where spoke = 'esp'"
            .formatted(clock.instant()));
    espHolds("withdrawn");
    esp.parcels.clear();
    observe(yes);
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() == 1);
    assertThat(esp.parcels.get(0).record().path("marketing").asText()).isEqualTo("granted");
    awaitNothingDue();
    observe(said(nia("esp", "7"), "granted", clock.instant().toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(2);
  }

  /** A yes that was noted to be told, and that nobody wrote, since the record said no itself. */
  @Test
  void aYesLongAfterOneThatWasNeverWrittenIsHeard() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    couriers.stop();
    observe(said(nia("crm", "1"), "granted", "2026-05-02T08:00:00Z"));
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().plusSeconds(1).toString()));
    couriers.start(List.of(esp, ciam));
    awaitNothingDue();
    clock.pass(Duration.ofMinutes(5));
    observe(said(nia("esp", "7"), "granted", clock.instant().toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(2);
  }

  private void crmPrefers(String address) {
    var also = mail(address).replace("}]", "},{\"value\":\"nia@x.example\"}]");
    observe(snapshot("crm", "1", clock.instant().toString(), name("Nia", "Rees") + also));
  }

  /** The record says no by its own word, and the hub writes something else before it hears more. */
  @Test
  void allDecisionsOfOneReportAreHeardAfterAWriteOfSomethingElse() {
    espSaidNo();
    crmPrefers("second@x.example");
    awaitNothingDue();
    clock.pass(Duration.ofMinutes(1));
    var yes = clock.instant();
    var no = yes.plusSeconds(3);
    clock.pass(Duration.ofMinutes(1));
    esp.parcels.clear();
    crmPrefers("third@x.example");
    awaitNothingDue();
    assertThat(esp.parcels).hasSize(1);
    var decision =
        "{\"purpose\":\"marketing\",\"channel\":\"email\",\"state\":\"%s\",\"decidedAt\":\"%s\"}";
    var both = decision.formatted("granted", yes) + "," + decision.formatted("withdrawn", no);
    var report = nia("esp", "7");
    observe(report.substring(0, report.length() - 1) + ",\"consents\":[" + both + "]}");
    assertThat(
            tables.texts("select state from consent_entry where spoke = 'esp' order by decided_at"))
        .containsExactly("withdrawn", "granted", "withdrawn");
  }

  private void espHolds(String state) {
    esp.records.put("7", ((ObjectNode) esp.records.get("7")).put("marketing", state));
  }

  private String espHolds() {
    return esp.records.get("7").path("marketing").asText();
  }

  /** She said no, yes, and no again; the hub wrote something else meanwhile. */
  @Test
  void anUnheardStopIsNotWrittenOverByAYesThatIsOlderThanTheLastWrite() {
    espSaidNo();
    clock.pass(Duration.ofMinutes(1));
    var yes = clock.instant().toString();
    clock.pass(Duration.ofSeconds(10));
    crmPrefers("second@x.example");
    awaitNothingDue();
    espHolds("withdrawn");
    observe(said(nia("esp", "7"), "granted", yes));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by own");
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("withdrawn");
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** She says no where she had said no, right after the hub wrote something else there. */
  @Test
  void anUnheardStopThatTheRecordDatesIsNotWrittenOverByAYesBefore() {
    espSaidNo();
    clock.pass(Duration.ofMinutes(1));
    var yes = clock.instant().toString();
    clock.pass(Duration.ofSeconds(10));
    crmPrefers("second@x.example");
    awaitNothingDue();
    esp.decidedAt = clock.instant().plusSeconds(1).toString();
    observe(said(nia("crm", "1"), "granted", yes));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted sent");
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("withdrawn");
    observe(said(nia("esp", "7"), "withdrawn", esp.decidedAt));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** She said no and yes again; the hub wrote something else in between, and heard only the no. */
  @Test
  void anUnheardYesIsNotWrittenOverByAStopThatIsOlderThanTheLastWrite() {
    crmSaidYes();
    clock.pass(Duration.ofMinutes(1));
    var no = clock.instant().toString();
    clock.pass(Duration.ofSeconds(10));
    crmPrefers("second@x.example");
    awaitNothingDue();
    clock.pass(Duration.ofSeconds(10));
    var yes = clock.instant().toString();
    espHolds("granted");
    observe(said(nia("esp", "7"), "withdrawn", no));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("granted");
    observe(said(nia("esp", "7"), "granted", yes));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by own");
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("granted");
  }

  /** The hub's try was broken off, and what it wrote was changed before anybody looked. */
  @Test
  void whatABrokenOffTryWroteIsNoWordOfTheSpokeThoughTheRecordWasLeftAlone() {
    bothKnowNia();
    esp.failing = FailureKind.TRANSIENT;
    crmPrefers("second@x.example");
    awaitBrokenOff("7");
    var tried = clock.instant().plusSeconds(1).toString();
    ((ObjectNode) esp.records.get("7")).put("mail", "third@x.example");
    esp.failing = null;
    clock.pass(Duration.ofMinutes(1));
    awaitNothingDue();
    assertThat(esp.records.get("7").path("mail").asText()).isEqualTo("third@x.example");
    var also = "\"},{\"value\":\"nia@x.example";
    var name = name("Nia", "Rees");
    observe(snapshot("esp", "7", tried, name + mail("second@x.example" + also)));
    assertThat(espsMail()).isEqualTo("nia@x.example");
    observe(
        snapshot("esp", "7", clock.instant().toString(), name + mail("third@x.example" + also)));
    assertThat(espsMail()).isEqualTo("third@x.example");
  }

  private String espsMail() {
    return tables.text(
        "select content#>>'{emails,0,value}' from source_record where spoke = 'esp'");
  }

  /** She said no, yes, and no again; meanwhile a try to write something else was broken off. */
  @Test
  void anUnheardStopIsNotOfATryThatWroteNoConsent() {
    espSaidNo();
    clock.pass(Duration.ofMinutes(1));
    esp.failing = FailureKind.TRANSIENT;
    crmPrefers("second@x.example");
    awaitBrokenOff("7");
    espHolds("withdrawn");
    observe(said(nia("esp", "7"), "granted", clock.instant().toString()));
    esp.failing = null;
    clock.pass(Duration.ofMinutes(1));
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("withdrawn");
    assertThat(esp.records.get("7").path("mail").asText()).isEqualTo("second@x.example");
  }

  @Test
  void aYesIsHeardWhileATryThatWroteNoConsentIsUnderWay() {
    crmSaidYes();
    clock.pass(Duration.ofMinutes(1));
    esp.failing = FailureKind.TRANSIENT;
    crmPrefers("second@x.example");
    awaitBrokenOff("7");
    couriers.stop();
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    clock.pass(Duration.ofSeconds(5));
    observe(said(nia("esp", "7"), "granted", clock.instant().toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(2);
  }

  /** She said no and yes while the hub wrote something else, and only the no was heard. */
  @Test
  void whatWasSaidWhileTheHubWroteSomethingElseIsKnown() {
    crmSaidYes();
    clock.pass(Duration.ofMinutes(1));
    esp.gate = new CompletableFuture<>();
    esp.parcels.clear();
    crmPrefers("second@x.example");
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    clock.pass(Duration.ofSeconds(5));
    espHolds("granted");
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    esp.gate.complete(null);
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
    awaitNothingDue();
    assertThat(espHolds()).isEqualTo("granted");
  }

  /** Its creation has no answer, it is reported, and then a write to it has none, either. */
  @Test
  void aRecordThatIsKnownAgainWhileItIsCreatedHoldsWhatTheHubWrites() {
    esp.failing = FailureKind.TRANSIENT;
    observe(said(nia("crm", "1"), "granted", "2026-05-01T08:00:00Z"));
    awaitBrokenOff("+%");
    couriers.stop();
    esp.records.put(
        "9",
        CanonicalJson.parse(
            "{\"given\":\"Nia\",\"mail\":\"nia@x.example\",\"marketing\":\"granted\"}"));
    observe(nia("esp", "9"));
    crmPrefers("second@x.example");
    observe(said(nia("ciam", "7"), "withdrawn", "2026-05-02T08:00:00Z"));
    couriers.start(List.of(esp, ciam));
    awaitBrokenOff("9");
    esp.failing = null;
    clock.pass(Duration.ofMinutes(1));
    awaitNothingDue();
    var record = esp.records.get("9");
    assertThat(record.path("mail").asText()).isEqualTo("second@x.example");
    assertThat(record.path("marketing").asText()).isEqualTo("withdrawn");
  }

  /** The record holds by its own word what it is told, and is told otherwise before the answer. */
  @Test
  void whatWasPutBackWhileSheSaidOtherwiseIsNotedAsTold() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "granted", "2026-05-01T08:00:00Z"));
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-02T08:00:00Z"));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    observe(said(nia("esp", "7"), "granted", "2026-05-01T09:00:00Z")); // late
    clock.pass(Duration.ofMinutes(1));
    esp.gate = new CompletableFuture<>();
    esp.parcels.clear();
    observe(said(nia("crm", "1"), "granted", "2026-05-03T08:00:00Z"));
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    var written = clock.instant();
    clock.pass(Duration.ofSeconds(10));
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-04T08:00:00Z"));
    esp.gate.complete(null);
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    awaitNothingDue();
    var told =
        "select count(*) from consent_notice where spoke = 'esp' and consent = 'granted'"
            + " and noticed_at <= '%1$s' and sent_at >= '%1$s' and replaced_at <= sent_at";
    assertThat(tables.number(told.formatted(written))).isEqualTo(1);
  }

  @Test
  void aReadingThatFailsIsRepeated() {
    bothKnowNia();
    esp.unreadable = FailureKind.TRANSIENT;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await()
        .atMost(20, SECONDS)
        .until(
            () -> tables.number("select max(reads) from consent_notice where spoke = 'esp'") == 1);
    assertThat(knowing("crm:1")).contains("esp withdrawn sent");
    esp.unreadable = null;
    lookAgain();
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
  }

  @Test
  void aReadingThatIsRefusedFails() {
    bothKnowNia();
    esp.unreadable = FailureKind.PERMANENT;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn failed");
  }

  @Test
  void aRefusedDeliveryFails() {
    bothKnowNia();
    esp.failing = FailureKind.PERMANENT;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn failed");
    clock.pass(Duration.ofHours(2));
    assertThat(knowing("crm:1")).contains("esp withdrawn failed late");
    var late = new LateConsents(transactions, clock);
    assertThat(late.list(LateConsents.Which.LATE, 0, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.knowing().spoke()).isEqualTo("esp"));
    assertThat(
            late.list(
                LateConsents.Which.LATE, late.list(LateConsents.Which.LATE, 0, 10).get(0).id(), 10))
        .isEmpty();
    assertThat(late.list(LateConsents.Which.PENDING, 0, 10)).isEmpty();
    assertThat(late.counts()).containsExactly(new LateConsents.Count("esp", 1, 1, 1));
  }

  @Test
  void aRecordThatIsGoneCannotHoldIt() {
    bothKnowNia();
    esp.canRead = false;
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await().atMost(20, SECONDS).until(() -> knowing("crm:1").contains("esp withdrawn sent"));
    esp.records.remove("7");
    esp.canRead = true;
    tables.run("update consent_notice set read_at = noticed_at where state = 'sent'");
    couriers.wake(true);
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn cannot-hold");
  }

  @Test
  void aDeletedRecordHasNothingToKnow() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    observe(
        "{\"spoke\":\"esp\",\"recordId\":\"7\",\"kind\":\"delete\",\"changedAt\":\"2026-05-31T23:59:59Z\"}");
    assertThat(knowing("crm:1")).isEqualTo("ciam withdrawn confirmed by read");
    assertThat(
            tables.number(
                "select count(*) from consent_notice where spoke = 'esp' and replaced_at is null"))
        .isZero();
  }

  @Test
  void aCreatedRecordIsConfirmedToo() {
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(esp.parcels).extracting(Spoke.Parcel::operation).containsExactly("create");
  }

  /** She says yes while the no before it is being told by creating the record. */
  @Test
  void whatARecordWasCreatedWithIsNoWordOfTheSpoke() {
    esp.gate = new CompletableFuture<>();
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-01T08:00:00Z"));
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    clock.pass(Duration.ofSeconds(1));
    var written = clock.instant().toString();
    clock.pass(Duration.ofSeconds(2));
    observe(said(nia("crm", "1"), "granted", "2026-05-02T08:00:00Z"));
    esp.gate.complete(null);
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    var record = tables.text("select record_id from source_record where spoke = 'esp'");
    observe(said(nia("esp", record), "withdrawn", written));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
  }

  @Test
  void aRecordThatJoinsIsTold() {
    esp.records.put("9", CanonicalJson.parse("{\"given\":\"Nia\",\"mail\":\"nia@x.example\"}"));
    observe(said(nia("crm", "1"), "withdrawn", SAID), nia("ciam", "7"));
    ciam.records.put("7", CanonicalJson.parse("{\"given\":\"Nia\",\"mail\":\"nia@x.example\"}"));
    observe(nia("esp", "9"));
    await()
        .atMost(20, SECONDS)
        .until(() -> "withdrawn".equals(esp.records.get("9").path("marketing").asText()));
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                tables
                    .text("select state from consent_notice where record_id = '9'")
                    .equals("confirmed"));
  }

  @Test
  void aMergeTellsTheStopToBothHalvesAndAnUnmergeTakesItBack() {
    bothKnowNia();
    for (var spoke : List.of(esp, ciam)) {
      spoke.records.put("8", CanonicalJson.parse("{\"given\":\"Huw\",\"mail\":\"huw@x.example\"}"));
    }
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    observe(said(huw("crm", "2"), "granted", EARLY), huw("esp", "8"), huw("ciam", "8"));
    awaitKnowing("crm:2", "ciam granted confirmed by read, esp granted confirmed by read");
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");

    merge.merge(homes.customerOf("crm:1"), homes.customerOf("crm:2"), "test", "gwen");
    publish();
    awaitKnowing("crm:2", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(esp.records.get("8").path("marketing").asText()).isEqualTo("withdrawn");

    unmerge.unmerge(
        homes.customerOf("crm:1"),
        List.of(Homes.key("crm:2"), Homes.key("esp:8"), Homes.key("ciam:8")),
        "test",
        "gwen");
    publish();
    awaitKnowing("crm:2", "ciam granted confirmed by read, esp granted confirmed by read");
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    assertThat(esp.records.get("8").path("marketing").asText()).isEqualTo("granted");
    assertThat(espHolds()).isEqualTo("withdrawn");
  }

  @Test
  void anActIsTimedUntilTheLastSpoke() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by read");
    var late = new LateConsents(transactions, clock);
    assertThat(late.times(clock.instant().minus(Duration.ofDays(1))))
        .singleElement()
        .satisfies(
            time -> assertThat(time).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(3)));
    assertThat(late.times(clock.instant().plus(Duration.ofDays(1)))).isEmpty();
  }
}
