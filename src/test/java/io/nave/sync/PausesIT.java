package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spokes that an operator paused, as two instances of the hub see them. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class PausesIT {
  @Inject Transactions transactions;
  @Inject HubTables tables;
  @Inject OperatorActs acts;

  private final SettableClock clock = new SettableClock();
  private final AtomicLong nanos = new AtomicLong();
  private Pauses here;
  private Pauses there;

  @BeforeEach
  void twoInstances() {
    tables.run("delete from spoke_pause");
    here = new Pauses(transactions, acts, clock, nanos::get);
    there = new Pauses(transactions, acts, clock, nanos::get);
  }

  @Test
  void aPauseIsKnownEverywhereWithinASecond() {
    assertThat(there.of("crm")).isEmpty();
    here.pause("crm", "maintenance", "ops");
    assertThat(here.of("crm")).contains(new Pauses.Pause("maintenance", "ops", clock.instant()));
    nanos.addAndGet(Duration.ofMillis(1001).toNanos());
    assertThat(there.of("crm")).isPresent();
    assertThat(there.of("esp")).isEmpty();
    assertThat(there.resume("crm", "ops")).isTrue();
    nanos.addAndGet(Duration.ofMillis(1001).toNanos());
    assertThat(here.of("crm")).isEmpty();
    assertThat(acts.latest(2)).extracting(OperatorActs.Act::act).containsExactly("resume", "pause");
  }

  @Test
  void aSecondPauseKeepsTheFirstReason() {
    here.pause("crm", "maintenance", "ops");
    var first = here.of("crm");
    clock.pass(Duration.ofMinutes(5));
    here.pause("crm", "because", "somebody else");
    assertThat(here.of("crm")).isEqualTo(first);
  }

  @Test
  void whatIsNotPausedCannotBeResumed() {
    assertThat(here.resume("crm", "ops")).isFalse();
  }
}
