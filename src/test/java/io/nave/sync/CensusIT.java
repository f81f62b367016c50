package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counting, with the real database and a clock that says how long it took. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class CensusIT {
  @Inject Reconcile reconcile;
  @Inject Transactions transactions;
  @Inject HubTables tables;
  private final Say say = new Say();
  private long now;
  private long took;
  private Census census;

  @BeforeEach
  void start() {
    tables.empty();
    census = new Census(() -> now += took);
  }

  private void somebodyComes(int nth) {
    var who = name("Huw", "Prys" + nth) + mail("huw" + nth + "@x.example");
    reconcile.reconcile(say.logged(snapshot("crm", "" + nth, "2026-01-01T00:00:00Z", who)));
  }

  private Census.Counts counts() {
    return transactions.call(census::counts);
  }

  @Test
  void whereCountingIsQuickItIsDoneEachTime() {
    took = Duration.ofMillis(1).toNanos();
    assertThat(counts().customers()).isZero();
    somebodyComes(1);
    somebodyComes(2);
    assertThat(counts()).isEqualTo(new Census.Counts(2, 2, Map.of("crm", 2L)));
    assertThat(counts().of("esp")).isZero();
  }

  @Test
  void whereCountingTakesLongItIsNotDoneAgainSoSoon() {
    took = Duration.ofSeconds(1).toNanos();
    assertThat(counts().customers()).isZero();
    somebodyComes(1);
    assertThat(counts().customers()).isZero();
    now += Duration.ofSeconds(20).toNanos();
    assertThat(counts().customers()).isEqualTo(1);
  }

  @Test
  void recordsThatAreDeletedAreNotTheirSpokes() {
    somebodyComes(1);
    tables.run("update source_record set deleted = true");
    assertThat(counts().records()).isEqualTo(1);
    assertThat(counts().of("crm")).isZero();
  }
}
