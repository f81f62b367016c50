package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonPointer;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries to a spoke that answers as it is told to, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class CourierIT {
  private static final int ATTEMPTS = 3;

  @Inject Pauses pauses;
  @Inject SessionFactory sessions;
  @Inject Transactions transactions;
  @Inject Reconcile reconcile;
  @Inject Progress progress;
  @Inject DeliveryQueue queue;
  @Inject ConsentReads reads;
  @Inject ConsentTimes times;
  @Inject DayUse use;
  @Inject HubTables tables;
  @Inject MeterRegistry metrics;
  private final Say say = new Say();
  private final MemoryLog log = new MemoryLog();
  private final SettableClock clock = new SettableClock();
  private final FakeSpoke esp = new FakeSpoke();
  private volatile boolean loaded = true;
  private int stops;
  private Couriers couriers;
  private NoticeCustomers notice;

  @BeforeEach
  void start() {
    tables.empty();
    start(true);
  }

  private void start(boolean enabled) {
    var policy = new RetryPolicy(ATTEMPTS, Duration.ofSeconds(10), Duration.ofMinutes(5));
    couriers =
        new Couriers(
            queue,
            reads,
            times,
            Loaded.creations(transactions, () -> loaded),
            pauses,
            clock,
            policy,
            use,
            100,
            enabled);
    notice = new NoticeCustomers(transactions, new OnlyEsp(), progress, couriers, clock);
    couriers.start(List.of(esp));
  }

  @AfterEach
  void stop() {
    esp.gate.complete(null);
    couriers.stop();
  }

  private final class OnlyEsp implements Spokes {
    @Override
    public Set<String> declared() {
      return Set.of("crm", "esp");
    }

    @Override
    public List<Spoke> receiving() {
      return List.of(esp);
    }
  }

  /** Observations go all the way until they are noticed as due. */
  private void observe(String... observations) {
    clock.pass(Duration.ofSeconds(1));
    var now = clock.instant();
    reconcile.reconcile(
        say.logged(observations).stream()
            .map(one -> new Logged(one.topicId(), one.partition(), one.offset(), now, one.value()))
            .toList());
    var relay = new PublishOutbox(sessions, log);
    while (relay.publish() > 0) {
      // the next batch
    }
    var published = log.unread();
    if (!published.isEmpty()) {
      notice.notice(published, false);
    }
  }

  /** An observation with a stop goes by the fast lane. */
  private void observeStop(String observation) {
    clock.pass(Duration.ofSeconds(1));
    var stop =
        ",\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\",\"state\":\"withdrawn\","
            + "\"decidedAt\":\"2026-05-31T23:59:%02dZ\"}]}".formatted(stops++);
    reconcile.reconcile(say.logged(observation.substring(0, observation.length() - 1) + stop));
    new PublishOutbox(sessions, log).publishUrgent();
    notice.notice(log.unread(), true);
  }

  private static String crm(String at, String given, String address) {
    return snapshot("crm", "1", at, name(given, "Rees") + mail(address));
  }

  private static String somebody(int nth) {
    var who = name("Huw", "Prys" + nth) + mail("huw" + nth + "@x.example");
    return snapshot("crm", "" + nth, "2026-01-01T00:00:00Z", who);
  }

  private String states() {
    return String.join(" ", tables.texts("select state from delivery order by spoke, target"));
  }

  private void awaitState(String state) {
    await().atMost(20, SECONDS).until(() -> states().equals(state) && isSettled());
  }

  private boolean isSettled() {
    return tables.number("select count(*) from delivery where claimed_until is not null") == 0;
  }

  private void awaitSent(int parcels) {
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() >= parcels);
  }

  private String sent(int nth) {
    return esp.parcels.get(nth).record().toString();
  }

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
    observe(IntStream.range(2, 6).mapToObj(CourierIT::somebody).toArray(String[]::new));
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
  void aCreationIsUrgentOnlyWhileItIsUnderWay() {
    loaded = false;
    observeStop(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    assertThat(tables.text("select urgent::text from delivery")).isEqualTo("false");
    var claim = "update delivery set claimed_until = now() returning 'claimed'";
    assertThat(tables.text(claim)).isEqualTo("claimed");
    observeStop(crm("2026-01-02T00:00:00Z", "Niamh", "nia@x.example"));
    assertThat(tables.text("select urgent::text from delivery")).isEqualTo("true");
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
  void whatADeadInstanceMayHaveWrittenIsReadBeforeTheNextWrite() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    couriers.stop();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    var dead = claim();
    var second = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"second@x.example\"}");
    esp.reads = true;
    esp.there.put("new-1", second);
    var held = esp.reportedBack(second);
    queue.intend(
        "esp",
        dead.stream().map(due -> new Sending.Outgoing(due, null, held, true, false)).toList(),
        clock.instant());
    observe(crm("2026-01-03T00:00:00Z", "Nia", "nia@x.example"));
    clock.pass(DeliveryQueue.CLAIM_LASTS.plusSeconds(1));
    couriers.start(List.of(esp));
    awaitState("delivered");
    assertThat(esp.parcels).hasSize(2);
    assertThat(sent(1)).contains("nia@x.example");
    assertThat(esp.parcels.get(1).before().toString()).contains("second@x.example");
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

  private List<DueDelivery> claim() {
    var wanted = new DeliveryQueue.Wanted(DeliveryQueue.Lane.ANY, true, clock.instant(), 10);
    return queue.claim("esp", wanted, clock.instant());
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
  void aCreatedRecordBelongsToItsCustomerWhateverItSaysLater() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    assertThat(esp.parcels.get(0).operation()).isEqualTo("create");
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    var other = name("Somebody", "Else") + mail("else@x.example");
    observe(snapshot("esp", "new-1", "2026-01-03T00:00:00Z", other));
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
  }

  @Test
  void aCreationThatEndsInTheRecordOfAnotherCustomerIsGivenBack() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.reads = true;
    esp.taking = "new-1";
    observe(somebody(2));
    awaitSent(3);
    awaitState("not-held delivered");
    assertThat(esp.parcels.get(1).operation()).isEqualTo("create");
    assertThat(esp.parcels.get(2).recordId()).isEqualTo("new-1");
    assertThat(sent(2)).contains("nia@x.example");
    assertThat(esp.parcels.get(2).before().toString()).contains("huw2@x.example");
    assertThat(tables.partition()).containsExactlyInAnyOrder("crm:1 esp:new-1", "crm:2");
  }

  @Test
  void nothingIsCreatedWhereAnotherCustomersRecordHasTheAddressAndTheSystemKnowsNoTwo() {
    esp.uniqueEmails = true;
    var huw = name("Huw", "Prys") + mail("home@x.example");
    observe(snapshot("esp", "own-1", "2026-01-01T00:00:00Z", huw));
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered unchanged");
    observe(
        snapshot(
            "crm", "2", "2026-01-01T00:00:00Z", name("Mair", "Owen") + mail("Home@x.example")));
    observe(
        snapshot("crm", "3", "2026-01-01T00:00:00Z", name("Sion", "Rees") + mail("nia@x.example")));
    observe(somebody(4));
    awaitState("not-held not-held delivered delivered unchanged");
    assertThat(tables.partition())
        .containsExactlyInAnyOrder(
            "crm:1 esp:new-1", "crm:2", "crm:3", "crm:4 esp:new-2", "esp:own-1");
    assertThat(esp.parcels).hasSize(2);
    assertThat(tables.text("select string_agg(error, ', ' order by error) from delivery"))
        .isEqualTo("record new-1 is another customer's, record own-1 is another customer's");
  }

  @Test
  void aCreationThatEndsInARecordThatSomebodyElseAlwaysHadIsGivenBack() {
    esp.reads = true;
    esp.taking = "own-1";
    var huw = name("Huw", "Prys") + mail("huw@x.example");
    observe(snapshot("esp", "own-1", "2026-01-01T00:00:00Z", huw));
    awaitState("unchanged");
    tables.run("update source_record set linked_at = '2026-01-01'"); // not by the test's clock
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(2);
    awaitState("not-held delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("own-1");
    assertThat(sent(1)).contains("huw@x.example");
    assertThat(esp.parcels.get(1).before().toString()).contains("nia@x.example");
    assertThat(tables.partition()).containsExactlyInAnyOrder("crm:1", "esp:own-1");
  }

  @Test
  void aReportThatComesBeforeTheAnswerOfItsCreationIsKnownAgain() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(
        FakeSpoke.report("new-1", "2026-01-02T00:00:00Z", esp.parcels.get(0).record()).toString());
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    esp.gate.complete(null);
    awaitState("unchanged"); // its customer has one more record, and was noticed anew
    assertThat(tables.partition()).containsExactly("crm:1 esp:new-1");
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
    observe(crm("2026-01-03T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
  }

  @Test
  void aChangeDuringADeliveryIsDeliveredAfterwards() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    esp.gate.complete(null);
    awaitSent(3);
    awaitState("delivered");
    assertThat(sent(1)).contains("second@x.example");
    assertThat(sent(2)).contains("third@x.example");
    assertThat(esp.parcels).hasSize(3);
  }

  @Test
  void aChangeDuringACreationIsDeliveredToTheCreatedRecord() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    esp.gate.complete(null);
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels).extracting(Spoke.Parcel::operation).containsExactly("create", "update");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
  }

  @Test
  void aChangeAfterTheReportOfACreationAndBeforeItsAnswerIsDelivered() {
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitSent(1);
    observe(
        FakeSpoke.report("new-1", "2026-01-01T00:00:01Z", esp.parcels.get(0).record()).toString());
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    esp.gate.complete(null);
    awaitSent(2);
    awaitState("delivered");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
    assertThat(sent(1)).contains("second@x.example");
    assertThat(tables.text("select (d.wanted = c.version)::text from delivery d, customer c"))
        .isEqualTo("true");
  }

  @Test
  void theEchoOfADeliveryChangesNothing() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    var first = FakeSpoke.report("new-1", "2026-01-03T00:00:00Z", esp.parcels.get(1).record());
    observe(first.toString());
    long version = tables.number("select version from customer");
    int published = log.messages.size();
    observe(
        FakeSpoke.report("new-1", "2026-01-04T00:00:00Z", esp.parcels.get(1).record()).toString());
    assertThat(tables.number("select version from customer")).isEqualTo(version);
    assertThat(log.messages).hasSize(published);
    awaitState("delivered");
    assertThat(esp.parcels).hasSize(2);
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void anEchoThatComesAfterTheNextWriteChangesNothingAndAPersonWhoSaysTheSameIsHeard() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    var inBetween = clock.instant();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(3);
    awaitState("delivered");
    long version = tables.number("select version from customer");
    var second = esp.parcels.get(1).record();
    observe(FakeSpoke.report("new-1", inBetween.toString(), second).toString());
    assertThat(tables.number("select version from customer")).isEqualTo(version);
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
    clock.pass(Duration.ofSeconds(10));
    observe(FakeSpoke.report("new-1", clock.instant().toString(), second).toString());
    assertThat(tables.text("select state->'customer'->'emails'->0->>'value' from customer"))
        .isEqualTo("second@x.example");
  }

  /** Yields a time between the two writes. */
  private Instant writtenTwice() {
    esp.reads = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    var between = clock.instant();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    return between;
  }

  @Test
  void aReportOfBeforeTheLastWriteDoesNotHideThatWrite() {
    var before = writtenTwice();
    var person = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"own@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), person).toString());
    awaitSent(3);
    awaitState("delivered");
    assertThat(sent(2)).contains("own@x.example");
    assertThat(esp.parcels.get(2).before().toString()).contains("second@x.example");
  }

  @Test
  void whatChangedDuringAWriteIsLookedAtBeforeTheNext() {
    esp.reads = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    var person = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"own@x.example\"}");
    esp.there.put("new-1", person);
    clock.pass(Duration.ofSeconds(1));
    observe(FakeSpoke.report("new-1", clock.instant().toString(), person).toString());
    esp.gate.complete(null);
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatIsHeardWhileARecordIsLookedAtIsLookedAtBeforeTheNextWrite() {
    var before = writtenTwice();
    somebodyWrites("own@x.example");
    var heard = new AtomicBoolean();
    esp.whenRead =
        () -> {
          if (!heard.getAndSet(true)) {
            clock.pass(Duration.ofSeconds(1));
            var own = esp.there.get("new-1");
            observe(FakeSpoke.report("new-1", clock.instant().toString(), own).toString());
          }
        };
    var late = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"late@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), late).toString());
    await().atMost(20, SECONDS).until(heard::get);
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatWasWrittenBeforeIsForgottenAfterADay() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    for (var address : List.of("second@x.example", "third@x.example", "fourth@x.example")) {
      int sent = esp.parcels.size();
      clock.pass(Duration.ofHours(25));
      observe(crm("2026-01-0" + (sent + 1) + "T00:00:00Z", "Nia", address));
      awaitSent(sent + 1);
      awaitState("delivered");
    }
    assertThat(
            tables.text("select string_agg(held->'customer'->>'emails', ' ') from written_before"))
        .contains("third@x.example")
        .doesNotContain("second@x.example");
  }

  @Test
  void anEchoOfATryWhoseAnswerWasLostChangesNothingEitherOnceSomethingElseWasWritten() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    var inBetween = clock.instant();
    esp.failing = null;
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    clock.pass(Duration.ofMinutes(10));
    awaitSent(3);
    awaitState("delivered");
    observe(
        FakeSpoke.report("new-1", inBetween.toString(), esp.parcels.get(1).record()).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void whatATryMayHaveLeftIsNotTheSystemsWordUntilTheNextWriteHasArrived() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    esp.failing = null;
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    clock.pass(Duration.ofMinutes(10));
    awaitSent(3);
    clock.pass(Duration.ofSeconds(5));
    var stillThere = clock.instant();
    clock.pass(Duration.ofSeconds(5));
    esp.gate.complete(null);
    awaitState("delivered");
    observe(
        FakeSpoke.report("new-1", stillThere.toString(), esp.parcels.get(1).record()).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void whatTheFirstOfSeveralTriesLeftIsOverwritten() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    for (int tried = 1; tried <= 2; tried++) {
      var address = tried + "@x.example";
      observe(crm("2026-01-02T00:00:0" + tried + "Z", "Nia", address));
      awaitSent(1 + tried);
      await().atMost(20, SECONDS).until(this::isSettled);
    }
    esp.there.put("new-1", esp.parcels.get(1).record());
    esp.reads = true;
    esp.failing = null;
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(4);
    awaitState("delivered");
    assertThat(esp.parcels.get(3).before().toString()).contains("1@x.example");
    assertThat(esp.there.get("new-1").toString()).contains("third@x.example");
  }

  /** Held there; the hub has not heard of it. */
  private void somebodyWrites(String mail) {
    var own = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"%s\"}".formatted(mail));
    esp.there.put("new-1", own);
  }

  @Test
  void whereTheHubIsUnsureWhatItHasNotHeardOfIsLeftAlone() {
    var before = writtenTwice();
    somebodyWrites("own@x.example");
    var late = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"late@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), late).toString());
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatASpokeThatIsLookedAtFirstHasNotReportedYetIsLeftAlone() {
    esp.reads = true;
    esp.looksFirst = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    somebodyWrites("own@x.example");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(1);
    somebodyWrites("nia@x.example"); // what the hub knows there
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(2);
  }

  @Test
  void aSpokeThatIsLookedAtFirstIsReadWhenAllIsReadyForTheWrite() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.reads = true;
    esp.looksFirst = true;
    var ready = new AtomicLong();
    esp.whenRead =
        () -> ready.set(tables.number("select count(*) from delivery where intent is not null"));
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(ready).hasValue(1);
    assertThat(esp.parcels.get(1).before().toString()).contains("nia@x.example");
    esp.there.clear();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitState("not-held");
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

  @Test
  void whatTheSpokeDidNotTakeIsKnownNotToBeThere() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.leaving = List.of(JsonPointer.compile("/mail"));
    observe(crm("2026-01-02T00:00:00Z", "Ann", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(tables.text("select held->'customer'->'emails'->0->>'value' from delivery"))
        .isEqualTo("nia@x.example");
    assertThat(tables.text("select held->'customer'->'name'->>'given' from delivery"))
        .isEqualTo("Ann");
    clock.pass(Duration.ofSeconds(10));
    observe(
        FakeSpoke.report("new-1", clock.instant().toString(), esp.there.get("new-1")).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void aSpokesOwnChangeThatLosesIsCorrectedThere() {
    observe(crm("2026-01-10T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    var stale = name("Niamh", "Rees") + mail("nia@x.example");
    observe(snapshot("esp", "new-1", "2026-01-05T00:00:00Z", stale));
    awaitSent(2);
    awaitState("delivered");
    assertThat(sent(1)).contains("\"Nia\"");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
    assertThat(tables.text("select state->'customer'->'name'->>'given' from customer"))
        .isEqualTo("Nia");
  }
}
