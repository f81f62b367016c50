package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/** Customers that are to be published, written in the transaction that changed them. */
@ApplicationScoped
class Outbox {

  /** A customer that is to be published; an {@code urgent} one takes the fast lane, too. */
  record Entry(UUID customer, boolean urgent, Origin origin) {}

  /** Adds an entry each. */
  void add(Connection connection, Collection<Entry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return;
    }
    var sql =
        "insert into outbox (customer_id, urgent, observed_at, trace)"
            + " select c::uuid, u::boolean, at::timestamptz, t from unnest(?, ?, ?, ?) x(c, u, at, t)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, entries, Entry::customer));
      statement.setArray(2, Columns.text(connection, entries, Entry::urgent));
      statement.setArray(3, Columns.text(connection, entries, one -> one.origin().observedAt()));
      statement.setArray(4, Columns.text(connection, entries, one -> one.origin().trace()));
      statement.executeUpdate();
    }
  }
}
