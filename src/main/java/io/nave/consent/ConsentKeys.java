package io.nave.consent;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys under which the personal parts of ledger entries are kept, one a source record. */
final class ConsentKeys {
  private ConsentKeys() {}

  /** A record's key. */
  record Key(long id, byte[] secret) {}

  private static final String MADE =
      """
      with made as (
        insert into consent_key (spoke, record_id, key)
        select n.spoke, n.record_id, n.key from unnest(?, ?, ?) n(spoke, record_id, key)
        order by n.spoke, n.record_id
        on conflict do nothing returning spoke, record_id, id, key)
      select * from made
      """;

  private static final String THERE =
      "select k.spoke, k.record_id, k.id, k.key from unnest(?, ?) n(spoke, record_id)"
          + " join consent_key k on k.spoke = n.spoke and k.record_id = n.record_id";

  /** The keys of these records; who has none gets one. */
  static Map<SourceKey, Key> of(Connection connection, Collection<SourceKey> records)
      throws SQLException {
    Map<SourceKey, Key> keys = new HashMap<>();
    if (!records.isEmpty()) {
      read(connection, THERE, records, false, keys);
      var without = records.stream().filter(r -> !keys.containsKey(r)).sorted().toList();
      make(connection, without, keys);
    }
    return keys;
  }

  private static void make(Connection connection, List<SourceKey> records, Map<SourceKey, Key> keys)
      throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    read(connection, MADE, records, true, keys);
    var others = records.stream().filter(r -> !keys.containsKey(r)).toList();
    if (!others.isEmpty()) { // made by somebody else meanwhile, who has committed by now
      read(connection, THERE, others, false, keys);
    }
  }

  private static void read(
      Connection connection,
      String sql,
      Collection<SourceKey> records,
      boolean make,
      Map<SourceKey, Key> keys)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, records, SourceKey::recordId));
      if (make) {
        var fresh = records.stream().map(r -> Personal.newKey()).toArray(byte[][]::new);
        statement.setArray(3, connection.createArrayOf("bytea", fresh));
      }
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var record = new SourceKey(rows.getString(1), rows.getString(2));
          keys.put(record, new Key(rows.getLong(3), rows.getBytes(4)));
        }
      }
    }
  }

  /** Destroys these records' keys, and notes it; returns how many there were. */
  static int destroy(
      Connection connection, Collection<SourceKey> records, String reason, String by, String at)
      throws SQLException {
    var sql =
        """
        with gone as (
          delete from consent_key k using unnest(?, ?) n(spoke, record_id)
          where k.spoke = n.spoke and k.record_id = n.record_id
          returning k.spoke, k.record_id, k.id)
        insert into consent_erasure (spoke, record_id, key_id, reason, by, at)
        select spoke, record_id, id, ?, ?, ?::timestamptz from gone
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, records, SourceKey::recordId));
      statement.setString(3, reason);
      statement.setString(4, by);
      statement.setString(5, at);
      return statement.executeUpdate();
    }
  }
}
