package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.golden.GoldenRecords;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The records that customers' own acts become. Each belongs to the record through which the
 * customer came (its anchor): a decision of the hub holds the two together, so that a merge or an
 * unmerge takes both. In the caller's transaction.
 */
@ApplicationScoped
class CentreRecords {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SourceRecords records;
  private final GoldenRecords golden;

  CentreRecords(SourceRecords records, GoldenRecords golden) {
    this.records = records;
    this.golden = golden;
  }

  /** The anchor's customer, locked until the commit; null where nobody has observed the anchor. */
  UUID lockCustomer(Connection connection, SourceKey anchor) throws SQLException {
    var customer = customerOf(connection, anchor);
    if (customer == null) {
      return null;
    }
    golden.lock(connection, List.of(customer));
    if (!customer.equals(customerOf(connection, anchor))) {
      throw new SQLException("the record moved meanwhile", "40001");
    }
    return customer;
  }

  /** The record of what is done through the anchor, made where there is none. */
  SourceKey of(Connection connection, SourceKey anchor, UUID customer, Instant now)
      throws SQLException {
    var known = claim(connection, anchor);
    if (customer.equals(customerOf(connection, known))) {
      return known;
    }
    var own = isNew(connection, known) ? known : renew(connection, anchor);
    insert(connection, own, customer, now);
    tie(connection, own, anchor, now);
    return own;
  }

  private UUID customerOf(Connection connection, SourceKey key) throws SQLException {
    var record = records.read(connection, List.of(key)).get(key);
    return record == null ? null : record.customerId();
  }

  private boolean isNew(Connection connection, SourceKey key) throws SQLException {
    return records.read(connection, List.of(key)).isEmpty();
  }

  /** Whoever comes first decides the name; the others wait for the commit and take the same. */
  private static SourceKey claim(Connection connection, SourceKey anchor) throws SQLException {
    var sql =
        "insert into centre_record as c (anchor_spoke, anchor_record, record_id) values (?, ?, ?)"
            + " on conflict (anchor_spoke, anchor_record) do update set record_id = c.record_id"
            + " returning record_id";
    return named(connection, sql, anchor);
  }

  /** A steward has taken the old one away from the anchor: what is done from now on is apart. */
  private static SourceKey renew(Connection connection, SourceKey anchor) throws SQLException {
    var sql =
        "insert into centre_record (anchor_spoke, anchor_record, record_id) values (?, ?, ?)"
            + " on conflict (anchor_spoke, anchor_record)"
            + " do update set record_id = excluded.record_id returning record_id";
    return named(connection, sql, anchor);
  }

  private static SourceKey named(Connection connection, String sql, SourceKey anchor)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, anchor.spoke());
      statement.setString(2, anchor.recordId());
      statement.setString(3, new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new SourceKey(Act.SPOKE, rows.getString(1));
      }
    }
  }

  private static void insert(Connection connection, SourceKey own, UUID customer, Instant now)
      throws SQLException {
    var sql =
        "insert into source_record (id, spoke, record_id, customer_id, content, since, rule,"
            + " linked_at, seen_at) values (nextval('source_record_id'), ?, ?, ?, '{}', '{}',"
            + " 'the customer herself', ?::timestamptz, ?::timestamptz)";
    try (var statement = connection.prepareStatement(sql)) {
      key(statement, 1, own);
      statement.setObject(3, customer);
      statement.setString(4, now.toString());
      statement.setString(5, now.toString());
      statement.executeUpdate();
    }
  }

  private static void tie(Connection connection, SourceKey own, SourceKey anchor, Instant now)
      throws SQLException {
    var sql =
        "insert into decision (a_spoke, a_record, b_spoke, b_record, same, decided_by, decided_at)"
            + " values (?, ?, ?, ?, true, ?, ?::timestamptz)";
    try (var statement = connection.prepareStatement(sql)) {
      key(statement, 1, own);
      key(statement, 3, anchor);
      statement.setString(5, StewardDecision.HUB);
      statement.setString(6, now.toString());
      statement.executeUpdate();
    }
  }

  private static void key(PreparedStatement statement, int at, SourceKey key) throws SQLException {
    statement.setString(at, key.spoke());
    statement.setString(at + 1, key.recordId());
  }
}
