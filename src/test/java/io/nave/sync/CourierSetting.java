package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A spoke that answers as it is told to, its couriers, and the real database. */
abstract class CourierSetting {
  static final int ATTEMPTS = 3;

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
  final Say say = new Say();
  final MemoryLog log = new MemoryLog();
  final SettableClock clock = new SettableClock();
  final FakeSpoke esp = new FakeSpoke();
  volatile boolean loaded = true;
  int stops;
  Couriers couriers;
  NoticeCustomers notice;

  @BeforeEach
  void start() {
    tables.empty();
    start(true);
  }

  void start(boolean enabled) {
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

  final class OnlyEsp implements Spokes {
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
  void observe(String... observations) {
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
  void observeStop(String observation) {
    clock.pass(Duration.ofSeconds(1));
    var stop =
        ",\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\",\"state\":\"withdrawn\","
            + "\"decidedAt\":\"2026-05-31T23:59:%02dZ\"}]}".formatted(stops++);
    reconcile.reconcile(say.logged(observation.substring(0, observation.length() - 1) + stop));
    new PublishOutbox(sessions, log).publishUrgent();
    notice.notice(log.unread(), true);
  }

  static String crm(String at, String given, String address) {
    return snapshot("crm", "1", at, name(given, "Rees") + mail(address));
  }

  static String somebody(int nth) {
    var who = name("Huw", "Prys" + nth) + mail("huw" + nth + "@x.example");
    return snapshot("crm", "" + nth, "2026-01-01T00:00:00Z", who);
  }

  String states() {
    return String.join(" ", tables.texts("select state from delivery order by spoke, target"));
  }

  void awaitState(String state) {
    await().atMost(20, SECONDS).until(() -> states().equals(state) && isSettled());
  }

  boolean isSettled() {
    return tables.number("select count(*) from delivery where claimed_until is not null") == 0;
  }

  void awaitSent(int parcels) {
    await().atMost(20, SECONDS).until(() -> esp.parcels.size() >= parcels);
  }

  String sent(int nth) {
    return esp.parcels.get(nth).record().toString();
  }

  List<DueDelivery> claim() {
    var wanted = new DeliveryQueue.Wanted(DeliveryQueue.Lane.ANY, true, clock.instant(), 10);
    return queue.claim("esp", wanted, clock.instant());
  }
}
