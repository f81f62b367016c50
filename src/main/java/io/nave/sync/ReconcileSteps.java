package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentLedger;
import io.nave.golden.GoldenRecords;
import io.nave.identity.BlockingKeys;
import io.nave.identity.Clustering;
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
import java.util.LinkedHashMap;
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
  private final BlockingKeys blockingKeys;
  private final Clustering clustering;
  private final GoldenState goldenState;
  private final Pins pins;
  private final ReviewTasks reviewTasks;

  ReconcileSteps(
      SourceRecords records,
      Deliveries deliveries,
      GoldenRecords golden,
      ConsentLedger ledger,
      Outbox outbox,
      Progress progress,
      InvalidMessages invalidMessages,
      Decisions decisions,
      BlockingKeys blockingKeys,
      Clustering clustering,
      GoldenState goldenState,
      Pins pins,
      ReviewTasks reviewTasks) {
    this.records = records;
    this.deliveries = deliveries;
    this.golden = golden;
    this.ledger = ledger;
    this.outbox = outbox;
    this.progress = progress;
    this.invalidMessages = invalidMessages;
    this.decisions = decisions;
    this.blockingKeys = blockingKeys;
    this.clustering = clustering;
    this.goldenState = goldenState;
    this.pins = pins;
    this.reviewTasks = reviewTasks;
  }

  void run(Connection connection, List<Item> items, Instant now) throws SQLException {
    var fresh = notYetDone(connection, items);
    quarantine(connection, fresh);
    var work = new Working();
    observe(connection, fresh, work);
    rekey(connection, work);
    do {
      gather(connection, work);
      resolve(connection, work);
    } while (widen(connection, work));
    store(connection, work, now);
    tally(connection, fresh);
  }

  /** Looks at how records fall together, and may decide more before they are stored. */
  interface Settle {
    /** True when content; false when it added decisions, so that all is resolved again. */
    boolean isSettled(Connection connection, Working work) throws SQLException;
  }

  /** Matches these records anew, as after a steward's decision about them. */
  void rematch(Connection connection, Collection<SourceKey> keys, Settle settle, Instant now)
      throws SQLException {
    var work = new Working();
    work.matchAnew(records.read(connection, keys));
    rekey(connection, work);
    do {
      do {
        gather(connection, work);
        resolve(connection, work);
      } while (widen(connection, work));
    } while (!settle.isSettled(connection, work));
    store(connection, work, now);
  }

  // -- progress and quarantine

  private List<Item> notYetDone(Connection connection, List<Item> items) throws SQLException {
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
    progress.advance(connection, next, invalid);
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

  private void observe(Connection connection, List<Item> items, Working work) throws SQLException {
    var readable = items.stream().filter(item -> item.refusal() == null).toList();
    var keys = readable.stream().map(item -> item.observation().key()).collect(Collectors.toSet());
    if (keys.isEmpty()) {
      return;
    }
    work.before.putAll(records.read(connection, keys));
    work.written.putAll(deliveries.held(connection, keys));
    readable.forEach(work::apply);
    work.giveIds(records.newIds(connection, work.newRecords()));
  }

  // -- blocking keys

  private void rekey(Connection connection, Working work) throws SQLException {
    var change = new TreeMap<Long, Integer>();
    var gained = new ArrayList<SourceRecords.KeyChange>();
    var lost = new ArrayList<SourceRecords.KeyChange>();
    for (var record : List.copyOf(work.changed.values())) {
      if (!work.isMatchedAnew(record)) {
        continue;
      }
      var old = longs(record.keys());
      var keys = digests(blockingKeys.of(record.content()));
      for (long key : keys) {
        change.merge(key, old.contains(key) ? 0 : 1, Integer::sum);
        if (!old.contains(key)) {
          gained.add(new SourceRecords.KeyChange(key, record.id()));
        }
      }
      for (long key : old) {
        if (!keys.contains(key)) {
          change.merge(key, -1, Integer::sum);
          lost.add(new SourceRecords.KeyChange(key, record.id()));
        }
      }
      work.replace(record.withKeys(keys.stream().mapToLong(Long::longValue).sorted().toArray()));
    }
    work.keys.addAll(change.keySet());
    if (!change.isEmpty()) {
      records.lockBlocks(connection, change);
      records.addKeys(connection, gained);
      records.removeKeys(connection, lost);
    }
  }

  private static Set<Long> digests(Collection<String> keys) {
    return keys.stream().map(io.nave.platform.Digest64::of).collect(Collectors.toSet());
  }

  private static Set<Long> longs(long[] keys) {
    var set = new HashSet<Long>();
    for (long key : keys) {
      set.add(key);
    }
    return set;
  }

  // -- everything that takes part

  private void gather(Connection connection, Working work) throws SQLException {
    var customers = new HashSet<UUID>();
    work.changed.values().stream()
        .filter(record -> record.customerId() != null)
        .forEach(record -> customers.add(record.customerId()));
    var candidates =
        work.keys.isEmpty()
            ? List.<SourceRecords.Candidate>of()
            : records.candidates(connection, work.keys);
    candidates.forEach(candidate -> customers.add(candidate.customerId()));
    if (!customers.isEmpty()) {
      work.heads.putAll(golden.lock(connection, customers));
      records.of(connection, customers).forEach(record -> work.all.put(record.id(), record));
    }
    for (var candidate : candidates) {
      if (!work.all.containsKey(candidate.recordId())) {
        throw new SQLException("a candidate moved to another customer meanwhile", "40001");
      }
    }
    if (!work.isStillAsRead()) {
      throw new SQLException("a record changed meanwhile", "40001");
    }
    work.changed.values().forEach(record -> work.all.put(record.id(), record));
  }

  // -- who is who

  private void resolve(Connection connection, Working work) throws SQLException {
    work.clusters.clear();
    var unsettled =
        work.nothingIsMatched()
            ? List.<Set<Long>>of()
            : clustering.cluster(
                work.all.values().stream().map(ReconcileSteps::forMatching).toList(),
                decisions.among(connection, work.all.values()));
    if (unsettled.isEmpty()) {
      work.keepClusters();
    } else {
      work.clusters.addAll(unsettled);
    }
  }

  /** Looks for what the records that came loose could now belong to; false where none did. */
  private boolean widen(Connection connection, Working work) throws SQLException {
    var loosened = work.nothingIsMatched() ? Set.<Long>of() : work.loosenedKeys();
    if (loosened.isEmpty()) {
      return false;
    }
    var locked = new TreeMap<Long, Integer>();
    loosened.forEach(key -> locked.put(key, 0));
    records.lockBlocks(connection, locked);
    work.keys.addAll(loosened);
    return true;
  }

  private static SourceRecord forMatching(StoredRecord record) {
    return new SourceRecord(record.id(), record.key(), record.content(), record.deleted());
  }

  // -- what survives

  private void store(Connection connection, Working work, Instant now) throws SQLException {
    revive(connection, work);
    var assignment = AssignCustomers.to(work, now);
    var pinned = pins.inForce(connection, assignment.members());
    var versions = new ArrayList<GoldenRecords.Version>();
    var same = new ArrayList<GoldenRecords.Version>();
    var publish = new LinkedHashMap<UUID, Boolean>();
    assignment
        .members()
        .forEach(
            (customer, members) -> {
              var version =
                  goldenState.of(
                      customer,
                      members,
                      work.heads.get(customer),
                      pinned.getOrDefault(customer, List.of()));
              boolean isNew = version.digest() != work.digest(customer) || work.isRetired(customer);
              (isNew ? versions : same).add(version);
              if (isNew || members.stream().anyMatch(work::contradicts)) {
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
    records.insert(connection, assignment.inserted(), now);
    records.update(connection, assignment.updated(), now);
    golden.write(connection, versions, now);
    golden.correctLineage(connection, same);
    ledger.append(connection, work.ledgerLines());
    outbox.add(connection, keysWith(publish, true), true);
    outbox.add(connection, keysWith(publish, false), false);
    reviewTasks.refresh(connection, assignment);
    deliveries.hold(connection, work.heldNow, work.written);
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

  /** Last of all, since two batches of one spoke meet here: the row is locked until the commit. */
  private static void tally(Connection connection, List<Item> items) throws SQLException {
    var observed =
        items.stream()
            .filter(item -> item.refusal() == null)
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

  private static List<UUID> keysWith(Map<UUID, Boolean> map, boolean value) {
    return map.entrySet().stream()
        .filter(entry -> entry.getValue() == value)
        .map(Map.Entry::getKey)
        .toList();
  }
}
