package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What reconciling needs of the deliveries: what the hub wrote to a record, to know it again. */
@ApplicationScoped
class Deliveries {

  /** What a record is known to hold, and what is being written to it; either may be null. */
  record Written(Held held, Held intent) {}

  /** What the hub wrote to these records; those it never wrote to are absent. */
  Map<SourceKey, Written> held(Connection connection, Collection<SourceKey> keys)
      throws SQLException {
    var sql =
        "select d.spoke, d.target, d.held, d.intent from delivery d"
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
              new Written(read(rows.getString(3)), read(rows.getString(4))));
        }
      }
      return written;
    }
  }

  /** Notes what the spokes themselves changed in records that the hub had written to. */
  void hold(Connection connection, Map<SourceKey, Held> held) throws SQLException {
    if (held.isEmpty()) {
      return;
    }
    var sql =
        "update delivery d set held = u.held::json from unnest(?, ?, ?) u(spoke, target, held)"
            + " where d.spoke = u.spoke and d.target = u.target";
    var rows = List.copyOf(held.entrySet());
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, rows, row -> row.getKey().spoke()));
      statement.setArray(2, Columns.text(connection, rows, row -> row.getKey().recordId()));
      statement.setArray(
          3, Columns.text(connection, rows, row -> CanonicalJson.text(row.getValue())));
      statement.executeUpdate();
    }
  }

  private static Held read(String json) {
    return json == null ? null : CanonicalJson.read(json, Held.class);
  }
}
