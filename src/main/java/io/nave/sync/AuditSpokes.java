package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.sync.Audit.Finding;
import io.nave.sync.Audit.Kind;
import io.nave.sync.Audits.Open;
import io.nave.sync.Audits.Record;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads a spoke's records in full and compares them with what the hub believes and wants. Slice by
 * slice, each of which keeps the place, so that any instance goes on after a crash; within the
 * spoke's budget, and not while the spoke is down or paused. It changes nothing; to put right what
 * it found is another step.
 */
@ApplicationScoped
public class AuditSpokes {
  private static final Logger LOG = Logger.getLogger(AuditSpokes.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SLICE = 50;
  private static final int FIRST = 100;
  private static final int LATEST = 200;
  private static final String SCHEDULE = "schedule";

  private final Transactions transactions;
  private final Audits audits;
  private final Spokes spokes;
  private final Couriers couriers;
  private final Pauses pauses;
  private final ReplayCustomers replays;
  private final ReceiveObservations receive;
  private final OperatorActs acts;
  private final Clock clock;
  private final Optional<Duration> every;
  private final Background background = new Background("audit", LOOK);

  AuditSpokes(
      Transactions transactions,
      Audits audits,
      Spokes spokes,
      Couriers couriers,
      Pauses pauses,
      ReplayCustomers replays,
      ReceiveObservations receive,
      OperatorActs acts,
      Clock clock,
      @ConfigProperty(name = "nave.audit.every") Optional<Duration> every) {
    this.transactions = transactions;
    this.audits = audits;
    this.spokes = spokes;
    this.couriers = couriers;
    this.pauses = pauses;
    this.replays = replays;
    this.receive = receive;
    this.acts = acts;
    this.clock = clock;
    this.every = every;
  }

  void atStart(@Observes StartupEvent event) {
    background.start(this::tick);
  }

  @PreDestroy
  void stop() {
    background.stop();
  }

  /**
   * What became of a wish.
   *
   * @param audit null where it is refused
   * @param refusal why, or null
   */
  public record Answer(Audit audit, String refusal) {}

  /** Begins an audit; one at a time of a spoke. */
  public Answer begin(String spoke, String by) {
    if (!readable().containsKey(spoke)) {
      var names = String.join(", ", readable().keySet().stream().sorted().toList());
      return new Answer(
          null, "spoke: " + spoke + " (expected: one that can be read: " + names + ")");
    }
    return transactions.call(
        connection -> {
          var running = audits.running(connection, spoke);
          if (running.isPresent()) {
            var why = "spoke: audit %d of %s runs (expected: one at a time; wait, or cancel it)";
            return new Answer(null, why.formatted(running.get(), spoke));
          }
          long id = audits.begin(connection, spoke, by, clock.instant());
          return new Answer(audits.of(connection, id, 0).orElseThrow(), null);
        });
  }

  private Map<String, Spoke> readable() {
    return spokes.receiving().stream()
        .filter(Spoke::reads)
        .collect(Collectors.toMap(Spoke::name, Function.identity()));
  }

  /** The latest, first; of a spoke where it is not null. */
  public List<Audit> latest(String spoke) {
    return transactions.call(connection -> audits.latest(connection, spoke, LATEST));
  }

  /** One with its first findings; empty where there is none. */
  public Optional<Audit> of(long id) {
    return transactions.call(connection -> audits.of(connection, id, FIRST));
  }

  /** Ends it where it is; false where it does not run. */
  public boolean cancel(long id) {
    return transactions.call(c -> audits.finish(c, id, "cancelled", clock.instant()));
  }

  /**
   * Puts right what an audit found: records that differ are compared again and written, as a
   * replay; of records that vanished the hub takes notice as if the spoke had told of it. Stops
   * that nobody knew of, and duplicates, are left to people.
   *
   * @return the replay that does it, or why nothing is done
   */
  public ReplayCustomers.Begun repair(long id, String by) {
    var audit = of(id).orElse(null);
    if (audit == null || !audit.state().equals("done") || audit.repairedAt() != null) {
      var state =
          audit == null ? "unknown" : audit.repairedAt() != null ? "repaired" : audit.state();
      return ReplayCustomers.Begun.refused(
          "audit: " + state + " (expected: one that is done and not repaired yet)");
    }
    var begun = replays.begin(ReplayWish.ofAudit(audit.spoke(), id), by);
    if (begun.refusal() == null) {
      var gone = transactions.call(c -> audits.records(c, id, Kind.vanished));
      receive.receive(gone.stream().map(one -> deleted(audit.spoke(), one)).toList());
      transactions.run(
          connection -> {
            audits.repaired(connection, id, clock.instant());
            var what = JsonNodeFactory.instance.objectNode().put("spoke", audit.spoke());
            long n = audit.differing() + gone.size();
            acts.note(connection, by, "repair", what.put("audit", id), n, null);
          });
    }
    return begun;
  }

  private JsonNode deleted(String spoke, String recordId) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("spoke", spoke)
        .put("recordId", recordId)
        .put("kind", "delete")
        .put("changedAt", clock.instant().toString());
  }

