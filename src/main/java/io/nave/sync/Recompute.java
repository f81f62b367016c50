package io.nave.sync;

import io.nave.golden.GoldenRecords;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Computes golden records anew where no source record has changed: after a pin, or under other
 * rules. In the caller's transaction, with the locks of reconciling: the customers, in the same
 * order.
 */
@ApplicationScoped
class Recompute {
  private final GoldenRecords golden;
  private final SourceRecords records;
  private final Pins pins;
  private final GoldenState goldenState;
  private final Outbox outbox;
  private final NoteConsents noteConsents;

  Recompute(
      GoldenRecords golden,
      SourceRecords records,
      Pins pins,
      GoldenState goldenState,
      Outbox outbox,
      NoteConsents noteConsents) {
    this.golden = golden;
    this.records = records;
    this.pins = pins;
    this.goldenState = goldenState;
    this.outbox = outbox;
    this.noteConsents = noteConsents;
  }

  /** What is stored of a customer that is held now, and its records by key. */
  record Held(Map<UUID, GoldenRecords.Head> heads, Map<UUID, List<StoredRecord>> members) {}

  /** Holds these customers until the transaction ends; those that were merged have no members. */
  Held hold(Connection connection, Collection<UUID> customers) throws SQLException {
    var heads = golden.lock(connection, customers);
    var members = new LinkedHashMap<UUID, List<StoredRecord>>();
    for (var record : records.of(connection, heads.keySet())) {
      members.computeIfAbsent(record.customerId(), id -> new ArrayList<>()).add(record);
    }
    members.values().forEach(of -> of.sort(Comparator.comparing(StoredRecord::key)));
    return new Held(heads, members);
  }

  /**
   * Computes what is held anew; what is different becomes a new version and goes to the outbox.
   *
   * @return the new versions, by customer
   */
  Map<UUID, Long> anew(Connection connection, Held held, Instant now) throws SQLException {
    var inForce = pins.inForce(connection, held.members());
    var versions = new ArrayList<GoldenRecords.Version>();
    var same = new ArrayList<GoldenRecords.Version>();
    held.members()
        .forEach(
            (id, members) -> {
              var head = held.heads().get(id);
              var version =
                  goldenState.of(id, members, head, inForce.getOrDefault(id, List.of()), now);
              (version.digest() == head.digest() ? same : versions).add(version);
            });
    golden.write(connection, versions, now);
    golden.correctLineage(connection, same);
    outbox.add(
        connection,
        versions.stream().map(one -> new Outbox.Entry(one.id(), false, Origin.NONE)).toList());
    noteConsents.recomputed(connection, held.members(), versions, now);
    var changed = new HashMap<UUID, Long>();
    versions.forEach(version -> changed.put(version.id(), version.version()));
    return changed;
  }
}
