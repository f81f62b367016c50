package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many customers and records there are. PostgreSQL counts by reading all of them, which takes
 * the longer the more there are: counting that takes long is not done again before twenty times as
 * long have passed, however often somebody asks.
 */
@ApplicationScoped
class Census {
  private static final long QUICK_NANOS = 100_000_000;
  private static final int SHARE = 20;

  private static final String CUSTOMERS = "select count(*) from customer where redirect_to is null";
  private static final String RECORDS =
      "select spoke, count(*), count(*) filter (where not deleted) from source_record group by 1";

  private final LongSupplier nanoTime;
  private Counts last;
  private long until;

  Census() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime the time now
   */
  Census(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * What was counted.
   *
   * @param customers golden records that are not merged into others
   * @param records those that are deleted included
   * @param bySpoke the records of each spoke that are not deleted
   */
  record Counts(long customers, long records, Map<String, Long> bySpoke) {
    long of(String spoke) {
      return bySpoke.getOrDefault(spoke, 0L);
    }
  }

  /** The counts now, or of a moment ago. */
  synchronized Counts counts(Connection connection) throws SQLException {
    long began = nanoTime.getAsLong();
    if (last == null || began - until >= 0) {
      last = count(connection);
      long ended = nanoTime.getAsLong();
      long took = ended - began;
      until = took > QUICK_NANOS ? ended + took * SHARE : ended;
    }
    return last;
  }

  private static Counts count(Connection connection) throws SQLException {
    long customers;
    try (var statement = connection.prepareStatement(CUSTOMERS);
        var rows = statement.executeQuery()) {
      rows.next();
      customers = rows.getLong(1);
    }
    long records = 0;
    var bySpoke = new HashMap<String, Long>();
    try (var statement = connection.prepareStatement(RECORDS);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        records += rows.getLong(2);
        bySpoke.put(rows.getString(1), rows.getLong(3));
      }
    }
    return new Counts(customers, records, bySpoke);
  }
}
