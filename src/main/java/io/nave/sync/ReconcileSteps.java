package io.nave.sync;

import io.nave.canonical.Observation;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentLedger;
import io.nave.golden.GoldenRecords;
import io.nave.golden.Pin;
import io.nave.identity.SourceRecord;
import io.nave.platform.Columns;
import io.nave.sync.InvalidMessages.Invalid;
import io.nave.sync.Progress.Part;
import io.nave.sync.ReadObservations.Item;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** The steps of one reconciling transaction, each a statement or a pure function over the batch. */
@ApplicationScoped
class ReconcileSteps {
  private final SourceRecords records;
  private final Deliveries deliveries;
  private final GoldenRecords golden;
  private final ConsentLedger ledger;
  private final Outbox outbox;
  private final Progress progress;
  private final InvalidMessages invalidMessages;
  private final Decisions decisions;
  private final CompareRecords compareRecords;
  private final MatchEdges matchEdges;
  private final MatchingInForce matching;
  private final GoldenState goldenState;
  private final Pins pins;
  private final ReviewTasks reviewTasks;
  private final NoteConsents noteConsents;
  private final ConsentEnds consentEnds;
  private final RecordsUnderWay recordsUnderWay;

  ReconcileSteps(
      SourceRecords records,
      Deliveries deliveries,
      GoldenRecords golden,
      ConsentLedger ledger,
      Outbox outbox,
      Progress progress,
      InvalidMessages invalidMessages,
      Decisions decisions,
      CompareRecords compareRecords,
      MatchEdges matchEdges,
      MatchingInForce matching,
      GoldenState goldenState,
      Pins pins,
      ReviewTasks reviewTasks,
      NoteConsents noteConsents,
      ConsentEnds consentEnds,
      RecordsUnderWay recordsUnderWay) {
    this.records = records;
    this.deliveries = deliveries;
    this.golden = golden;
    this.ledger = ledger;
    this.outbox = outbox;
    this.progress = progress;
    this.invalidMessages = invalidMessages;
    this.decisions = decisions;
    this.compareRecords = compareRecords;
    this.matchEdges = matchEdges;
    this.matching = matching;
    this.goldenState = goldenState;
    this.pins = pins;
    this.reviewTasks = reviewTasks;
    this.noteConsents = noteConsents;
    this.consentEnds = consentEnds;
    this.recordsUnderWay = recordsUnderWay;
  }

  /**
   * Reconciles a batch.
   *
   * @return what came of it, if it is committed
   */
  Working run(Connection connection, List<Item> items, Instant now) throws SQLException {
    planForAnyBatch(connection);
    var work = new Working();
    var last = new Together(connection);
    var fresh = notYetDone(connection, last.later(), items);
    quarantine(connection, fresh);
    reconcile(connection, fresh, work, now);
    tally(last.later(), fresh);
    last.send();
    return work;
  }

