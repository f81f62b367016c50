package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What reconciling needs of the deliveries: what the hub wrote to a record, to know it again. */
@ApplicationScoped
class Deliveries {

  /**
   * What a record is known to hold, and what is being written to it; either may be null.
   *
   * @param before what was written there before, of late
   * @param wroteAt when a write of the hub last ended; null: never, or nobody knows
   * @param toldAt when one that brought a consent last ended, or else began; as {@code wroteAt}
   *     where nobody knows
   * @param began when the one under way, or else the last one, began with its first try; null:
   *     none, or nobody knows
   */
  record Written(
      Held held,
      Held intent,
      String heldText,
      List<WrittenBefore> before,
      Instant wroteAt,
      Instant toldAt,
      Instant began) {

    /** Whether the hub may have written over what changed then. */
    boolean isWrittenAfter(Instant changedAt) {
      return wroteAt != null && !changedAt.isAfter(wroteAt);
    }

    /** Whether the hub certainly wrote over no consent that was given or taken away then. */
    boolean isUntoldSince(Instant decidedAt) {
      return !tells()
          && toldAt != null
          && decidedAt.isAfter(toldAt.plus(ApplyObservation.CLOCKS_DIFFER))
          && before.stream().noneMatch(one -> isAfterTheLastWrite(one.until()));
    }

    /** Whether what is being written changes a consent, or may. */
    boolean tells() {
      return intent != null && (toldAt == null || began == null || !toldAt.isBefore(began));
    }

    Instant writingSince() {
      return intent == null ? null : began;
    }

    /** Before the last write; null where an earlier one may still arrive. */
    HubsWrites.Pause pause() {
      if (began == null) {
        return null;
      }
      var ends = before.stream().map(WrittenBefore::until).toList();
      if (ends.stream().anyMatch(end -> end.isAfter(began) && isAfterTheLastWrite(end))) {
        return null;
      }
      var from =
          Stream.concat(ends.stream(), Stream.ofNullable(wroteAt))
              .filter(end -> end.isBefore(began))
              .max(Comparator.naturalOrder());
      return new HubsWrites.Pause(from.orElse(began.minus(WrittenBefore.KEPT)), began);
    }

    private boolean isAfterTheLastWrite(Instant end) {
      return wroteAt == null || end.isAfter(wroteAt);
    }

    /** Of a record that is being created. */
    static Written underWay(Held intent) {
      return new Written(null, intent, null, List.of(), null, null, null);
    }
  }

  /** What the hub wrote to these records; those it never wrote to are absent. */
  Map<SourceKey, Written> held(Connection connection, Collection<SourceKey> keys)
      throws SQLException {
    var sql =
        "select d.spoke, d.target, d.held, d.intent, (select json_agg(json_build_object("
            + " 'held', b.held, 'until', to_char(b.until at time zone 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')))"
            + " from written_before b where b.spoke = d.spoke and b.target = d.target), d.wrote_at,"
            + " coalesce(d.told_at, d.wrote_at), d.intent_at"
            + " from delivery d"
            + " join unnest(?, ?) k(spoke, record_id)"
            + " on d.spoke = k.spoke and d.target = k.record_id"
            + " where d.held is not null or d.intent is not null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, keys, SourceKey::recordId));
      var written = new HashMap<SourceKey, Written>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          written.put(
              new SourceKey(rows.getString(1), rows.getString(2)),
              new Written(
                  read(rows.getString(3)),
                  read(rows.getString(4)),
                  rows.getString(3),
                  CanonicalJson.readList(rows.getString(5), WrittenBefore.class),
                  Columns.instant(rows, 6),
                  Columns.instant(rows, 7),
                  Columns.instant(rows, 8)));
        }
      }
      return written;
    }
  }

  /**
   * Notes what the spokes themselves changed in records that the hub had written to. Where a
   * delivery is under way, what it leaves noted is from before the change: the record is to be
   * looked at before the next one.
   *
   * @param unsure records that are to be looked at before they are written again
   * @param written what was read before; where a delivery was settled meanwhile, the batch is tried
   *     again
   */
  void hold(
      Connection connection,
      Map<SourceKey, Held> held,
      Set<SourceKey> unsure,
      Map<SourceKey, Written> written)
      throws SQLException {
    var keys = Stream.concat(held.keySet().stream(), unsure.stream()).distinct().sorted().toList();
    if (keys.isEmpty()) {
      return;
    }
    lock(connection, keys);
    mark(connection, unsure);
    if (held.isEmpty()) {
      return;
    }
    var rows = held.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    var sql =
        "update delivery d set held = u.held::json, unsure_at ="
            + " case when d.claimed_until is null then d.unsure_at else clock_timestamp() end"
            + " from unnest(?, ?, ?, ?, ?) u(spoke, target, held, was, wrote)"
            + " where d.spoke = u.spoke and d.target = u.target and d.held::text = u.was"
            + " and d.wrote_at is not distinct from u.wrote::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, rows, row -> row.getKey().spoke()));
      statement.setArray(2, Columns.text(connection, rows, row -> row.getKey().recordId()));
      statement.setArray(
          3, Columns.text(connection, rows, row -> CanonicalJson.text(row.getValue())));
      statement.setArray(
          4, Columns.text(connection, rows, row -> written.get(row.getKey()).heldText()));
      statement.setArray(
          5, Columns.text(connection, rows, row -> written.get(row.getKey()).wroteAt()));
      if (statement.executeUpdate() < rows.size()) {
        throw new SQLException("a delivery was settled meanwhile", "40001");
      }
    }
  }

  private static void mark(Connection connection, Set<SourceKey> unsure) throws SQLException {
    if (unsure.isEmpty()) {
      return;
    }
    var sql =
        "update delivery d set unsure_at = clock_timestamp() from unnest(?, ?) u(spoke, target)"
            + " where d.spoke = u.spoke and d.target = u.target";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, unsure, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, unsure, SourceKey::recordId));
      statement.executeUpdate();
    }
  }

  /** In the order of the keys, as everybody does. */
  static void lock(Connection connection, List<SourceKey> keys) throws SQLException {
    var sql =
        "select 1 from delivery d join unnest(?, ?) k(spoke, target) on d.spoke = k.spoke"
            + " and d.target = k.target order by d.spoke, d.target for update of d";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, keys, SourceKey::recordId));
      statement.execute();
    }
  }

  private static Held read(String json) {
    return json == null ? null : CanonicalJson.read(json, Held.class);
  }
}
