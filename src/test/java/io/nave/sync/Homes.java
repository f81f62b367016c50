package io.nave.sync;

import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Finds records' customers. */
@ApplicationScoped
public class Homes {
  private final Transactions transactions;
  private final SourceRecords records;

  Homes(Transactions transactions, SourceRecords records) {
    this.transactions = transactions;
    this.records = records;
  }

  static SourceKey key(String text) throws IllegalArgumentException {
    var parts = text.split(":", 2);
    return new SourceKey(parts[0], parts[1]);
  }

  /** The customer of a record. */
  public UUID customerOf(String record) {
    return transactions.call(
        connection -> {
          var found = records.read(connection, List.of(key(record)));
          if (found.isEmpty()) {
            throw new SQLException("no record " + record);
          }
          return found.get(key(record)).customerId();
        });
  }
}
