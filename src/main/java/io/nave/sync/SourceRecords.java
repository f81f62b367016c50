package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.canonical.Preference;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * The source records and their blocking keys in PostgreSQL. Every method is one statement over the
 * whole batch; all of them run in the caller's transaction.
 */
@ApplicationScoped
class SourceRecords {
  static final String COLUMNS =
      "s.id, s.spoke, s.record_id, s.customer_id, s.deleted, s.content, s.since, s.snapshot_at,"
          + " s.consents, s.preferences, s.keys, s.rule";

  /**
   * Reads the records with these keys. They are not locked: what may change them is serialised by
   * their customers, so that all locks are taken in one order.
   */
  Map<SourceKey, StoredRecord> read(Connection connection, Collection<SourceKey> keys)
      throws SQLException {
    var sql =
        "select "
            + COLUMNS
            + " from source_record s join unnest(?, ?) k(spoke, record_id)"
            + " on s.spoke = k.spoke and s.record_id = k.record_id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, keys, SourceKey::recordId));
      var found = new HashMap<SourceKey, StoredRecord>();
      read(statement).forEach(record -> found.put(record.key(), record));
      return found;
    }
  }

  /** All records of these customers. */
  List<StoredRecord> of(Connection connection, Collection<UUID> customers) throws SQLException {
    var sql = "select " + COLUMNS + " from source_record s where s.customer_id = any(?::uuid[])";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      return read(statement);
    }
  }

  /** As many new ids. */
  long[] newIds(Connection connection, int count) throws SQLException {
    var sql = "select nextval('source_record_id') from generate_series(1, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, count);
      var ids = LongStream.builder();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
      return ids.build().toArray();
    }
  }

  /** What is done with a key and the id of a record that has it. */
  interface KeyFound {
    void at(long key, long recordId);
  }

  /** The ids of the records that have these keys; see {@link Blocks#WORN}. */
  void withKeys(Connection connection, Collection<Long> keys, KeyFound found) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    var sql = "select m.key, m.source_record_id from match_key m where m.key = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, keys, Long::longValue));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.at(rows.getLong(1), rows.getLong(2));
        }
      }
    }
  }

  /** What these records say, by record. */
  Map<Long, Customer> contents(Connection connection, Collection<Long> ids) throws SQLException {
    var found = new HashMap<Long, Customer>();
    if (ids.isEmpty()) {
      return found;
    }
    var sql = "select id, content from source_record where id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, ids, Long::longValue));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), CanonicalJson.read(rows.getString(2), Customer.class));
        }
      }
      return found;
    }
  }

  /** The blocking keys of these records, by record. */
  Map<Long, long[]> keysOf(Connection connection, Collection<Long> ids) throws SQLException {
    var found = new HashMap<Long, long[]>();
    if (ids.isEmpty()) {
      return found;
    }
    var sql = "select id, keys from source_record where id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, ids, Long::longValue));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), unboxed((Long[]) rows.getArray(2).getArray()));
        }
      }
      return found;
    }
  }

  /** The customers that these records belong to. */
  Set<UUID> customersOf(Connection connection, Collection<Long> ids) throws SQLException {
    var sql = "select distinct customer_id from source_record where id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, ids, Long::longValue));
      return customers(statement);
    }
  }

  /** The customers that the records with these keys belong to; unknown keys are passed over. */
  Set<UUID> customersWith(Connection connection, Collection<SourceKey> keys) throws SQLException {
    if (keys.isEmpty()) {
      return Set.of();
    }
    var sql =
        "select distinct s.customer_id from unnest(?, ?) k(spoke, record_id)"
            + " join source_record s on s.spoke = k.spoke and s.record_id = k.record_id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, keys, SourceKey::recordId));
      return customers(statement);
    }
  }

  private static Set<UUID> customers(PreparedStatement statement) throws SQLException {
    var found = new HashSet<UUID>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getObject(1, UUID.class));
      }
    }
    return found;
  }

  /** The ids and keys of the records of these customers. */
  Map<Long, SourceKey> membersOf(Connection connection, Collection<UUID> customers)
      throws SQLException {
    var sql =
        "select s.id, s.spoke, s.record_id from unnest(?::uuid[]) c(id)"
            + " join source_record s on s.customer_id = c.id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      var found = new HashMap<Long, SourceKey>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), new SourceKey(rows.getString(2), rows.getString(3)));
        }
      }
      return found;
    }
  }

  /** Which of these keys are worn out. */
  Set<Long> wornOf(Connection connection, Collection<Long> keys) throws SQLException {
    var sql = "select key from match_key where key = any(?) and source_record_id = " + Blocks.WORN;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, keys, Long::longValue));
      var worn = new HashSet<Long>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          worn.add(rows.getLong(1));
        }
      }
      return worn;
    }
  }

  /** Nobody has these keys any more: they are worn out, which a row of no record tells. */
  void wearOut(Connection connection, Collection<Long> keys) throws SQLException {
    var sql =
        "with gone as (delete from match_key where key = any(?) and source_record_id <> 0)"
            + " insert into match_key (key, source_record_id) select k, 0 from unnest(?) k";
    try (var statement = connection.prepareStatement(sql)) {
      var array = Columns.numbers(connection, keys, Long::longValue);
      statement.setArray(1, array);
      statement.setArray(2, array);
      statement.executeUpdate();
    }
  }

  /** A key that a record gains or loses. */
  record KeyChange(long key, long recordId) {
    static final Comparator<KeyChange> ORDER =
        Comparator.comparingLong(KeyChange::key).thenComparingLong(KeyChange::recordId);
  }

  /** In the order of the keys, so that neighbours in the index are written together. */
  void addKeys(Connection connection, List<KeyChange> gained) throws SQLException {
    changeKeys(
        connection,
        gained.stream().sorted(KeyChange.ORDER).toList(),
        "insert into match_key (key, source_record_id) select * from unnest(?, ?)");
  }

  void removeKeys(Connection connection, List<KeyChange> lost) throws SQLException {
    changeKeys(
        connection,
        lost,
        "delete from match_key m using unnest(?, ?) g(key, id)"
            + " where m.key = g.key and m.source_record_id = g.id");
  }

  private static void changeKeys(Connection connection, List<KeyChange> changes, String sql)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, changes, KeyChange::key));
      statement.setArray(2, Columns.numbers(connection, changes, KeyChange::recordId));
      statement.executeUpdate();
    }
  }

  private static final String NEW_VALUES =
      " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " n(id, spoke, record_id, customer_id, deleted, content, since, snapshot_at, consents,"
          + " preferences, keys, rule)";

  void insert(Connection connection, List<StoredRecord> records, Instant now) throws SQLException {
    write(
        connection,
        records,
        now,
        "insert into source_record (linked_at, seen_at, id, spoke, record_id, customer_id, deleted,"
            + " content, since, snapshot_at, consents, preferences, keys, rule)"
            + " select ?::timestamptz, ?::timestamptz, n.id, n.spoke, n.record_id,"
            + " n.customer_id::uuid, n.deleted::boolean, n.content::json, n.since::json,"
            + " n.snapshot_at::timestamptz, n.consents::json, n.preferences::json,"
            + " n.keys::bigint[], n.rule"
            + NEW_VALUES);
  }

  void update(Connection connection, List<StoredRecord> records, Instant now) throws SQLException {
    write(
        connection,
        records,
        now,
        "update source_record s set linked_at = case when s.customer_id = n.customer_id::uuid"
            + " then s.linked_at else ?::timestamptz end, seen_at = ?::timestamptz,"
            + " customer_id = n.customer_id::uuid, deleted = n.deleted::boolean,"
            + " content = n.content::json, since = n.since::json,"
            + " snapshot_at = n.snapshot_at::timestamptz, consents = n.consents::json,"
            + " preferences = n.preferences::json, keys = n.keys::bigint[], rule = n.rule"
            + NEW_VALUES
            + " where s.id = n.id");
  }

  private static void write(
      Connection connection, List<StoredRecord> records, Instant now, String sql)
      throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setString(2, now.toString());
      statement.setArray(3, Columns.numbers(connection, records, StoredRecord::id));
      setTexts(connection, statement, records);
      statement.executeUpdate();
    }
  }

  private static void setTexts(
      Connection connection, PreparedStatement statement, List<StoredRecord> records)
      throws SQLException {
    statement.setArray(4, Columns.text(connection, records, r -> r.key().spoke()));
    statement.setArray(5, Columns.text(connection, records, r -> r.key().recordId()));
    statement.setArray(6, Columns.text(connection, records, StoredRecord::customerId));
    statement.setArray(7, Columns.text(connection, records, StoredRecord::deleted));
    statement.setArray(8, Columns.text(connection, records, r -> CanonicalJson.text(r.content())));
    statement.setArray(9, Columns.text(connection, records, r -> CanonicalJson.text(r.since())));
    statement.setArray(10, Columns.text(connection, records, StoredRecord::snapshotAt));
    statement.setArray(
        11, Columns.text(connection, records, r -> CanonicalJson.text(r.consents())));
    statement.setArray(
        12, Columns.text(connection, records, r -> CanonicalJson.text(r.preferences())));
    statement.setArray(13, Columns.text(connection, records, r -> arrayLiteral(r.keys())));
    statement.setArray(14, Columns.text(connection, records, StoredRecord::rule));
  }

  static String arrayLiteral(long[] keys) {
    var literal = new StringBuilder("{");
    for (long key : keys) {
      literal.append(literal.length() > 1 ? "," : "").append(key);
    }
    return literal.append('}').toString();
  }

  private static List<StoredRecord> read(PreparedStatement statement) throws SQLException {
    var records = new ArrayList<StoredRecord>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        records.add(read(rows));
      }
    }
    return records;
  }

  static StoredRecord read(ResultSet row) throws SQLException {
    var snapshotAt = row.getObject(8, OffsetDateTime.class);
    return new StoredRecord(
        row.getLong(1),
        new SourceKey(row.getString(2), row.getString(3)),
        row.getObject(4, UUID.class),
        row.getBoolean(5),
        CanonicalJson.read(row.getString(6), Customer.class),
        CanonicalJson.readMap(row.getString(7), Instant.class),
        snapshotAt == null ? null : snapshotAt.toInstant(),
        CanonicalJson.readList(row.getString(9), StatedConsent.class),
        CanonicalJson.readList(row.getString(10), Preference.class),
        unboxed((Long[]) row.getArray(11).getArray()),
        row.getString(12));
  }

  static long[] unboxed(Long[] keys) {
    return Arrays.stream(keys).mapToLong(Long::longValue).toArray();
  }
}
