package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;

/** How many requests all instances of the hub made of a spoke in a day. */
@ApplicationScoped
class DayUse {
  private final Transactions transactions;

  DayUse(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Adds some, or none; yields how many there are now. */
  long add(String spoke, LocalDate day, long more) {
    return transactions.call(
        connection -> more == 0 ? read(connection, spoke, day) : add(connection, spoke, day, more));
  }

  private static long add(Connection connection, String spoke, LocalDate day, long more)
      throws SQLException {
    var sql =
        "insert into spoke_use as u (spoke, day, n) values (?, ?, ?)"
            + " on conflict (spoke, day) do update set n = u.n + excluded.n returning n";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setObject(2, day);
      statement.setLong(3, more);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static long read(Connection connection, String spoke, LocalDate day) throws SQLException {
    var sql = "select n from spoke_use where spoke = ? and day = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setObject(2, day);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }
}
