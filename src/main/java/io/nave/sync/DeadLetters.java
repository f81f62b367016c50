package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Deliveries that a system would not take: to look at, to try again, and to give up. */
@ApplicationScoped
public class DeadLetters {
  private static final int PAGE = 1000;
  private static final String SELECTED =
      "d.state = 'failed' and "
          + Selection.condition("d.spoke", "d.error_kind", "coalesce(d.error, '')", "d.target");

  private final Transactions transactions;
  private final Spokes spokes;
  private final Couriers couriers;
  private final OperatorActs acts;
  private final Clock clock;

  DeadLetters(
      Transactions transactions, Spokes spokes, Couriers couriers, OperatorActs acts, Clock clock) {
    this.transactions = transactions;
    this.spokes = spokes;
    this.couriers = couriers;
    this.acts = acts;
    this.clock = clock;
  }

  /**
   * A delivery that failed.
   *
   * @param target the record's id in the system, or {@code +} and the customer's id where a record
   *     was to be created
   * @param kind what kind of failure it was
   * @param attempts how often it was tried
   * @param noticedAt when the change that is to be delivered became known
   * @param failedAt when it was tried last
   * @param payload what would be sent now; null where the system takes no deliveries any more, or
   *     cannot hold the customer
   * @param held what the record is known to hold now, in the same shape; null where it is to be
   *     created
   */
  public record Letter(
      String spoke,
      String target,
      UUID customerId,
      long version,
      String kind,
      String error,
      int attempts,
      Instant noticedAt,
      Instant failedAt,
      JsonNode payload,
      JsonNode held) {}

  /** How many are meant. */
  public long count(Selection which) {
    return transactions.call(
        connection -> {
          try (var statement =
              connection.prepareStatement("select count(*) from delivery d where " + SELECTED)) {
            which.set(statement, 1);
            try (var rows = statement.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  private static final String LIST =
      """
      select d.spoke, d.target, c.id, c.version, d.error_kind, d.error, d.attempts, d.noticed_at,
        d.done_at, c.state, coalesce(d.seen, d.held), s.content, s.consents, s.preferences
      from delivery d
      left join source_record s on s.spoke = d.spoke and s.record_id = d.target
      join customer c on c.id = coalesce(s.customer_id, d.customer_id)
      where
      """
          + SELECTED
          + " and (?::text is null or (d.spoke, d.target) > (?, ?))"
          + " order by d.spoke, d.target limit ?";

  /**
   * Those that are meant, in the order of their systems and targets.
   *
   * @param after the last one of the page before; null: from the beginning
   */
  public List<Letter> list(Selection which, SourceKey after, int most) {
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(LIST)) {
            int at = which.set(statement, 1);
            statement.setString(at++, after == null ? null : after.spoke());
            statement.setString(at++, after == null ? null : after.spoke());
            statement.setString(at++, after == null ? null : after.recordId());
            statement.setInt(at, most);
            var letters = new ArrayList<Letter>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                letters.add(letter(rows));
              }
            }
            return letters;
          }
        });
  }

  private Letter letter(ResultSet row) throws SQLException {
    var target = row.getString(2);
    var customer = row.getObject(3, UUID.class);
    var known =
        Held.known(row.getString(11), row.getString(12), row.getString(13), row.getString(14));
    var state = CanonicalJson.parse(row.getString(10));
    boolean creation = target.startsWith(DeliveryQueue.TO_CREATE);
    var spoke = row.getString(1);
    var view = new Spoke.View(creation ? null : target, customer, row.getLong(4), state);
    return new Letter(
        spoke,
        target,
        customer,
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        instant(row, 8),
        instant(row, 9),
        record(spoke, view),
        creation || known == null
            ? null
            : record(spoke, new Spoke.View(target, customer, view.version(), known.view())));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  /** What fails as the delivery itself failed has no payload. */
  private JsonNode record(String spoke, Spoke.View view) {
    try {
      return spokes.receiving().stream()
          .filter(one -> one.name().equals(spoke))
          .findFirst()
          .flatMap(one -> one.toRecord(view))
          .orElse(null);
    } catch (RuntimeException broken) {
      return null;
    }
  }

  /** Tries them again from the beginning; yields how many. */
  public long retry(Selection which, String by) {
    var sql =
        "update delivery d set state = 'due', attempts = 0, due_at = ?::timestamptz,"
            + " claimed_until = null where "
            + SELECTED;
    long n = change(sql, which, by, "retry", null);
    couriers.wake(true);
    couriers.wake(false);
    return n;
  }

  /**
   * Gives them up. The next change of a customer tries hers again by itself.
   *
   * @param reason for those who ask later
   */
  public long discard(Selection which, String reason, String by) {
    var sql =
        "update delivery d set state = 'discarded', due_at = null, done_at = ?::timestamptz where "
            + SELECTED;
    return change(sql, which, by, "discard", reason);
  }

  private long change(String sql, Selection which, String by, String act, String reason) {
    return transactions.call(
        connection -> {
          lock(connection, which);
          long n;
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, clock.instant().toString());
            which.set(statement, 2);
            n = statement.executeUpdate();
          }
          acts.note(connection, by, act, which.json().put("of", "dead letters"), n, reason);
          return n;
        });
  }

  /** In the order in which everybody locks deliveries. */
  private static void lock(Connection connection, Selection which) throws SQLException {
    var sql =
        "select 1 from delivery d where " + SELECTED + " order by d.spoke, d.target for update";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(PAGE);
      which.set(statement, 1);
      statement.executeQuery().close();
    }
  }
}
