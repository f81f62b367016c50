package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
   * What was done in turns.
   *
   * @param records by turn, those that were compared anew
   * @param worn the keys that were worn out
   */
  record Done(SortedMap<Long, Set<Long>> records, Set<Long> worn) {
    Set<Long> allRecords() {
      var all = new HashSet<Long>();
      records.values().forEach(all::addAll);
      return all;
    }

    /** Adds a turn; one that is not there, or did everything anew, is left out. */
    private void add(ResultSet row, int turn) throws SQLException {
      if (row.getArray(turn + 1) != null) {
        records.put(row.getLong(turn), numbers(row, turn + 1));
        worn.addAll(numbers(row, turn + 2));
      }
    }

    private Optional<Done> ifAllOf(long turns) {
      return records.size() == Math.max(0, turns) ? Optional.of(this) : Optional.empty();
    }

    private static Set<Long> numbers(ResultSet row, int column) throws SQLException {
      return Set.of((Long[]) row.getArray(column).getArray());
    }
  }

  /**
   * The last turn that was committed.
   *
   * @param since what was done after a turn, up to the last; empty where nobody can tell
   */
  record Last(long turn, Optional<Done> since) {}

  /** Ask before looking. */
  Last last(Connection connection, long after) throws SQLException {
    var sql =
        "select r.turn, t.turn, t.records, t.worn from resolution r left join resolution_turn t"
            + " on t.turn > ? and t.turn <= r.turn and r.turn - ? <= "
            + KEPT;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, after);
      statement.setLong(2, after);
      try (var rows = statement.executeQuery()) {
        long last = 0;
        var done = new Done(new TreeMap<>(), new HashSet<>());
        while (rows.next()) {
          last = rows.getLong(1);
          done.add(rows, 2);
        }
        return new Last(last, done.ifAllOf(last - after));
      }
    }
  }

  /** Waits for a turn, and yields its number. */
  long take(Connection connection) throws SQLException {
    var sql = "update resolution set turn = turn + 1 returning turn";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /**
   * What was done after one turn, up to another one; empty where so much has changed, or so long
   * ago, that nobody can tell.
   */
  Optional<Done> between(Connection connection, long after, long last) throws SQLException {
    var done = new Done(new TreeMap<>(), new HashSet<>());
    if (last > after && last - after <= KEPT) {
      var sql = "select turn, records, worn from resolution_turn where turn > ? and turn <= ?";
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, after);
        statement.setLong(2, last);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            done.add(rows, 1);
          }
        }
      }
    }
    return done.ifAllOf(last - after);
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
