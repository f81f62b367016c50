package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.platform.FailureKind;
import io.nave.sync.ObservationLog.LogUnavailable;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub's metrics say what the tables hold, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class WatchHubIT {
  @Inject Transactions transactions;
  @Inject Pauses pauses;
  @Inject Couriers couriers;
  @Inject HubTables tables;

  private final SettableClock clock = new SettableClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private boolean away;
  private Leases leases;
  private ReadFigures read;
  private WatchHub watch;

  @BeforeEach
  void start() {
    tables.empty();
    tables.run("delete from lease");
    pauses.resume("crm", "test");
    var log =
        new ObservationLog() {
          @Override
          public void append(List<Entry> entries) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Map<String, Long> accepted() {
            if (away) {
              throw new LogUnavailable("away on purpose", null);
            }
            return Map.of("observations", 7L);
          }

          @Override
          public String whole() {
            return "observations";
          }
        };
    var spokes =
        new Spokes() {
          @Override
          public Set<String> declared() {
            return Set.of("crm", "esp");
          }

          @Override
          public List<Spoke> receiving() {
            return List.of(new FakeSpoke());
          }
        };
    leases = new Leases(transactions, "this one", Duration.ofHours(1), System::nanoTime, l -> {});
    read = new ReadFigures(transactions, log, spokes, clock);
    watch =
        new WatchHub(
            read,
            spokes,
            pauses,
            couriers,
            leases,
            new DeliveryTimes(metrics),
            new ConsentTimes(metrics),
            clock,
            metrics);
  }

  @AfterEach
  void nothingIsPaused() {
    pauses.resume("esp", "test");
    leases.release();
  }

  private void delivery(String target, String state, String due, String noticed) {
    tables.run(
        "insert into delivery (spoke, target, customer_id, state, wanted, due_at, noticed_at)"
            + " values ('esp', '%s', gen_random_uuid(), '%s', 1, %s, timestamptz '%s' - %s)"
                .formatted(target, state, due, clock.instant(), noticed));
  }

  private double gauge(String name, String... tags) {
    return metrics.get(name).tags(tags).gauge().value();
  }

  private double counter(String name, String... tags) {
    return metrics.get(name).tags(tags).functionCounter().count();
  }

  @Test
  void tellsWhatWaitsAtEachSpoke() {
    delivery("1", "due", "now()", "interval '10 minutes'");
    delivery("2", "due", "now() + interval '1 hour'", "interval '1 minute'");
    delivery("3", "failed", "null", "interval '2 days'");
    delivery("4", "delivered", "null", "interval '3 days'");
    tables.run(
        "insert into invalid_message (spoke, cause, payload, received_at, from_log)"
            + " values ('crm', 'x', '{}', now(), false)");
    watch.look();
    assertThat(gauge("nave.deliveries.due", "spoke", "esp")).isEqualTo(2);
    assertThat(metrics.get("nave.deliveries.oldest").tag("spoke", "esp").timeGauge().value())
        .isEqualTo(600);
    assertThat(gauge("nave.deliveries.dead", "spoke", "esp")).isEqualTo(1);
    assertThat(gauge("nave.deliveries.due", "spoke", "crm")).isZero();
    assertThat(gauge("nave.quarantine.messages", "spoke", "crm")).isEqualTo(1);
    assertThat(gauge("nave.quarantine.messages", "spoke", "esp")).isZero();
  }

  @Test
  void countsWhatWasDone() {
    tables.run(
        "insert into tally (spoke, name, n) values ('crm', 'observed', 5), ('esp', 'observed', 6),"
            + " ('esp', 'delivered', 3), ('esp', 'unchanged', 2)");
    watch.look();
    assertThat(counter("nave.observations.reconciled", "spoke", "crm")).isEqualTo(5);
    assertThat(counter("nave.observations.reconciled", "spoke", "esp")).isEqualTo(6);
    assertThat(counter("nave.deliveries", "spoke", "esp", "outcome", "delivered")).isEqualTo(3);
    assertThat(counter("nave.deliveries", "spoke", "esp", "outcome", "unchanged")).isEqualTo(2);
    tables.run("update tally set n = 9 where name = 'delivered'");
    watch.look();
    assertThat(counter("nave.deliveries", "spoke", "esp", "outcome", "delivered")).isEqualTo(9);
  }

  @Test
  void tellsWhatWaitsInTheHub() {
    tables.run("insert into progress (topic_id, part, next) values ('observations', 0, 5)");
    tables.run("insert into progress (topic_id, part, next) values ('another', 0, 50)");
    tables.run("insert into outbox (customer_id, urgent) values (gen_random_uuid(), false)");
    var pair = "('%s', '%s', 1, 2, 'crm', 'esp', 1, 'POSSIBLE_MATCH', 'x')";
    tables.run(
        "insert into review_task values "
            + pair.formatted(new java.util.UUID(0, 1), new java.util.UUID(0, 2))
            + ", "
            + pair.formatted(new java.util.UUID(0, 1), new java.util.UUID(0, 3)));
    tables.run(
        "insert into review_later values ('%s', '%s', '%s')"
            .formatted(
                new java.util.UUID(0, 1),
                new java.util.UUID(0, 3),
                clock.instant().plusSeconds(60)));
    tables.run(
        "with entry as (insert into consent_entry (spoke, record_id, purpose, channel, state,"
            + " recorded_at) select 'crm', '1', 'marketing', 'email', 'granted',"
            + " timestamptz '%s' - n * interval '1 minute' from unnest(array[3, 2, 1]) n"
                .formatted(clock.instant())
            + " returning id) insert into consent_unsealed select id from entry");
    for (var pinned : List.of("'hub', null", "'hub', now()", "'ann', null")) {
      tables.run(
          "insert into pin (spoke, record_id, attribute, value, reason, pinned_at, pinned_by,"
              + " retracted_at) values ('crm', gen_random_uuid(), 'birthDate', '1', 'x', now(), "
              + pinned
              + ")");
    }
    watch.look();
    assertThat(gauge("nave.attributes.frozen")).isEqualTo(1);
    assertThat(gauge("nave.observations.waiting")).isEqualTo(2);
    assertThat(gauge("nave.outbox.waiting")).isEqualTo(1);
    assertThat(gauge("nave.reviews.open")).isEqualTo(1);
    assertThat(gauge("nave.ledger.unsealed")).isEqualTo(3);
    assertThat(metrics.get("nave.ledger.oldest").timeGauge().value()).isEqualTo(180);
  }

  @Test
  void keepsTheLastFiguresWhereTheLogIsAwayAndTellsTheirAge() {
    watch.look();
    assertThat(gauge("nave.observations.waiting")).isEqualTo(7);
    away = true;
    clock.pass(Duration.ofMinutes(3));
    assertThatThrownBy(watch::look).isInstanceOf(LogUnavailable.class);
    assertThat(gauge("nave.observations.waiting")).isEqualTo(7);
    assertThat(metrics.get("nave.figures.age").timeGauge().value()).isEqualTo(180);
    away = false;
    watch.look();
    assertThat(metrics.get("nave.figures.age").timeGauge().value()).isZero();
  }

  @Test
  void tellsAPauseByAnOperatorFromOneByTheHub() {
    pauses.pause("esp", "maintenance", "test");
    watch.look();
    assertThat(gauge("nave.spoke.paused", "spoke", "esp", "by", "operator")).isEqualTo(1);
    assertThat(gauge("nave.spoke.paused", "spoke", "esp", "by", "hub")).isZero();
    assertThat(gauge("nave.spoke.paused", "spoke", "crm", "by", "operator")).isZero();
    pauses.resume("esp", "test");
    watch.look();
    assertThat(gauge("nave.spoke.paused", "spoke", "esp", "by", "operator")).isZero();
  }

  @Test
  void tellsWhichSourcesItReadsAndAsksForNone() {
    leases.holds(LeaseLost.sourceOf("crm"));
    watch.look();
    assertThat(gauge("nave.sources.held", "spoke", "crm")).isZero();
    leases.renew();
    assertThat(gauge("nave.sources.held", "spoke", "crm")).isEqualTo(1);
    assertThat(metrics.find("nave.sources.held").tag("spoke", "esp").gauge()).isNull();
    assertThat(leases.isWanted(LeaseLost.sourceOf("esp"))).isFalse();
  }

  @Test
  void tellsSinceWhenASourceCannotBeRead() {
    var troubles = new SourceTroubles(transactions, clock);
    leases.holds(LeaseLost.sourceOf("crm"));
    troubles.failed("crm/members", "crm", FailureKind.PERMANENT, "VendorError (HTTP 414)");
    tables.run("update source_trouble set since = since - interval '5 minutes'");
    troubles.failed("crm/members", "crm", FailureKind.SPOKE_DOWN, "VendorError (HTTP 503)");
    watch.look();
    assertThat(gauge("nave.sources.failing", "spoke", "crm")).isEqualTo(300);
    assertThat(read.ofSpokes().get("crm").unreadBecause())
        .isEqualTo("SPOKE_DOWN: VendorError (HTTP 503)");
    troubles.succeeded("crm/members");
    watch.look();
    assertThat(gauge("nave.sources.failing", "spoke", "crm")).isZero();
  }

  @Test
  void showsTimesBeforeTheFirstDelivery() {
    watch.look();
    assertThat(metrics.get("nave.delivery.time").tag("spoke", "esp").timer().count()).isZero();
    assertThat(metrics.get("nave.consent.known").tag("spoke", "esp").timer().count()).isZero();
  }
}
