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

  /** Adds a customer each; {@code urgent} ones take the fast lane, too. */
  void add(Connection connection, Collection<UUID> customers, boolean urgent) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    var sql = "insert into outbox (customer_id, urgent) select c::uuid, ? from unnest(?) c";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setBoolean(1, urgent);
      statement.setArray(2, Columns.text(connection, customers, UUID::toString));
      statement.executeUpdate();
    }
  }
}