  // -- in the background

  private void tick() {
    schedule();
    for (var spoke : readable().values()) {
      while (background.isRunning() && slice(spoke)) {
        // the next one
      }
    }
  }

  /** Begins the audits that are due by themselves. */
  void schedule() {
    if (every.isEmpty()) {
      return;
    }
    var since = clock.instant().minus(every.get());
    for (var spoke : readable().keySet()) {
      if (!transactions.call(c -> audits.hasBegunSince(c, spoke, since))) {
        begin(spoke, SCHEDULE);
      }
    }
  }

  /** One slice of the spoke's audit; false where there is nothing to do now. */
  boolean slice(Spoke spoke) {
    var crossing = couriers.crossing(spoke.name()).orElse(null);
    if (crossing == null || isLeftAlone(spoke, crossing)) {
      return false;
    }
    var open = transactions.call(c -> audits.claim(c, spoke.name(), clock.instant())).orElse(null);
    if (open == null) {
      return false;
    }
    var records = transactions.call(c -> audits.next(c, open, crossing.round(SLICE, false)));
    if (records.isEmpty()) {
      finish(open);
      return false;
    }
    return look(spoke, crossing, open, records);
  }

  private boolean isLeftAlone(Spoke spoke, Crossing crossing) {
    return crossing.pausedBecause() != null
        || crossing.budget().waits(false)
        || pauses.of(spoke.name()).isPresent();
  }

  private void finish(Open open) {
    transactions.run(
        connection -> {
          audits.ownFindings(connection, open);
          if (audits.finish(connection, open.id(), "done", clock.instant())) {
            audits.forget(connection, open.spoke());
          }
        });
    LOG.infof("audit %d of %s is done", open.id(), open.spoke());
  }

  /** Reads the records of a slice; false where the spoke would not have it now. */
  private boolean look(Spoke spoke, Crossing crossing, Open open, List<Record> records) {
    var byId = records.stream().collect(Collectors.toMap(r -> r.due().recordId(), r -> r));
    var ids = records.stream().map(r -> r.due().recordId()).toList();
    var findings = new ArrayList<Finding>();
    var pending = new HashSet<String>();
    for (var found : new ReadRecords(spoke, crossing).now(ids, false)) {
      if (found.failure() != null && spoke.classify(found.failure()).stopsTheSpoke()) {
        crossing.budget().refused(spoke.retryAfter(found.failure())); // not at once again
        transactions.run(c -> audits.release(c, open));
        return false;
      }
      var record = byId.get(found.recordId());
      if (record.pending()) {
        pending.add(found.recordId());
      } else {
        findings.addAll(judge(spoke, record, found));
      }
    }
    crossing.budget().answered();
    settle(open, ids, findings, pending, byId);
    return true;
  }

  private static List<Finding> judge(Spoke spoke, Record record, ReadRecords.Found found) {
    var due = record.due();
    if (found.failure() != null) {
      return List.of(finding(Kind.unread, due, spoke.classify(found.failure()).name(), null));
    }
    if (found.held().isEmpty()) {
      return List.of(finding(Kind.vanished, due, null, null));
    }
    try {
      return compare(spoke, due.seen(found.held().get()));
    } catch (RuntimeException broken) {
      return List.of(finding(Kind.unread, due, "the mapping fails", null));
    }
  }

  private static List<Finding> compare(Spoke spoke, DueDelivery due) {
    var compared = Compared.of(spoke, due);
    if (compared.wanted() == null) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    if (compared.stops()) {
      findings.add(finding(Kind.stop, due, null, null));
    }
    for (var field : Drift.fields(compared.wanted(), compared.held())) {
      findings.add(finding(Kind.differs, due, field, compared.corrected() == null));
    }
    return findings;
  }

  private static Finding finding(Kind kind, DueDelivery due, String field, Boolean believed) {
    return new Finding(kind, due.recordId(), field, believed, due.customerId());
  }

  /** What changed while it was read is not judged. */
  private void settle(
      Open open,
      List<String> ids,
      List<Finding> findings,
      Set<String> pending,
      Map<String, Record> before) {
    transactions.run(
        connection -> {
          var suspect = findings.stream().map(Finding::recordId).collect(Collectors.toSet());
          var moved = new HashSet<>(suspect);
          for (var now : audits.again(connection, open.spoke(), suspect)) {
            var was = before.get(now.due().recordId()).due();
            boolean same = !now.pending() && was.version() == now.due().version();
            if (same && java.util.Objects.equals(was.known(), now.due().known())) {
              moved.remove(now.due().recordId());
            }
          }
          var sure = findings.stream().filter(f -> !moved.contains(f.recordId())).toList();
          var differing =
              sure.stream()
                  .filter(f -> f.kind() == Kind.differs)
                  .map(Finding::recordId)
                  .distinct()
                  .count();
          audits.found(connection, open.id(), sure);
          audits.advance(
              connection,
              open,
              ids.get(ids.size() - 1),
              ids.size(),
              pending.size() + moved.size(),
              (int) differing);
        });
  }
}
