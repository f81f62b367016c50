package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.canonical.Standardise;
import io.nave.consent.Purposes;
import io.nave.platform.FailureKind;
import io.nave.sync.Audit.Finding;
import io.nave.sync.Audit.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audits of a spoke that answers as it is told to, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class AuditIT extends EspHub {
  @Inject Audits audits;
  @Inject Replays replays;
  @Inject FindCustomers customers;
  @Inject Purposes purposes;
  @Inject Urgency urgency;
  private final List<String> received = new ArrayList<>();
  private ReplayCustomers replay;
  private AuditSpokes audit;

  @BeforeEach
  void instance() {
    tables.run("delete from operator_act");
    replay =
        new ReplayCustomers(transactions, replays, onlyEsp(), customers, couriers, acts, clock);
    audit = instanceOfTheHub(Optional.empty());
    couriers.start(List.of(esp));
  }

  private AuditSpokes instanceOfTheHub(Optional<Duration> every) {
    return new AuditSpokes(
        transactions, audits, onlyEsp(), couriers, pauses, replay, receive(), acts, clock, every);
  }

  private ReceiveObservations receive() {
    var reader = ObservationReader.load(new Standardise("GB"));
    var log =
        new ObservationLog() {
          @Override
          public void append(List<Entry> entries) {
            entries.forEach(one -> received.add(new String(one.value())));
          }

          @Override
          public Map<String, Long> accepted() {
            return Map.of();
          }

          @Override
          public String whole() {
            return "observations";
          }
        };
    return new ReceiveObservations(reader, log, onlyEsp(), purposes, clock, urgency);
  }

  private static String somebody(int nth) {
    var who = name("Huw" + (char) ('a' + nth), "Prys" + nth) + mail("p" + nth + "@x.example");
    return snapshot("crm", "" + nth, "2026-01-01T00:00:00Z", who);
  }

  /** The spoke holds these people, as the hub knows. */
  private void delivered(int people) {
    observe(IntStream.range(0, people).mapToObj(AuditIT::somebody).toArray(String[]::new));
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

  private void becomes(int nth, String given) {
    esp.there.put(
        idOf(nth),
        CanonicalJson.parse("{\"given\":\"%s\",\"mail\":\"p%d@x.example\"}".formatted(given, nth)));
  }

  private Audit done() {
    long id = audit.begin("esp", "ops").audit().id();
    return awaitDone(id);
  }

  private Audit awaitDone(long id) {
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              audit.slice(esp);
              return audit.of(id).orElseThrow().state().equals("done");
            });
    return audit.of(id).orElseThrow();
  }

  @Test
  void whereAllIsWellNothingIsFound() {
    delivered(3);
    var found = done();
    assertThat(found.isClean()).isTrue();
    assertThat(found.records()).isEqualTo(3).isEqualTo(found.total());
    assertThat(found.finishedAt()).isEqualTo(clock.instant());
    assertThat(esp.parcels).isEmpty();
  }

  @Test
  void whatDiffersIsToldFieldByFieldAndRepairedOnRequestOnly() {
    delivered(4);
    becomes(0, "Old");
    becomes(2, "Older");
    var found = done();
    assertThat(found.findings()).containsExactly(Map.entry(Kind.differs, 2L));
    assertThat(found.fields()).containsExactly(Map.entry("given", 2L));
    assertThat(found.first()).extracting(Finding::recordId).containsOnly(idOf(0), idOf(2));
    assertThat(found.first()).allMatch(Finding::believed);
    assertThat(esp.parcels).isEmpty();

    var begun = audit.repair(found.id(), "ops");
    assertThat(begun.replay().total()).isEqualTo(2);
    await()
        .atMost(20, SECONDS)
        .until(
            () -> {
              replay.slice();
              return replay.of(begun.replay().id()).orElseThrow().state().equals("done");
            });
    assertThat(esp.parcels).hasSize(2);
    assertThat(done().isClean()).isTrue();
    assertThat(audit.of(found.id()).orElseThrow().repairedAt()).isNotNull();
    assertThat(audit.repair(found.id(), "ops").refusal())
        .isEqualTo("audit: repaired (expected: one that is done and not repaired yet)");
    assertThat(acts.latest(1).get(0).act()).isEqualTo("repair");
  }

  @Test
  void whatDiffersIsToldOfASpokeThatIsLookedAtFirst() {
    delivered(1);
    esp.looksFirst = true;
    becomes(0, "Old");
    assertThat(done().findings()).containsExactly(Map.entry(Kind.differs, 1L));
  }

  @Test
  void whatVanishedIsToldAndTheHubTakesNoticeWhenItIsRepaired() {
    delivered(2);
    var gone = idOf(1);
    esp.there.remove(gone);
    var found = done();
    assertThat(found.findings()).containsExactly(Map.entry(Kind.vanished, 1L));
    assertThat(received).isEmpty();
    assertThat(audit.repair(found.id(), "ops").refusal()).isNull();
    assertThat(received).singleElement().asString().contains("\"delete\"", gone, "esp");
  }

  @Test
  void whatIsBeingDeliveredIsNotJudged() {
    delivered(2);
    becomes(0, "Old");
    tables.run("update delivery set due_at = '2099-01-01' where target = '" + idOf(0) + "'");
    var found = done();
    assertThat(found.isClean()).isTrue();
    assertThat(found.pending()).isEqualTo(1);
  }

  @Test
  void whatIsNotNoticedYetIsNotJudged() {
    delivered(1);
    know(snapshot("crm", "0", "2026-02-01T00:00:00Z", name("Nia", "Prys0") + mail("p0@x.example")));
    var found = done();
    assertThat(found.isClean()).isTrue();
    assertThat(found.pending()).isEqualTo(1);
  }

  @Test
  void severalRecordsOfOneCustomerAndTornLinksAreTold() {
    delivered(2);
    tables.run(
        "update source_record set customer_id = (select customer_id from source_record"
            + " where spoke = 'esp' and record_id = '"
            + idOf(0)
            + "')"
            + " where spoke = 'esp' and record_id = '"
            + idOf(1)
            + "'");
    tables.run(
        "insert into delivery (spoke, target, customer_id, state, wanted, noticed_at)"
            + " select 'esp', 'nobody', customer_id, 'delivered', 1, now() from source_record"
            + " limit 1");
    var found = done();
    assertThat(found.findings())
        .containsEntry(Kind.duplicate, 2L)
        .containsEntry(Kind.crosswalk, 1L);
    assertThat(found.first())
        .filteredOn(one -> one.kind() == Kind.crosswalk)
        .extracting(Finding::recordId)
        .containsExactly("nobody");
  }

  @Test
  void aSpokeThatIsDownIsLeftAloneAndReadOnceItIsBack() {
    delivered(2);
    esp.failing = FailureKind.SPOKE_DOWN;
    long id = audit.begin("esp", "ops").audit().id();
    assertThat(audit.slice(esp)).isFalse();
    assertThat(audit.of(id).orElseThrow().records()).isZero();
    assertThat(audit.slice(esp)).isFalse();
    esp.failing = null;
    clock.pass(Duration.ofSeconds(2));
    assertThat(awaitDone(id).records()).isEqualTo(2);
  }

  @Test
  void aRecordThatCannotBeReadIsTold() {
    delivered(1);
    esp.failing = FailureKind.TRANSIENT;
    var found = done();
    assertThat(found.findings()).containsExactly(Map.entry(Kind.unread, 1L));
    assertThat(found.first().get(0).field()).isEqualTo("TRANSIENT");
  }

  @Test
  void aSpokeThatAnOperatorPausedIsNotRead() {
    delivered(1);
    pauses.pause("esp", "maintenance", "ops");
    try {
      long id = audit.begin("esp", "ops").audit().id();
      assertThat(audit.slice(esp)).isFalse();
      assertThat(audit.of(id).orElseThrow().records()).isZero();
    } finally {
      pauses.resume("esp", "ops");
    }
  }

  @Test
  void anotherInstanceGoesOnWhereOneWasKilled() {
    delivered(60);
    long id = audit.begin("esp", "ops").audit().id();
    assertThat(audit.slice(esp)).isTrue();
    assertThat(audit.of(id).orElseThrow().records()).isEqualTo(50);
    transactions.call(c -> audits.claim(c, "esp", clock.instant()));
    audit = instanceOfTheHub(Optional.empty());
    assertThat(audit.slice(esp)).isFalse();
    clock.pass(Duration.ofMinutes(3));
    assertThat(awaitDone(id).records()).isEqualTo(60);
  }

  @Test
  void anOperatorsMistakeIsRefusedWithTheReason() {
    delivered(1);
    assertThat(audit.begin("crm", "ops").refusal())
        .isEqualTo("spoke: crm (expected: one that can be read: esp)");
    long id = audit.begin("esp", "ops").audit().id();
    assertThat(audit.begin("esp", "ops").refusal()).contains("audit " + id + " of esp runs");
    assertThat(audit.repair(id, "ops").refusal()).startsWith("audit: running");
    assertThat(audit.cancel(id)).isTrue();
    assertThat(audit.cancel(id)).isFalse();
    assertThat(audit.repair(id, "ops").refusal()).startsWith("audit: cancelled");
    assertThat(audit.begin("esp", "ops").refusal()).isNull();
  }

  @Test
  void isBegunBySchedule() {
    delivered(1);
    audit.schedule();
    assertThat(audit.latest("esp")).isEmpty();
    audit = instanceOfTheHub(Optional.of(Duration.ofHours(24)));
    audit.schedule();
    audit.schedule();
    assertThat(audit.latest("esp")).extracting(Audit::askedBy).containsExactly("schedule");
    awaitDone(audit.latest("esp").get(0).id());
    clock.pass(Duration.ofHours(25));
    audit.schedule();
    assertThat(audit.latest(null)).hasSize(2);
  }
}
