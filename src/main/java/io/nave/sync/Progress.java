package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far each partition of the log is reconciled, kept in the same transaction as the outcome: an
 * observation that is read again after a crash is recognised by its offset.
 */
@ApplicationScoped
class Progress {

  /** A partition of a topic. */
  record Part(String topicId, int partition) {}

  /** Locks these partitions and tells the first offset of each that is not reconciled yet. */
  Map<Part, Long> lock(Connection connection, Collection<Part> parts) throws SQLException {
    var next = lockKnown(connection, parts);
    if (next.size() < parts.size()) {
      begin(connection, parts);
      return lockKnown(connection, parts);
    }
    return next;
  }

  private static Map<Part, Long> lockKnown(Connection connection, Collection<Part> parts)
      throws SQLException {
    var sql =
        "select p.topic_id, p.part, p.next from unnest(?, ?) u(t, n) join progress p"
            + " on p.topic_id = u.t and p.part = u.n order by p.topic_id, p.part for update of p";
    try (var statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parts);
      var next = new HashMap<Part, Long>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          next.put(new Part(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
      return next;
    }
  }

  private static void begin(Connection connection, Collection<Part> parts) throws SQLException {
    var sql =
        "insert into progress (topic_id, part, next) select t, n, 0 from unnest(?, ?) u(t, n)"
            + " order by t, n on conflict do nothing";
    try (var statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parts);
      statement.executeUpdate();
    }
  }

  private static void bind(
      Connection connection, PreparedStatement statement, Collection<Part> parts)
      throws SQLException {
    statement.setArray(1, Columns.text(connection, parts, Part::topicId));
    statement.setArray(2, Columns.numbers(connection, parts, Part::partition));
  }

  /** Moves on. {@code invalid} counts those among them that went to quarantine. */
  void advance(Connection connection, Map<Part, Long> next, Map<Part, Long> invalid)
      throws SQLException {
    var sql =
        "update progress p set next = u.next, invalid = p.invalid + u.invalid"
            + " from unnest(?, ?, ?, ?) u(topic_id, part, next, invalid)"
            + " where p.topic_id = u.topic_id and p.part = u.part";
    var parts = List.copyOf(next.keySet());
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, parts, Part::topicId));
      statement.setArray(2, Columns.numbers(connection, parts, Part::partition));
      statement.setArray(3, Columns.numbers(connection, parts, next::get));
      statement.setArray(
          4, Columns.numbers(connection, parts, part -> invalid.getOrDefault(part, 0L)));
      statement.executeUpdate();
    }
  }
}
