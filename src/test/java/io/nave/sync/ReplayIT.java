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
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays to a spoke that answers as it is told to, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class ReplayIT extends EspHub {
  @Inject Replays replays;
  @Inject FindCustomers customers;
  private ReplayCustomers replay;

  @BeforeEach
  void instance() {
    tables.run("delete from operator_act");
    replay = instanceOfTheHub();
  }

  private ReplayCustomers instanceOfTheHub() {
    return new ReplayCustomers(transactions, replays, onlyEsp(), customers, couriers, acts, clock);
  }

  private static String somebody(int nth) {
    var who = name("Huw" + (char) ('a' + nth % 26), "Prys" + nth) + mail("p" + nth + "@x.example");
    return snapshot("crm", "" + nth, "2026-01-01T00:00:00Z", who);
  }

  private static String[] people(int count) {
    return IntStream.range(0, count).mapToObj(ReplayIT::somebody).toArray(String[]::new);
  }

  private static ReplayWish all() {
    return new ReplayWish("esp", null, null, null, null, false, false);
  }

  private static ReplayWish dryRun() {
    return new ReplayWish("esp", null, null, null, null, false, true);
  }

  private long begin(ReplayWish wish) {
    var begun = replay.begin(wish, "ops");
    assertThat(begun.refusal()).isNull();
    return begun.replay().id();
  }

  private String refusal(ReplayWish wish) {
    return replay.begin(wish, "ops").refusal();
  }

  private Replay awaitState(long id, String state) {
    await()
        .atMost(30, SECONDS)
        .until(
            () -> {
              replay.slice();
              return replay.of(id).orElseThrow().state().equals(state);
            });
    return replay.of(id).orElseThrow();
  }

  private static List<Long> counts(Replay of) {
    return List.of(of.created(), of.updated(), of.unchanged(), of.notHeld(), of.failed());
  }

  /** The spoke holds these people, as the hub knows. */
  private void delivered(int people) {
    couriers.start(List.of(esp));
    observe(people(people));
    await().atMost(20, SECONDS).until(() -> esp.there.size() == people);
    awaitNothingDue();
    esp.parcels.clear();
  }

  private String idOf(int nth) {
    return esp.there.entrySet().stream()
        .filter(one -> one.getValue().path("mail").asText().equals("p" + nth + "@x.example"))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  @Test
  void aNewSpokeIsFilledWithAllCustomers() {
    know(people(5));
    couriers.start(List.of(esp));
    var done = awaitState(begin(all()), "done");
    assertThat(counts(done)).containsExactly(5L, 0L, 0L, 0L, 0L);
    assertThat(done.customers()).isEqualTo(5).isEqualTo(done.total());
    assertThat(done.waiting()).isZero();
    assertThat(esp.parcels).hasSize(5).allMatch(one -> one.operation().equals("create"));
    assertThat(acts.latest(1).get(0).act()).isEqualTo("begin-replay");
  }

  @Test
  void whatASpokeLostIsWrittenAgainAndNothingElse() {
    delivered(3);
    var lost = idOf(1);
    esp.there.put(lost, CanonicalJson.parse("{\"given\":\"Old\",\"mail\":\"p1@x.example\"}"));
    var done = awaitState(begin(all()), "done");
    assertThat(counts(done)).containsExactly(0L, 1L, 2L, 0L, 0L);
    assertThat(esp.parcels).hasSize(1);
    assertThat(esp.parcels.get(0).recordId()).isEqualTo(lost);
    assertThat(esp.parcels.get(0).before().path("given").asText()).isEqualTo("Old");
    assertThat(esp.parcels.get(0).quiet()).isFalse();
  }

  @Test
  void whatTheHubBelievedWronglyIsCorrectedWithoutAWrite() {
    delivered(1);
    tables.run("update delivery set held = '{\"customer\":{}}'");
    assertThat(counts(awaitState(begin(all()), "done"))).containsExactly(0L, 0L, 1L, 0L, 0L);
    assertThat(esp.parcels).isEmpty();
    assertThat(tables.text("select held::text from delivery")).contains("Huwa");
  }

  @Test
  void aRecordThatIsGoneIsTold() {
    delivered(2);
    esp.there.remove(idOf(0));
    assertThat(counts(awaitState(begin(all()), "done"))).containsExactly(0L, 0L, 1L, 1L, 0L);
    assertThat(tables.text("select error from delivery where state = 'not-held'"))
        .isEqualTo("the system has no such record");
    assertThat(esp.parcels).isEmpty();
  }

  @Test
  void aSpokeThatIsDownIsTriedUntilItIsBack() {
    delivered(2);
    esp.failing = FailureKind.SPOKE_DOWN;
    long id = begin(all());
    replay.slice();
    await().atMost(20, SECONDS).until(() -> couriers.pausedBecause("esp") != null);
    esp.failing = null;
    assertThat(counts(awaitState(id, "done"))).containsExactly(0L, 0L, 2L, 0L, 0L);
    assertThat(couriers.pausedBecause("esp")).isNull();
  }

  @Test
  void newsOvertakesIt() {
    know(people(40));
    long id = begin(all());
    replay.slice();
    log.unread();
    observe(somebody(99));
    couriers.start(List.of(esp));
    awaitState(id, "done");
    assertThat(esp.parcels.get(0).record().path("mail").asText()).isEqualTo("p99@x.example");
    assertThat(esp.parcels).hasSize(41);
  }

  @Test
  void newsOfACustomerThatWaitsForItIsNewsAndIsCountedOnce() {
    know(people(2));
    long id = begin(all());
    replay.slice();
    log.unread();
    observe(
        snapshot("crm", "1", "2026-02-01T00:00:00Z", name("Nia", "Prys1") + mail("n@x.example")));
    assertThat(tables.number("select count(*) from delivery where state = 'due'")).isEqualTo(1);
    couriers.start(List.of(esp));
    assertThat(counts(awaitState(id, "done"))).containsExactly(2L, 0L, 0L, 0L, 0L);
    assertThat(esp.parcels.get(0).record().path("given").asText()).isEqualTo("Nia");
  }

  @Test
  void isPausedAndResumed() {
    know(people(3));
    long id = begin(all());
    replay.slice();
    assertThat(replay.pause(id, "ops")).isTrue();
    assertThat(replay.pause(id, "ops")).isFalse();
    couriers.start(List.of(esp));
    couriers.wake(false);
    await().during(Duration.ofMillis(600)).until(() -> esp.parcels.isEmpty());
    assertThat(replay.of(id).orElseThrow().waiting()).isEqualTo(3);
    assertThat(replay.resume(id, "ops")).isTrue();
    assertThat(counts(awaitState(id, "done"))).containsExactly(3L, 0L, 0L, 0L, 0L);
  }

  @Test
  void whatIsCancelledIsAsItWasBefore() {
    delivered(1);
    couriers.stop();
    know(somebody(7));
    var before = tables.texts("select target || state || coalesce(due_at::text, '') from delivery");
    long id = begin(all());
    replay.slice();
    assertThat(tables.number("select count(*) from delivery where due_at is not null"))
        .isEqualTo(2);
    assertThat(replay.cancel(id, "ops")).isTrue();
    assertThat(tables.texts("select target || state || coalesce(due_at::text, '') from delivery"))
        .isEqualTo(before);
    assertThat(replay.of(id).orElseThrow().state()).isEqualTo("cancelled");
    assertThat(replay.cancel(id, "ops")).isFalse();
    assertThat(replay.resume(id, "ops")).isFalse();
  }

  @Test
  void anotherInstanceGoesOnWhereOneWasKilled() {
    know(people(250));
    long id = begin(all());
    replay.slice();
    assertThat(replay.of(id).orElseThrow().customers()).isEqualTo(200);
    replay = instanceOfTheHub();
    couriers.start(List.of(esp));
    var done = awaitState(id, "done");
    assertThat(done.customers()).isEqualTo(250);
    assertThat(counts(done)).containsExactly(250L, 0L, 0L, 0L, 0L);
  }

  @Test
  void onlySoManyWaitAtATime() {
    know(people(650));
    long id = begin(all());
    while (replay.slice()) {
      // until it waits
    }
    assertThat(replay.of(id).orElseThrow().waiting()).isEqualTo(400);
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
    delivered(2);
    couriers.stop();
    know(somebody(7), snapshot("crm", "1", "2026-02-01T00:00:00Z", name("Nia", "Prys1")));
    var done = awaitState(begin(dryRun()), "done");
    assertThat(counts(done)).containsExactly(1L, 0L, 1L, 1L, 0L);
    assertThat(done.samples()).hasSize(1);
    assertThat(done.samples().get(0).before()).isNull();
    assertThat(done.samples().get(0).wanted().path("mail").asText()).isEqualTo("p7@x.example");
    know(
        snapshot("crm", "0", "2026-02-01T00:00:00Z", name("Mair", "Prys0") + mail("p0@x.example")));
    var again = awaitState(begin(dryRun()), "done");
    assertThat(counts(again)).containsExactly(1L, 1L, 0L, 1L, 0L);
    var changed = again.samples().stream().filter(one -> one.before() != null).toList();
    assertThat(changed).hasSize(1);
    assertThat(changed.get(0).before().path("given").asText()).isEqualTo("Huwa");
    assertThat(changed.get(0).wanted().path("given").asText()).isEqualTo("Mair");
    assertThat(esp.parcels).isEmpty();
    assertThat(tables.number("select count(*) from delivery where due_at is not null")).isZero();
    assertThat(acts.latest(10)).isEmpty();
  }

  private long meant(UUID customer, String query, Instant since, Instant until) {
    var wish = new ReplayWish("esp", customer, query, since, until, false, true);
    return awaitState(begin(wish), "done").customers();
  }

  @Test
  void customersAreChosenByIdByWordsOrByTime() {
    know(somebody(1), somebody(2));
    tables.run("update customer_history set at = '2026-01-01T00:00:00Z'");
    know(somebody(3));
    var newYear = Instant.parse("2026-01-02T00:00:00Z");
    var id = UUID.fromString(tables.text("select customer_id::text from source_record limit 1"));
    assertThat(meant(id, null, null, null)).isEqualTo(1);
    assertThat(meant(null, "prys3", null, null)).isEqualTo(1);
    assertThat(meant(null, "P2@x.example", null, null)).isEqualTo(1);
    assertThat(meant(null, "prys", null, null)).isEqualTo(3);
    assertThat(meant(null, null, newYear, null)).isEqualTo(1);
    assertThat(meant(null, null, null, newYear)).isEqualTo(2);
    assertThat(meant(null, "prys3", null, newYear)).isZero();
  }

  @Test
  void wordsAreForgottenWhenItIsOver() {
    know(somebody(1));
    long id = begin(new ReplayWish("esp", null, "prys1", null, null, false, true));
    assertThat(replay.of(id).orElseThrow().what().toString()).contains("prys1");
    assertThat(awaitState(id, "done").what().toString()).isEqualTo("{\"query\":\"…\"}");
  }

  @Test
  void anOperatorsMistakeIsRefusedWithTheReason() {
    know(somebody(1));
    assertThat(refusal(new ReplayWish("crm", null, null, null, null, false, false)))
        .isEqualTo("spoke: crm (expected: one that is written to: esp)");
    assertThat(refusal(new ReplayWish("esp", new UUID(0, 7), null, null, null, false, false)))
        .contains("(expected: one that exists and is not merged into another)");
    assertThat(refusal(new ReplayWish("esp", null, "?!", null, null, false, false)))
        .contains("query: no words in it");
    long id = begin(all());
    assertThat(refusal(all())).contains("replay " + id + " of esp is not over");
    assertThat(refusal(dryRun())).isNull();
  }

  @Test
  void aQuietOneSaysWhatTheVendorOffersAndIsPassedOn() {
    know(somebody(1));
    couriers.start(List.of(esp));
    var begun = replay.begin(new ReplayWish("esp", null, null, null, null, true, false), "ops");
    assertThat(begun.quiet()).startsWith("the vendor offers no way");
    awaitState(begun.replay().id(), "done");
    assertThat(esp.parcels.get(0).quiet()).isTrue();
  }
}
