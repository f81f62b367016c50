package io.nave.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A hub with the real database that delivers to one spoke, which answers as it is told to. */
abstract class EspHub {
  @Inject Pauses pauses;
  @Inject SessionFactory sessions;
  @Inject Transactions transactions;
  @Inject Reconcile reconcile;
  @Inject Progress progress;
  @Inject DeliveryQueue queue;
  @Inject ConsentReads reads;
  @Inject ConsentTimes times;
  @Inject DayUse use;
  @Inject OperatorActs acts;
  @Inject HubTables tables;
  final Say say = new Say();
  final MemoryLog log = new MemoryLog();
  final SettableClock clock = new SettableClock();
  final FakeSpoke esp = new FakeSpoke();
  Couriers couriers;
  NoticeCustomers notice;

  @BeforeEach
  void connect() {
    tables.empty();
    esp.reads = true;
    var policy = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(5));
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
    notice = new NoticeCustomers(transactions, onlyEsp(), progress, couriers, clock);
  }

  @AfterEach
  void stop() {
    couriers.stop();
  }

  Spokes onlyEsp() {
    return new Spokes() {
      @Override
      public Set<String> declared() {
        return Set.of("crm", "esp");
      }

      @Override
      public List<Spoke> receiving() {
        return List.of(esp);
      }
    };
  }

  /** They become customers; no spoke is told. */
  void know(String... observations) {
    clock.pass(Duration.ofSeconds(1));
    reconcile.reconcile(say.logged(observations));
    var relay = new PublishOutbox(sessions, log);
    while (relay.publish() > 0) {
      // the next batch
    }
  }

  /** They become customers, and the spoke is told. */
  void observe(String... observations) {
    know(observations);
    var published = log.unread();
    if (!published.isEmpty()) {
      notice.notice(published, false);
    }
  }

  void awaitNothingDue() {
    await()
        .atMost(20, SECONDS)
        .until(() -> tables.number("select count(*) from delivery where due_at is not null") == 0);
  }
}
