package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.platform.FailureKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which spoke knows of which consent, with the real database and spokes that do as they are told.
 */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class PropagationIT extends PropagationSetting {
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
