package io.nave.sync;

import io.nave.consent.ConsentFold;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * When the first of a customer's consents ends by itself, in the table {@code consent_end}. A row
 * may be too early, never too late. In the caller's transaction.
 */
@ApplicationScoped
class ConsentEnds {
  private final ConsentFold fold;

  ConsentEnds(ConsentFold fold) {
    this.fold = fold;
  }

  /** Notes when something of these customers will end; costs nothing where nothing does. */
  void note(Connection connection, Map<UUID, List<StoredRecord>> members, Instant now)
      throws SQLException {
    var ends = new TreeMap<UUID, Instant>();
    members.forEach(
        (customer, records) -> {
          var entries = GoldenState.entries(records);
          if (entries.stream().anyMatch(fold::mayEnd)) {
            ConsentFold.nextEnd(fold.fold(entries, now)).ifPresent(at -> ends.put(customer, at));
          }
        });
    if (!ends.isEmpty()) {
      write(connection, ends);
    }
  }

  private static void write(Connection connection, Map<UUID, Instant> ends) throws SQLException {
    var sql =
        "insert into consent_end as e (customer_id, at)"
            + " select id::uuid, at::timestamptz from unnest(?, ?) u(id, at)"
            + " on conflict (customer_id) do update set at = excluded.at where e.at <> excluded.at";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, ends.keySet(), UUID::toString));
      statement.setArray(2, Columns.text(connection, ends.values(), Instant::toString));
      statement.executeUpdate();
    }
  }

  /** Some of the customers of whom something has ended, the longest ago first. */
  List<UUID> due(Connection connection, Instant now, int most) throws SQLException {
    var sql =
        "select customer_id from consent_end where at <= ?::timestamptz order by at limit " + most;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      var due = new ArrayList<UUID>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(rows.getObject(1, UUID.class));
        }
      }
      return due;
    }
  }

  /** What had ended by then is done with. */
  void done(Connection connection, Collection<UUID> customers, Instant now) throws SQLException {
    var sql = "delete from consent_end where customer_id = any(?::uuid[]) and at <= ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      statement.setString(2, now.toString());
      statement.executeUpdate();
    }
  }
}