  /** Else the planner reads whole tables for the first large batches of every connection. */
  private static void planForAnyBatch(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local plan_cache_mode = force_generic_plan");
    }
  }

  /** As {@link #run}, for one observation that stands in no log, and is urgent whatever it says. */
  void runAtOnce(Connection connection, Item item, Instant now) throws SQLException {
    var work = new Working();
    work.hurry(item.observation().key());
    reconcile(connection, List.of(item), work, now);
    tally(connection, List.of(item));
  }

  private void reconcile(Connection connection, List<Item> items, Working work, Instant now)
      throws SQLException {
    observe(connection, items, work, now);
    var tied = compareRecords.run(connection, work);
    gather(connection, work, tied);
    resolve(connection, work, tied);
    store(connection, work, now);
  }

  /** Looks at how records fall together, and may decide more before they are stored. */
  interface Settle {
    /** True when content; false when it added decisions, so that all is resolved again. */
    boolean isSettled(Connection connection, Working work) throws SQLException;
  }

  /**
   * Matches these records anew, as after a steward's decision about them.
   *
   * @return how many records are another customer's now, of these and of those that they are tied
   *     to
   */
  int rematch(Connection connection, Collection<SourceKey> keys, Settle settle, Instant now)
      throws SQLException {
    var work = new Working();
    work.matchAnew(records.read(connection, keys));
    var tied = compareRecords.run(connection, work);
    do {
      gather(connection, work, tied);
      resolve(connection, work, tied);
    } while (!settle.isSettled(connection, work));
    return store(connection, work, now);
  }

  // -- progress and quarantine

  private List<Item> notYetDone(Connection connection, Connection later, List<Item> items)
      throws SQLException {
    var parts = items.stream().map(Item::part).collect(Collectors.toSet());
    var next = progress.lock(connection, parts);
    var fresh = items.stream().filter(i -> i.logged().offset() >= next.get(i.part())).toList();
    var invalid = new HashMap<Part, Long>();
    for (var item : fresh) {
      next.merge(item.part(), item.logged().offset() + 1, Math::max);
      if (item.refusal() != null) {
        invalid.merge(item.part(), 1L, Long::sum);
      }
    }
    progress.advance(later, next, invalid);
    return fresh;
  }

  private void quarantine(Connection connection, List<Item> items) throws SQLException {
    var refused = items.stream().filter(item -> item.refusal() != null).toList();
    invalidMessages.add(
        connection,
        refused.stream()
            .map(
                item ->
                    new Invalid(
                        item.spoke(),
                        item.refusal(),
                        new String(item.logged().value(), StandardCharsets.UTF_8),
                        item.logged().receivedAt(),
                        true))
            .toList());
  }

  // -- what the spokes say

  private void observe(Connection connection, List<Item> items, Working work, Instant now)
      throws SQLException {
    var readable = items.stream().filter(item -> item.refusal() == null).toList();
    var keys = readable.stream().map(item -> item.observation().key()).collect(Collectors.toSet());
    if (keys.isEmpty()) {
      return;
    }
    work.before.putAll(records.read(connection, keys));
    work.written.putAll(deliveries.held(connection, keys));
    knowAgain(connection, readable, work, now);
    work.told.putAll(ToldNotices.told(connection, speakingOfConsent(readable, work), now));
    readable.forEach(work::apply);
    work.giveIds(records.newIds(connection, work.newRecords()));
  }

  /** Records that the hub is creating, and that are reported before it knows their ids. */
  private void knowAgain(Connection connection, List<Item> items, Working work, Instant now)
      throws SQLException {
    var unknown =
        items.stream()
            .map(Item::observation)
            .filter(one -> one.kind() != Observation.Kind.delete)
            .filter(one -> !work.before.containsKey(one.key()))
            .collect(Collectors.toMap(Observation::key, one -> one, (first, next) -> first));
    var written = recordsUnderWay.link(connection, unknown.values(), now);
    if (!written.isEmpty()) {
      work.before.putAll(records.read(connection, written.keySet()));
      written.forEach((key, intent) -> work.written.put(key, Deliveries.Written.underWay(intent)));
    }
  }

  /** The records that the hub writes to, and that speak of consent. */
  private static Set<SourceKey> speakingOfConsent(List<Item> items, Working work) {
    return items.stream()
        .map(Item::observation)
        .filter(said -> !said.consents().isEmpty() && work.written.containsKey(said.key()))
        .map(Observation::key)
        .collect(Collectors.toSet());
  }

  // -- everything that takes part

  /** Locks the customers that may change, and reads all their records. */
  private void gather(Connection connection, Working work, Set<Long> tied) throws SQLException {
    var customers = new HashSet<UUID>();
    var others = new HashSet<>(tied);
    for (var record : work.changed.values()) {
      others.remove(record.id());
      if (record.customerId() != null) {
        customers.add(record.customerId());
      }
    }
    if (!others.isEmpty()) {
      customers.addAll(records.customersOf(connection, others));
    }
    if (!tied.isEmpty()) {
      widen(connection, customers);
    }
    if (!customers.isEmpty()) {
      work.heads.putAll(golden.lock(connection, customers));
      records.of(connection, customers).forEach(record -> work.all.put(record.id(), record));
    }
    if (!work.isStillAsRead()) {
      throw new SQLException("a record changed meanwhile", "40001");
    }
    work.changed.values().forEach(record -> work.all.put(record.id(), record));
  }

  /** Adds the customers to which a chain of matches, or of stewards' decisions, leads. */
  private void widen(Connection connection, Set<UUID> customers) throws SQLException {
    Set<UUID> next = Set.copyOf(customers);
    while (!next.isEmpty()) {
      var members = records.membersOf(connection, next);
      var ties =
          Ties.of(
              members.keySet(),
              members.values(),
              matchEdges.of(connection, members.keySet()),
              decisions.around(connection, members.values()));
      next = ties.ids().isEmpty() ? new HashSet<>() : records.customersOf(connection, ties.ids());
      if (!ties.keys().isEmpty()) {
        next.addAll(records.customersWith(connection, ties.keys()));
      }
      next.removeAll(customers);
      customers.addAll(next);
    }
  }

  // -- who is who

  private void resolve(Connection connection, Working work, Set<Long> tied) throws SQLException {
    work.clusters.clear();
    if (tied.isEmpty()) {
      work.keepClusters();
      return;
    }
    var keys = work.all.values().stream().map(StoredRecord::key).collect(Collectors.toSet());
    var edges = matchEdges.of(connection, work.all.keySet());
    var decided = decisions.around(connection, keys);
    var ties = Ties.of(work.all.keySet(), keys, edges, decided);
    boolean isWhole = work.all.keySet().containsAll(tied) && ties.ids().isEmpty();
    if (!isWhole || !records.customersWith(connection, ties.keys()).isEmpty()) {
      throw new SQLException("a record moved meanwhile", "40001");
    }
    var members = work.all.values().stream().map(ReconcileSteps::forMatching).toList();
    work.edges = edges;
    work.clusters.addAll(matching.now().clustering().resolve(members, edges, decided).sets());
  }

  private static SourceRecord forMatching(StoredRecord record) {
    return new SourceRecord(record.id(), record.key(), record.evidence(), record.deleted());
  }

  // -- what survives

  /** Returns how many known records are another customer's now. */
  private int store(Connection connection, Working work, Instant now) throws SQLException {
    revive(connection, work);
    var assignment = AssignCustomers.to(work, now);
    var pinned = pins.inForce(connection, assignment.members());
    var versions = new ArrayList<GoldenRecords.Version>();
    var same = new ArrayList<GoldenRecords.Version>();
    var publish = work.publish;
    assignment
        .members()
        .forEach(
            (customer, members) -> {
              var version =
                  goldenState.of(
                      customer,
                      members,
                      work.heads.get(customer),
                      pinned.getOrDefault(customer, List.of()),
                      now);
              boolean isNew = version.digest() != work.digest(customer) || work.isRetired(customer);
              (isNew ? versions : same).add(version);
              var frozen = frozen(pinned.getOrDefault(customer, List.of()));
              if (isNew || members.stream().anyMatch(one -> work.contradicts(one, frozen))) {
                publish.put(customer, members.stream().anyMatch(work::isUrgent));
              }
            });
    assignment
        .retired()
        .forEach(
            (customer, into) -> {
              versions.add(goldenState.retired(work.heads.get(customer), into));
              publish.put(customer, false);
            });
    var together = new Together(connection);
    var later = together.later();
    records.insert(later, assignment.inserted(), now);
    records.update(later, assignment.updated(), now);
    golden.write(later, versions, now);
    golden.correctLineage(later, same);
    ledger.append(later, work.ledgerLines());
    outbox.add(later, entries(publish, assignment, work));
    if (work.edges != null) {
      reviewTasks.refresh(later, assignment, work.edges);
    }
    together.send();
    deliveries.hold(connection, work.heldNow, work.unsure, work.written);
    noteConsents.reconciled(connection, work, assignment.members(), versions, publish, now);
    var changed = new HashMap<>(assignment.members());
    changed.keySet().retainAll(versions.stream().map(GoldenRecords.Version::id).toList());
    consentEnds.note(connection, changed, now);
    return (int)
        assignment.updated().stream()
            .filter(r -> !r.customerId().equals(work.all.get(r.id()).customerId()))
            .count();
  }

  /** The attributes that the hub itself pinned, since they kept flipping. */
  private static Set<String> frozen(List<Pin> pins) {
    return pins.stream()
        .filter(pin -> pin.by().equals(StoredPin.HUB))
        .map(Pin::attribute)
        .collect(Collectors.toSet());
  }

  /** Where a customer falls apart, ids that were merged into it may come back. */
  private void revive(Connection connection, Working work) throws SQLException {
    var apart = work.fallingApart();
    if (!apart.isEmpty()) {
      work.formers = golden.formers(connection, apart);
      work.heads.putAll(
          golden.lock(connection, work.formers.stream().map(GoldenRecords.Former::id).toList()));
    }
  }

  /**
   * Last of all, since two batches of one spoke meet here: the row is locked until the commit. What
   * overtakes is counted when its turn comes.
   */
  private static void tally(Connection connection, List<Item> items) throws SQLException {
    var observed =
        items.stream()
            .filter(item -> item.refusal() == null && !item.logged().overtakes())
            .collect(Collectors.groupingBy(Item::spoke, TreeMap::new, Collectors.counting()));
    if (observed.isEmpty()) {
      return;
    }
    var sql =
        "insert into tally as t (spoke, name, n) select s, 'observed', n from unnest(?, ?) u(s, n)"
            + " order by s on conflict (spoke, name) do update set n = t.n + excluded.n";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, observed.keySet(), spoke -> spoke));
      statement.setArray(2, Columns.numbers(connection, observed.values(), Long::longValue));
      statement.executeUpdate();
    }
  }

  private static List<Outbox.Entry> entries(
      Map<UUID, Boolean> publish, AssignCustomers assignment, Working work) {
    return publish.entrySet().stream()
        .map(
            one ->
                new Outbox.Entry(
                    one.getKey(),
                    one.getValue(),
                    work.originOf(assignment.members().getOrDefault(one.getKey(), List.of()))))
        .toList();
  }
}
