package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.sync.LateConsents.Open;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told of what is late, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class WatchConsentsIT {
  @Inject Transactions transactions;
  @Inject HubTables tables;

  private final SettableClock clock = new SettableClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Long> told = new ArrayList<>();
  private boolean deaf;
  private WatchConsents watch;

  @BeforeEach
  void start() {
    tables.empty();
    var listener =
        new LateListener() {
          @Override
          public boolean listens() {
            return true;
          }

          @Override
          public void tell(List<Open> late) {
            if (deaf) {
              throw new IllegalStateException("deaf on purpose");
            }
            late.forEach(one -> told.add(one.id()));
          }
        };
    var policy = new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(5));
    var late = new LateConsents(transactions, clock);
    watch = new WatchConsents(late, listener, transactions, policy, clock, metrics);
  }

  private void notice(String record, String state) {
    tables.run(
        "insert into consent_notice (spoke, record_id, customer_id, version, purpose, channel,"
            + " consent, decided_at, state, urgent, noticed_at, deadline) values ('esp', '"
            + record
            + "', gen_random_uuid(), 1, 'marketing', 'email', 'withdrawn', '2026-06-01', '"
            + state
            + "', true, '2026-06-01', '2026-06-01T01:00Z')");
  }

  private double late() {
    return metrics.get("nave.consent.late").tag("spoke", "esp").gauge().value();
  }

  @Test
  void tellsOfEachLateOneOnceAndCountsIt() {
    notice("1", "pending");
    notice("2", "confirmed");
    watch.look();
    assertThat(told).isEmpty();
    assertThat(late()).isZero();
    clock.pass(Duration.ofHours(2));
    watch.look();
    watch.look();
    assertThat(told).hasSize(1);
    assertThat(late()).isEqualTo(1);
    tables.run("update consent_notice set state = 'confirmed'");
    watch.look();
    assertThat(late()).isZero();
  }

  @Test
  void tellsAgainLaterWhatWasNotTaken() {
    notice("1", "sent");
    clock.pass(Duration.ofHours(2));
    deaf = true;
    watch.look();
    deaf = false;
    watch.look();
    assertThat(told).isEmpty();
    clock.pass(Duration.ofSeconds(15));
    watch.look();
    assertThat(told).hasSize(1);
  }

  @Test
  void tellsOfMoreThanFitIntoOneMessage() {
    IntStream.range(0, 230).forEach(i -> notice("r" + i, "failed"));
    clock.pass(Duration.ofHours(2));
    watch.look();
    assertThat(told).hasSize(230).doesNotHaveDuplicates();
  }
}
