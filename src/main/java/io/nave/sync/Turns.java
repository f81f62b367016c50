package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Who resolves records does so in turns, one transaction after the other, over all hub instances.
 * Looking is done before, by many at once; a turn tells what has changed since, so that only that
 * is looked at again. A turn is had until the transaction ends, and counts only if it commits.
 *
 * <p>Turns come after the progress of partitions and before the customers in the order of locks.
 */
@ApplicationScoped
class Turns {
  /** So many turns are remembered; who looked before them has to look again. */
  private static final int KEPT = 500;

  /**
   * A turn.
   *
   * @param records those that were compared anew since the look
   * @param worn the keys that were worn out since the look
   */
  record Turn(long number, Set<Long> records, Set<Long> worn) {}

  /** The last turn that was committed: ask before looking. */
  long last(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select turn from resolution");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * Waits for a turn.
   *
   * @param seen what {@link #last} told before the look
   * @throws SQLException 40001 where so much has changed that everything is to be looked at again
   */
  Turn take(Connection connection, long seen) throws SQLException {
    var turn = new Turn(next(connection), new HashSet<>(), new HashSet<>());
    if (turn.number() - 1 > seen) {
      catchUp(connection, turn, seen);
    }
    return turn;
  }

  /** Waits for a turn without having looked. */
  long next(Connection connection) throws SQLException {
    var sql = "update resolution set turn = turn + 1 returning turn";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void catchUp(Connection connection, Turn turn, long seen) throws SQLException {
    long missing = turn.number() - 1 - seen;
    var sql = "select records, worn from resolution_turn where turn > ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, seen);
      try (var rows = statement.executeQuery()) {
        for (; rows.next(); missing--) {
          if (rows.getArray(1) == null) {
            throw again();
          }
          take(rows, 1, turn.records());
          take(rows, 2, turn.worn());
        }
      }
    }
    if (missing > 0) {
      throw again();
    }
  }

  private static void take(ResultSet row, int column, Set<Long> into) throws SQLException {
    into.addAll(Arrays.asList((Long[]) row.getArray(column).getArray()));
  }

  private static SQLException again() {
    return new SQLException("too much changed meanwhile", "40001");
  }

  /**
   * Tells the others what was done in this turn.
   *
   * @param records those that were compared anew; null for all, and all keys
   */
  void note(Connection connection, long turn, Collection<Long> records, Collection<Long> worn)
      throws SQLException {
    var sql =
        "with old as (delete from resolution_turn where turn <= ?)"
            + " insert into resolution_turn (turn, records, worn) values (?, ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, turn - KEPT);
      statement.setLong(2, turn);
      statement.setArray(
          3, records == null ? null : Columns.numbers(connection, records, Long::longValue));
      statement.setArray(4, Columns.numbers(connection, worn, Long::longValue));
      statement.executeUpdate();
    }
  }
}
