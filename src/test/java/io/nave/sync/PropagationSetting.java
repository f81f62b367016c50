package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.connectors.Connected;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A hub of two spokes whose courier runs, and a clock that is set. */
abstract class PropagationSetting {
  static final String EARLY = "2026-01-01T00:00:00Z";
  static final String SAID = "2026-05-31T23:59:00Z";
  static final String LATER = "2026-05-31T23:59:30Z";

  @Inject Pauses pauses;
  @Inject SessionFactory sessions;
  @Inject Transactions transactions;
  @Inject ReconcileSteps steps;
  @Inject ReadObservations reading;
  @Inject ReconcileTimes reconcileTimes;
  @Inject Wake wake;
  @Inject Progress progress;
  @Inject DeliveryQueue queue;
  @Inject ConsentReads reads;
  @Inject ConsentTimes times;
  @Inject DayUse use;
  @Inject SourceRecords records;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  @Inject Recompute recompute;
  @Inject ConsentEnds consentEnds;
  @Inject Spokes spokes;
  @Inject Homes homes;
  @Inject HubTables tables;
  @Inject Connected connected;

  final Say say = new Say();
  final MemoryLog log = new MemoryLog();
  final SettableClock clock = new SettableClock();
  final ConsentSpoke esp = new ConsentSpoke("esp");
  final ConsentSpoke ciam = new ConsentSpoke("ciam");
  Couriers couriers;
  NoticeCustomers notice;
  Reconcile reconcile;

  @BeforeEach
  void start() {
    tables.empty();
    connected.only(List.of(esp, ciam));
    var policy = new RetryPolicy(4, Duration.ofSeconds(10), Duration.ofMinutes(5));
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
    notice = new NoticeCustomers(transactions, spokes, progress, couriers, clock);
    reconcile = new Reconcile(transactions, steps, reading, clock, wake, reconcileTimes);
    couriers.start(List.of(esp, ciam));
  }

  @AfterEach
  void stop() {
    couriers.stop();
    connected.only(List.of());
  }

  void observe(String... observations) {
    clock.pass(Duration.ofSeconds(1));
    var now = clock.instant();
    reconcile.reconcile(
        say.logged(observations).stream()
            .map(one -> new Logged(one.topicId(), one.partition(), one.offset(), now, one.value()))
            .toList());
    publish();
  }

  void publish() {
    var relay = new PublishOutbox(sessions, log);
    while (relay.publishUrgent() + relay.publish() > 0) {
      // the next batch
    }
    notice.notice(log.unread(), true);
  }

  static String nia(String spoke, String id) {
    return snapshot(spoke, id, EARLY, name("Nia", "Rees") + mail("nia@x.example"));
  }

  static String huw(String spoke, String id) {
    return snapshot(spoke, id, EARLY, name("Huw", "Prys") + mail("huw@x.example"));
  }

  static String said(String observation, String state, String at) {
    return Say.consent(observation, "marketing", "email", state, at);
  }

  /** Records that both spokes have already. */
  void bothKnowNia() {
    for (var spoke : List.of(esp, ciam)) {
      spoke.records.put("7", CanonicalJson.parse("{\"given\":\"Nia\",\"mail\":\"nia@x.example\"}"));
    }
    observe(nia("crm", "1"), nia("esp", "7"), nia("ciam", "7"));
    await()
        .atMost(20, SECONDS)
        .until(() -> tables.number("select count(*) from delivery where due_at is not null") == 0);
  }

  /** Both know her, and the first system said no of its own. */
  void espSaidNo() {
    bothKnowNia();
    observe(said(nia("esp", "7"), "withdrawn", clock.instant().toString()));
    awaitKnowing("crm:1", "ciam withdrawn confirmed by read, esp withdrawn confirmed by own");
  }

  /** Both know her, and were told yes. */
  void crmSaidYes() {
    bothKnowNia();
    observe(said(nia("crm", "1"), "granted", "2026-05-01T08:00:00Z"));
    awaitKnowing("crm:1", "ciam granted confirmed by read, esp granted confirmed by read");
  }

  void awaitBrokenOff(String record) {
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                tables.number(
                        "select count(*) from delivery where error_kind = 'TRANSIENT'"
                            + " and intent is not null and target like '"
                            + record
                            + "'")
                    == 1);
  }

  String knowing(String record) {
    return knowing(homes.customerOf(record));
  }

  /** Such as {@code esp confirmed, ciam sent}. */
  String knowing(UUID customer) {
    var whoKnows = new WhoKnows(transactions, records, spokes, clock);
    return whoKnows.of(customer).stream()
        .filter(k -> !k.spoke().equals("crm"))
        .map(
            k ->
                k.spoke()
                    + " "
                    + k.consent()
                    + " "
                    + k.state().word()
                    + (k.confirmedBy() == null ? "" : " by " + k.confirmedBy())
                    + (k.late() ? " late" : ""))
        .distinct()
        .collect(java.util.stream.Collectors.joining(", "));
  }

  void awaitKnowing(String record, String expected) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(knowing(record)).isEqualTo(expected));
  }

  void awaitNothingDue() {
    await()
        .atMost(20, SECONDS)
        .until(() -> tables.number("select count(*) from delivery where due_at is not null") == 0);
  }

  void espHolds(String state) {
    esp.records.put("7", ((ObjectNode) esp.records.get("7")).put("marketing", state));
  }

  String espHolds() {
    return esp.records.get("7").path("marketing").asText();
  }

  void crmPrefers(String address) {
    var at = clock.instant().toString();
    observe(snapshot("crm", "1", at, name("Nia", "Rees") + mailBefore(address)));
  }

  /** This address, before the one by which her records are known as hers. */
  static String mailBefore(String address) {
    return mail(address).replace("}]", "},{\"value\":\"nia@x.example\"}]");
  }
}
