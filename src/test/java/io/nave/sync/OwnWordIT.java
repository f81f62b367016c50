package io.nave.sync;

import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.platform.FailureKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a system's own word, and what is left alone until the system has said it. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class OwnWordIT extends PropagationSetting {
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

  /** The system's clock is a little fast, and she says otherwise before the report comes. */
  @ParameterizedTest
  @CsvSource({"granted, withdrawn, false", "granted, withdrawn, true", "withdrawn, granted, false"})
  void whatBearsTheTimeOfAFastClockIsNoWordOfTheSpoke(
      String told, String then, boolean saidYesBefore) {
    bothKnowNia();
    esp.decidedAt = "2026-05-01T07:00:00Z";
    if (saidYesBefore) {
      observe(said(nia("esp", "7"), "granted", esp.decidedAt));
    }
    var known = "ciam %1$s confirmed by read, esp %1$s confirmed by read";
    observe(said(nia("crm", "1"), then, "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", known.formatted(then));
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("crm", "1"), told, "2026-05-02T08:00:00Z"));
    awaitKnowing("crm:1", known.formatted(told));
    awaitNothingDue();
    var wrote = Instant.parse(tables.text("select to_json(max(wrote_at))#>>'{}' from delivery"));
    clock.pass(Duration.ofSeconds(10));
    observe(said(nia("crm", "1"), then, "2026-05-03T08:00:00Z"));
    awaitKnowing("crm:1", known.formatted(then));
    var said = "select count(*) from consent_entry where spoke = 'esp'";
    long before = tables.number(said);
    observe(said(nia("esp", "7"), told, wrote.plusMillis(1500).toString()));
    assertThat(tables.number(said)).isEqualTo(before);
    observe(said(nia("esp", "7"), told, wrote.plusSeconds(3).toString()));
    assertThat(tables.number(said)).isEqualTo(before + 1);
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

  /** It is told with a version that came after the one that said so first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopThatWasReplacedWhileALaterVersionWasBeingToldIsNoWordOfTheSpoke(boolean knowsAYes) {
    if (knowsAYes) {
      crmSaidYes();
    } else {
      bothKnowNia();
    }
    couriers.stop();
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-02T08:00:00Z"));
    crmPrefers("second@x.example");
    clock.pass(Duration.ofMinutes(1));
    esp.gate = new CompletableFuture<>();
    esp.parcels.clear();
    couriers.start(List.of(esp, ciam));
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    clock.pass(Duration.ofSeconds(5));
    observe(said(nia("crm", "1"), "granted", clock.instant().toString()));
    clock.pass(Duration.ofSeconds(5));
    var written = clock.instant().toString();
    clock.pass(Duration.ofSeconds(5));
    esp.gate.complete(null);
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("esp", "7"), "withdrawn", written));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
  }

  /** The first write to a record that was known before. */
  @Test
  void aStopThatIsReportedWhileTheHubWritesItIsNoWordOfTheSpoke() {
    bothKnowNia();
    esp.gate = new CompletableFuture<>();
    esp.parcels.clear();
    observe(said(nia("crm", "1"), "withdrawn", SAID));
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    clock.pass(Duration.ofSeconds(5));
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    esp.gate.complete(null);
    awaitNothingDue();
  }

  /** She has just said no there, and the hub writes something else. */
  @Test
  void aYesThatWasLeftUnwrittenIsNotNotedAsTold() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "granted", "2026-05-01T08:00:00Z"));
    crmPrefers("second@x.example");
    awaitNothingDue();
    clock.pass(Duration.ofMinutes(1));
    espHolds("withdrawn");
    esp.decidedAt = clock.instant().toString();
    tables.run("update delivery set unsure_at = wrote_at where spoke = 'esp'");
    crmPrefers("third@x.example");
    awaitNothingDue();
    assertThat(esp.records.get("7").path("mail").asText()).isEqualTo("third@x.example");
    assertThat(espHolds()).isEqualTo("withdrawn");
    var told = "select count(*) from consent_notice where spoke = 'esp' and sent_at is not null";
    assertThat(tables.number(told)).isZero();
  }

  /** She says yes elsewhere while the try is under way. */
  @Test
  void aStopOfATryThatWasBrokenOffIsNoWordOfTheSpokeThoughItWasReplaced() {
    crmSaidYes();
    clock.pass(Duration.ofMinutes(1));
    esp.gate = new CompletableFuture<>();
    esp.parcels.clear();
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-02T08:00:00Z"));
    await().atMost(20, SECONDS).until(() -> !esp.parcels.isEmpty());
    clock.pass(Duration.ofSeconds(5));
    observe(said(nia("crm", "1"), "granted", clock.instant().toString()));
    clock.pass(Duration.ofSeconds(5));
    var written = clock.instant();
    clock.pass(Duration.ofSeconds(5));
    var ended = clock.instant();
    var gate = esp.gate;
    esp.gate = CompletableFuture.completedFuture(null);
    gate.completeExceptionally(ConsentSpoke.refused(FailureKind.TRANSIENT));
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() > 1);
    clock.pass(Duration.ofMinutes(1));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    observe(said(nia("esp", "7"), "withdrawn", written.toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
    observe(said(nia("esp", "7"), "withdrawn", ended.plusSeconds(3).toString()));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'"))
        .isEqualTo(1);
  }

  /** An instance was killed, or the database away, before the answer was noted. */
  @Test
  void aStopOfATryWhoseAnswerWasNeverNotedIsNoWordOfTheSpokeThoughItWasReplaced() {
    crmSaidYes();
    couriers.stop();
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("crm", "1"), "withdrawn", "2026-05-02T08:00:00Z"));
    var wanted = new DeliveryQueue.Wanted(DeliveryQueue.Lane.ANY, true, clock.instant(), 10);
    var dead = queue.claim("esp", wanted, clock.instant());
    clock.pass(Duration.ofSeconds(5));
    observe(said(nia("crm", "1"), "granted", clock.instant().toString()));
    clock.pass(Duration.ofSeconds(5));
    espHolds("withdrawn");
    var held = esp.reportedBack(esp.records.get("7"));
    queue.intend(
        "esp",
        dead.stream().map(due -> new Sending.Outgoing(due, null, held, true, false)).toList(),
        clock.instant());
    clock.pass(Duration.ofSeconds(1));
    var written = clock.instant().toString();
    clock.pass(DeliveryQueue.CLAIM_LASTS.plusSeconds(1));
    couriers.start(List.of(esp, ciam));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
    clock.pass(Duration.ofMinutes(1));
    observe(said(nia("esp", "7"), "withdrawn", written));
    assertThat(tables.number("select count(*) from consent_entry where spoke = 'esp'")).isZero();
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

  private void theHubWritesSomethingElse() {
    clock.pass(Duration.ofSeconds(10));
    crmPrefers("second@x.example");
    awaitNothingDue();
  }

  /** She said no, yes, and no again; the hub wrote something else meanwhile. */
  @Test
  void anUnheardStopIsNotWrittenOverByAYesThatIsOlderThanTheLastWrite() {
    espSaidNo();
    clock.pass(Duration.ofMinutes(1));
    var yes = clock.instant().toString();
    theHubWritesSomethingElse();
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
    theHubWritesSomethingElse();
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
    theHubWritesSomethingElse();
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
    observe(esps("Nia", "second@x.example", tried));
    assertThat(espsMail()).isEqualTo("nia@x.example");
    observe(esps("Nia", "third@x.example", clock.instant().toString()));
    assertThat(espsMail()).isEqualTo("third@x.example");

    var crossed = // the look and the report: what is known is from before
        "update delivery set held = replace(held::text, 'third@', 'nia@')::json where spoke = 'esp'";
    tables.run(crossed);
    clock.pass(Duration.ofMinutes(1));
    crmPrefers("fourth@x.example");
    awaitNothingDue();
    assertThat(esp.records.get("7").path("mail").asText()).isEqualTo("fourth@x.example");
  }

  /** It is older than what the record said before it came; the next one is not. */
  @Test
  void whatALateReportHoldsIsHeardByTheNextOne() {
    bothKnowNia();
    crmPrefers("second@x.example");
    awaitNothingDue();
    couriers.stop();
    var written = clock.instant();
    clock.pass(Duration.ofMinutes(1));
    observe(esps("Mair", "second@x.example", written.plusSeconds(20).toString()));
    observe(esps("Mair", "third@x.example", written.plusSeconds(10).toString()));
    assertThat(espsMail()).isEqualTo("nia@x.example");
    observe(esps("Mair", "third@x.example", written.plusSeconds(30).toString()));
    assertThat(espsMail()).isEqualTo("third@x.example");
  }

  /** A report of the first system; an address that she had before is always beside. */
  private static String esps(String given, String address, String at) {
    return snapshot("esp", "7", at, name(given, "Rees") + mailBefore(address));
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

  /** As after an instance that stood still while another one took over what it was creating. */
  @Test
  void theAnswerOfACreationThatNobodyWaitsForLeavesWhatIsDue() {
    esp.gate = new CompletableFuture<>();
    observe(nia("crm", "1"));
    await().atMost(20, SECONDS).until(() -> !esp.records.isEmpty());
    var record = esp.records.keySet().iterator().next();
    observe(nia("esp", record));
    tables.run("delete from delivery where spoke = 'esp' and target like '+%'");
    crmPrefers("second@x.example");
    esp.gate.complete(null);
    awaitNothingDue();
    assertThat(esp.records.get(record).path("mail").asText()).isEqualTo("second@x.example");
    assertThat(tables.texts("select target from delivery where spoke = 'esp'"))
        .containsExactly(record);
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
}
