package io.nave;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees observations being committed, from outside: {@code progress} moves in the transaction that
 * writes the golden records and the outbox, so an offset that is passed there is committed. Looked
 * at every few milliseconds, so that a time is late by at most that much, never early.
 */
final class BenchCommits implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement look;
  private final Map<Integer, Long> next = new HashMap<>();

  /**
   * @param topicId the identity that Kafka gave to the log of observations
   */
  BenchCommits(Connection connection, String topicId) throws SQLException {
    this.connection = connection;
    this.look = connection.prepareStatement("select part, next from progress where topic_id = ?");
    look.setString(1, topicId);
  }

  /** Looks now. */
  Map<Integer, Long> look() throws SQLException {
    try (var rows = look.executeQuery()) {
      while (rows.next()) {
        next.put(rows.getInt(1), rows.getLong(2));
      }
    }
    return next;
  }

  long total() {
    return next.values().stream().mapToLong(Long::longValue).sum();
  }

  /** True once the outbox is empty. */
  boolean isPublished() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select not exists (select 1 from outbox)")) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
