package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two instances of the hub and what only one of them may do, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class LeasesIT {
  private static final Duration TERM = Duration.ofMinutes(10);

  @Inject Transactions transactions;
  @Inject HubTables tables;

  private final AtomicLong nanos = new AtomicLong(System.nanoTime());
  private final List<String> lost = new ArrayList<>();
  private Leases one;
  private Leases other;

  @BeforeEach
  void twoInstances() {
    tables.run("delete from lease");
    one = instance("one");
    other = instance("other");
  }

  private Leases instance(String name) {
    return new Leases(
        transactions, name, TERM, nanos::get, gone -> lost.add(name + ": " + gone.name()));
  }

  private static boolean takes(Leases leases) {
    leases.holds("crm");
    leases.renew();
    return leases.holds("crm");
  }

  @Test
  void oneHoldsItAndTheOtherDoesNot() {
    assertThat(takes(one)).isTrue();
    assertThat(takes(other)).isFalse();
    assertThat(takes(one)).isTrue();
  }

  @Test
  void whatADeadInstanceHeldGoesToAnother() {
    takes(one);
    tables.run("update lease set until = clock_timestamp() - interval '1 millisecond'");
    assertThat(takes(other)).isTrue();
    assertThat(takes(one)).isFalse();
    assertThat(lost).containsExactly("one: crm");
  }

  @Test
  void anInstanceThatWasFrozenKnowsThatItHoldsNothing() {
    takes(one);
    nanos.addAndGet(TERM.toNanos() - 1);
    assertThat(one.holds("crm")).isTrue();
    nanos.addAndGet(1);
    assertThat(one.holds("crm")).isFalse();
  }

  @Test
  void anInstanceThatStopsGivesItBackAtOnce() {
    takes(one);
    one.release();
    assertThat(one.holds("crm")).isFalse();
    assertThat(takes(other)).isTrue();
  }

  @Test
  void aNameThatIsNotWantedIsNotTaken() {
    takes(one);
    other.holds("esp");
    other.renew();
    assertThat(other.holds("esp")).isTrue();
    assertThat(one.holds("esp")).isFalse();
    assertThatThrownBy(() -> other.holds(null)).isInstanceOf(NullPointerException.class);
  }
}
