package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.platform.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The numbers of a customer's ledger entries, by what they say. */
final class LedgerNumbers {
  private final Map<Said, Long> numbers = new HashMap<>();

  private record Said(
      String purpose, String channel, String topic, String brand, String state, Instant at) {}

  /** Those of all records that are this customer's now. */
  static LedgerNumbers of(Connection connection, UUID customer) throws SQLException {
    var sql =
        "select e.id, e.purpose, e.channel, e.topic, e.brand, e.state, e.decided_at"
            + " from consent_entry e join source_record s"
            + " on s.spoke = e.spoke and s.record_id = e.record_id"
            + " where s.customer_id = ? order by e.id";
    var numbers = new LedgerNumbers();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customer);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var said =
              new Said(
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5),
                  rows.getString(6),
                  Columns.instant(rows, 7));
          numbers.numbers.put(said, rows.getLong(1));
        }
      }
    }
    return numbers;
  }

  /** The latest that says so; null where there is none. */
  Long of(Consent.Subject subject, Consent.State state, Instant decidedAt) {
    return numbers.get(
        new Said(
            subject.purpose(),
            subject.channel(),
            subject.topic(),
            subject.brand(),
            state.name(),
            decidedAt));
  }
}
