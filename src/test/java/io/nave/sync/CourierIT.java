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
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Deliveries to a spoke that answers as it is told to, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class CourierIT extends CourierSetting {
  @Test
  void whatTheSpokeHoldsAlreadyIsNotSent() {
    observe(
        crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"),
        snapshot("esp", "7", "2026-01-02T00:00:00Z", name("Nia", "Rees") + mail("nia@x.example")));
    awaitState("unchanged");
    assertThat(esp.parcels).isEmpty();
    assertThat(tables.text("select n::text from tally where name = 'unchanged'")).isEqualTo("1");
  }

  @Test
  void theTimeOfADeliveryIsTakenFromWhenItsObservationWasAccepted() {
    var time = DeliveryTimesTest.time(metrics, "esp");
    long before = time.count();
    double seconds = time.totalTime(SECONDS);
    esp.gate = new CompletableFuture<>();
    reconcile.reconcile(say.logged(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example")));
    clock.pass(Duration.ofSeconds(30));
    new PublishOutbox(sessions, log).publish();
    notice.notice(log.unread(), false);
    awaitSent(1);
    clock.pass(Duration.ofSeconds(40));
    esp.gate.complete(null);
    awaitState("delivered");
    await().atMost(20, SECONDS).until(() -> time.count() == before + 1);
    assertThat(time.totalTime(SECONDS) - seconds).isBetween(69.9, 70.1);
  }

  private String observedAt() {
    return tables.text("select observed_at::text from delivery");
  }

  @Test
  void theOldestOfTheChangesThatWaitCountsAndNoneThatIsDone() {
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    var first = observedAt();
    assertThat(first).isNotNull();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "new@x.example"));
    assertThat(observedAt()).isEqualTo(first);
    esp.failing = null;
    clock.pass(Duration.ofSeconds(40));
    awaitState("delivered");
    assertThat(observedAt()).isNull();
  }

  @Test
  void whatIsObservedWhileADeliveryIsOnItsWayCountsFromThen() {
    var time = DeliveryTimesTest.time(metrics, "esp");
    long before = time.count();
    double seconds = time.totalTime(SECONDS);
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    clock.pass(Duration.ofSeconds(9));
    observe(crm("2026-01-02T00:00:00Z", "Nia", "new@x.example"));
    esp.gate.complete(null);
    await().atMost(20, SECONDS).until(() -> time.count() == before + 2);
    assertThat(time.totalTime(SECONDS) - seconds).isBetween(9.9, 10.1);
  }

  @Test
  void aTransientFailureIsTriedAgainLaterAndBuriedInTheEnd() {
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      int tried = attempt;
      await()
          .atMost(20, SECONDS)
          .until(() -> tables.number("select attempts from delivery") == tried);
      assertThat(states()).isEqualTo("due");
      var wait =
          "select extract(epoch from due_at - '%s')::int from delivery".formatted(clock.instant());
      int doubled = 10 << (attempt - 1);
      assertThat(tables.number(wait)).isBetween(doubled * 8L / 10, doubled * 12L / 10);
      couriers.wake(false);
      await().during(Duration.ofMillis(400)).until(() -> esp.parcels.size() == tried);
      clock.pass(Duration.ofSeconds(doubled * 2L));
    }
    awaitState("failed");
    assertThat(esp.parcels).hasSize(ATTEMPTS);
    assertThat(
            tables.text(
                "select error_kind || ': ' || error || coalesce(due_at::text, '') from delivery"))
        .isEqualTo("TRANSIENT: refused on purpose");
  }

  @Test
  void aTransientFailureThatPassesIsDelivered() {
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    esp.failing = null;
    clock.pass(Duration.ofSeconds(20));
    awaitState("delivered");
    assertThat(tables.number("select attempts from delivery")).isZero();
  }

  @Test
  void aStopIsDeliveredWhileOrdinaryDeliveriesAreUnderWay() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    var slow = new CompletableFuture<Void>();
    esp.gate = slow;
    observe(IntStream.range(2, 6).mapToObj(CourierSetting::somebody).toArray(String[]::new));
    awaitSent(2);
    await().during(Duration.ofMillis(300)).until(() -> esp.parcels.size() == 2);
    esp.gate = CompletableFuture.completedFuture(null);
    observeStop(crm("2026-01-02T00:00:00Z", "Niamh", "nia@x.example"));
    awaitSent(3);
    assertThat(sent(2)).contains("Niamh");
    var state = "select state from delivery where target = 'new-1'";
    await().atMost(20, SECONDS).until(() -> tables.text(state).equals("delivered"));
    assertThat(esp.parcels).hasSize(3);
    slow.complete(null);
    awaitState("delivered delivered delivered delivered delivered");
  }

  @Test
  void aStopIsDeliveredOnceASpokeThatWasDownComesBack() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.SPOKE_DOWN;
    observeStop(crm("2026-01-02T00:00:00Z", "Niamh", "nia@x.example"));
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    esp.failing = null;
    awaitState("delivered");
    assertThat(couriers.pausedBecause("esp")).isNull();
    assertThat(esp.parcels.get(esp.parcels.size() - 1).record().toString()).contains("Niamh");
  }

  @Test
  void whatADeadInstanceHadClaimedIsClaimedByAnotherSoon() {
    couriers.stop();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    assertThat(claim()).hasSize(1);
    clock.pass(DeliveryQueue.CLAIM_LASTS);
    assertThat(claim()).isEmpty();
    clock.pass(Duration.ofSeconds(1));
    assertThat(claim()).hasSize(1);
  }

  @Test
  void aDeliveryThatTakesLongIsNotClaimedByAnother() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    clock.pass(DeliveryQueue.CLAIM_LASTS.minusSeconds(1));
    var until =
        "select (claimed_until > '%s')::text from delivery"
            .formatted(clock.instant().plusSeconds(5));
    await().atMost(20, SECONDS).until(() -> tables.text(until).equals("true"));
    clock.pass(Duration.ofSeconds(5));
    assertThat(claim()).isEmpty();
  }

  @Test
  void aPermanentFailureIsBuriedAtOnce() {
    esp.failing = FailureKind.PERMANENT;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("failed");
    assertThat(esp.parcels).hasSize(1);
  }

  @Test
  void aSpokeThatIsDownIsPausedAndResumes() {
    esp.failing = FailureKind.SPOKE_DOWN;
    observe(
        crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"),
        snapshot("crm", "2", "2026-01-01T00:00:00Z", name("Huw", "Prys") + mail("huw@x.example")));
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    assertThat(couriers.pausedBecause("esp")).contains("SPOKE_DOWN");
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() >= 4);
    assertThat(tables.number("select max(attempts) from delivery")).isZero();
    esp.failing = null;
    awaitState("delivered delivered");
    assertThat(couriers.pausedBecause("esp")).isNull();
  }

  @Test
  void aSpokeThatHadTooManyRequestsIsLeftAloneUntilItSaysAndNothingCountsAsATry() {
    esp.asked = Duration.ofMinutes(2);
    esp.failing = FailureKind.THROTTLED;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    var until = clock.instant().plus(Duration.ofMinutes(2));
    await()
        .atMost(20, SECONDS)
        .until(() -> until.equals(couriers.budget("esp").orElseThrow().waitsUntil()));
    var claimed = "select count(*) from delivery where claimed_until is not null";
    await().atMost(20, SECONDS).until(() -> tables.number(claimed) == 0);
    assertThat(couriers.pausedBecause("esp")).isNull();
    assertThat(tables.text("select state || ' ' || attempts from delivery")).isEqualTo("due 0");
    esp.failing = null;
    couriers.wake(false);
    await().during(Duration.ofMillis(600)).until(() -> esp.parcels.size() == 1);
    clock.pass(Duration.ofMinutes(2));
    awaitState("delivered");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void aStopIsDeliveredFromTheReserveOfTheDay() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    couriers.stop();
    esp.perDay = 4;
    esp.reserve = 0.5;
    couriers.start(List.of(esp));
    tables.run("update spoke_use set n = 2");
    await().atMost(20, SECONDS).until(() -> couriers.budget("esp").orElseThrow().used() == 2);
    observe(somebody(2));
    await().during(Duration.ofMillis(600)).until(() -> esp.parcels.size() == 1);
    observeStop(crm("2026-01-02T00:00:00Z", "Niamh", "nia@x.example"));
    awaitSent(2);
    assertThat(sent(1)).contains("Niamh");
    await().atMost(20, SECONDS).until(this::isSettled);
    assertThat(states()).isEqualTo("due delivered");
    await().atMost(20, SECONDS).until(() -> tables.number("select n from spoke_use") == 3);
    clock.pass(Duration.ofDays(1));
    awaitState("delivered delivered");
  }

  @Test
  void aSpokeThatIsDownIsNotAskedBeforeTheTimeThatItNames() {
    esp.asked = Duration.ofMinutes(2);
    esp.failing = FailureKind.SPOKE_DOWN;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    esp.failing = null;
    couriers.wake(false);
    await().during(Duration.ofMillis(1000)).until(() -> esp.parcels.size() == 1);
    clock.pass(Duration.ofMinutes(2));
    awaitState("delivered");
    assertThat(couriers.pausedBecause("esp")).isNull();
  }

  @Test
  void aHubThatIsToWriteNothingKeepsWhatIsDue() {
    couriers.stop();
    start(false);
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    assertThat(couriers.pausedBecause("esp")).isEqualTo("DISABLED: NAVE_DELIVER_ENABLED is false");
    assertThat(tables.text("select state from delivery")).isEqualTo("due");
    assertThat(esp.parcels).isEmpty();
    couriers.stop();
    start(true);
    couriers.wake(false);
    awaitState("delivered");
    assertThat(couriers.pausedBecause("esp")).isNull();
  }
}
