package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import io.nave.platform.FailureKind;
import io.nave.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The messages with which customers confirm what is pending, as a work queue in PostgreSQL. A claim
 * ends by itself, so that a message that a hub took away with it is sent by another one: perhaps
 * twice, never not at all. What the message says, and the link in it, are made when it is sent.
 */
@ApplicationScoped
public class Confirmations {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration DAY = Duration.ofDays(1);

  private final Transactions transactions;
  private final CentreRecords records;
  private final Clock clock;

  Confirmations(Transactions transactions, CentreRecords records, Clock clock) {
    this.transactions = transactions;
    this.records = records;
    this.clock = clock;
  }

  /**
   * What is to be confirmed.
   *
   * @param language of the message
   * @param lifetime how long its link works, from the moment of sending
   * @param most how many such messages there may be in 24 hours
   */
  public record Wanted(
      String purpose, String channel, String language, Duration lifetime, int most) {}

  /**
   * A message to be sent.
   *
   * @param attempts how often that failed
   * @param customerId null where nobody is known by the anchor any more
   * @param state of that customer, as {@code nave.customers} carries it; null likewise
   */
  public record Due(
      UUID id,
      SourceKey anchor,
      String purpose,
      String channel,
      String brand,
      String language,
      Duration lifetime,
      int attempts,
      UUID customerId,
      JsonNode state) {}

  /** What became of a message. */
  public enum State {
    /** It is tried again. */
    waiting,
    /** The spoke took it. */
    sent,
    /** It can never be sent: a dead letter. */
    failed,
    /** There is nothing to confirm any more, or nobody to write to. */
    dropped
  }

  /**
   * What became of a message.
   *
   * @param attempts how often it has failed by now
   * @param spoke to which it was handed, or null
   * @param kind of the failure, or null
   * @param error why it is not sent, without personal data, or null
   * @param again when it is tried again, or null
   */
  public record Ended(
      UUID id,
      State state,
      int attempts,
      String spoke,
      FailureKind kind,
      String error,
      Instant again) {}

  /**
   * Has a message sent. One that is still waiting to be sent serves for all who ask meanwhile.
   *
   * @param opened the link by which the customer came
   * @return false where that was asked for too often, counted for the customer, not for the link
   */
  public boolean ask(Links.Opened opened, Wanted wanted) {
    return transactions.call(connection -> ask(connection, opened.link(), wanted));
  }

  private boolean ask(Connection connection, Link link, Wanted wanted) throws SQLException {
    var customer = records.lockCustomer(connection, link.anchor());
    if (customer == null) {
      return false;
    }
    var now = clock.instant();
    var earlier = earlier(connection, customer, wanted, now.minus(DAY));
    if (earlier.waiting() == 0 && earlier.lately() < wanted.most()) {
      add(connection, link, wanted, now);
      return true;
    }
    return earlier.waiting() > 0;
  }

  private record Earlier(int waiting, int lately) {}

  private static Earlier earlier(Connection connection, UUID customer, Wanted wanted, Instant since)
      throws SQLException {
    var sql =
        """
        select count(*) filter (where f.state = 'waiting'),
               count(*) filter (where f.created_at > ?::timestamptz)
        from source_record s
        join confirmation f on f.anchor_spoke = s.spoke and f.anchor_record = s.record_id
        where s.customer_id = ? and f.purpose = ? and f.channel = ? and f.state <> 'dropped'
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, since.toString());
      statement.setObject(2, customer);
      statement.setString(3, wanted.purpose());
      statement.setString(4, wanted.channel());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new Earlier(rows.getInt(1), rows.getInt(2));
      }
    }
  }

  private static void add(Connection connection, Link link, Wanted wanted, Instant now)
      throws SQLException {
    var sql =
        "insert into confirmation (id, anchor_spoke, anchor_record, purpose, channel, brand,"
            + " language, link_lifetime, state, created_at, due_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?::timestamptz, ?::timestamptz)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, Ids.timeOrdered(now));
      statement.setString(2, link.anchor().spoke());
      statement.setString(3, link.anchor().recordId());
      statement.setString(4, wanted.purpose());
      statement.setString(5, wanted.channel());
      statement.setString(6, link.brand());
      statement.setString(7, wanted.language());
      statement.setString(8, wanted.lifetime().toString());
      statement.setString(9, now.toString());
      statement.setString(10, now.toString());
      statement.executeUpdate();
    }
  }

  private static final String CLAIM =
      """
      with due as (
        select id from confirmation where state = 'waiting' and due_at <= ?::timestamptz
          and (claimed_until is null or claimed_until < ?::timestamptz)
        order by due_at limit ? for update skip locked),
      claimed as (
        update confirmation f set claimed_until = ?::timestamptz from due where f.id = due.id
        returning f.*)
      select f.id, f.anchor_spoke, f.anchor_record, f.purpose, f.channel, f.brand, f.language,
             f.link_lifetime, f.attempts, c.id, c.state
      from claimed f
      left join source_record s on s.spoke = f.anchor_spoke and s.record_id = f.anchor_record
      left join customer c on c.id = s.customer_id
      order by f.created_at
      """;

  /** What is due, for this hub alone for two minutes. */
  public List<Due> claim(int most) {
    return transactions.call(connection -> claim(connection, most));
  }

  private List<Due> claim(Connection connection, int most) throws SQLException {
    var now = clock.instant();
    try (var statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, now.toString());
      statement.setString(2, now.toString());
      statement.setInt(3, most);
      statement.setString(4, now.plus(LEASE).toString());
      var due = new ArrayList<Due>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(read(rows));
        }
      }
      return due;
    }
  }

  private static Due read(ResultSet row) throws SQLException {
    var state = row.getString(11);
    return new Due(
        row.getObject(1, UUID.class),
        new SourceKey(row.getString(2), row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        Duration.parse(row.getString(8)),
        row.getInt(9),
        row.getObject(10, UUID.class),
        state == null ? null : CanonicalJson.parse(state));
  }

  private static final String SETTLE =
      """
      update confirmation f set state = u.state, attempts = u.attempts::integer, spoke = u.spoke,
        error_kind = u.kind, error = u.error, claimed_until = null,
        due_at = coalesce(u.again::timestamptz, f.due_at),
        sent_at = case when u.state = 'sent' then ?::timestamptz end
      from unnest(?, ?, ?, ?, ?, ?, ?) u(id, state, attempts, spoke, kind, error, again)
      where f.id = u.id::uuid and f.state = 'waiting'
      """;

  /** Ends claims. */
  public void settle(List<Ended> ended) {
    transactions.run(
        connection -> {
          try (var statement = connection.prepareStatement(SETTLE)) {
            statement.setString(1, clock.instant().toString());
            statement.setArray(2, Columns.text(connection, ended, Ended::id));
            statement.setArray(3, Columns.text(connection, ended, Ended::state));
            statement.setArray(4, Columns.text(connection, ended, Ended::attempts));
            statement.setArray(5, Columns.text(connection, ended, Ended::spoke));
            statement.setArray(6, Columns.text(connection, ended, Ended::kind));
            statement.setArray(7, Columns.text(connection, ended, Ended::error));
            statement.setArray(8, Columns.text(connection, ended, Ended::again));
            statement.executeUpdate();
          }
        });
  }
}
