package io.nave.sync;

import io.nave.sync.NoticeRows.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who does not know yet, over all customers; and how long it took those who do. */
@ApplicationScoped
public class LateConsents {
  /** So many changes are looked at for the times. */
  private static final int MOST_CHANGES = 100_000;

  private static final String OPEN =
      "n.replaced_at is null and n.state in ('pending', 'sent', 'failed')";

  private final Transactions transactions;
  private final Clock clock;

  LateConsents(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What to list. */
  public enum Which {
    OPEN("true"),
    LATE("n.deadline < ?::timestamptz"),
    PENDING("n.state = 'pending'"),
    SENT("n.state = 'sent'"),
    FAILED("n.state = 'failed'");

    private final String condition;

    Which(String condition) {
      this.condition = condition;
    }
  }

  /**
   * One of a list.
   *
   * @param id its place in the list
   */
  public record Open(long id, UUID customerId, Knowing knowing) {}

  /** The next of a list, in the order in which they became known. */
  public List<Open> list(Which which, long after, int most) {
    var now = clock.instant();
    var sql =
        "select "
            + NoticeRows.COLUMNS
            + " from consent_notice n where "
            + OPEN
            + " and n.id > ? and "
            + which.condition
            + " order by n.id limit ?";
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            int at = 1;
            statement.setLong(at++, after);
            if (which == Which.LATE) {
              statement.setString(at++, now.toString());
            }
            statement.setInt(at, most);
            return NoticeRows.read(statement, now).stream().map(LateConsents::open).toList();
          }
        });
  }

  /** The next that are late and of which nobody was told. */
  List<Open> untold(Connection connection, int most) throws SQLException {
    var now = clock.instant();
    var sql =
        "select "
            + NoticeRows.COLUMNS
            + " from consent_notice n where "
            + OPEN
            + " and n.deadline < ?::timestamptz and n.told_at is null order by n.deadline, n.id"
            + " limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setInt(2, most);
      return NoticeRows.read(statement, now).stream().map(LateConsents::open).toList();
    }
  }

  private static Open open(Row row) {
    return new Open(row.id(), row.customer(), row.knowing());
  }

  /** How many notices of a spoke are open, late and failed. */
  public record Count(String spoke, long open, long late, long failed) {}

  /** By spoke; those with nothing open are absent. */
  public List<Count> counts() {
    var sql =
        "select n.spoke, count(*), count(*) filter (where n.deadline < ?::timestamptz),"
            + " count(*) filter (where n.state = 'failed') from consent_notice n where "
            + OPEN
            + " group by 1 order by 1";
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, clock.instant().toString());
            var counts = new ArrayList<Count>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                counts.add(
                    new Count(
                        rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
              }
            }
            return counts;
          }
        });
  }

  private static final String TIMES =
      """
      select extract(epoch from max(n.confirmed_at) - n.decided_at)
      from consent_notice n
      where n.noticed_at >= ?::timestamptz and n.state <> 'cannot-hold'
        and (n.replaced_at is null or n.confirmed_at is not null)
        and n.decided_at > n.noticed_at - make_interval(secs => ?)
      group by n.customer_id, n.purpose, n.channel, n.topic, n.brand, n.bound_to, n.consent,
        n.decided_at
      having bool_and(n.confirmed_at is not null)
      limit
      """
          + " "
          + MOST_CHANGES;

  /**
   * How long it took from each act to the last system that confirmed it, of the acts since then
   * that all systems have confirmed; in no order. Only acts count that the hub heard of at once.
   */
  public List<Duration> times(Instant since) {
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(TIMES)) {
            statement.setString(1, since.toString());
            statement.setDouble(2, ConsentTimes.LIVE.toSeconds());
            return durations(statement);
          }
        });
  }

  private static List<Duration> durations(java.sql.PreparedStatement statement)
      throws SQLException {
    var times = new ArrayList<Duration>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        times.add(Duration.ofMillis(Math.max(0, Math.round(rows.getDouble(1) * 1000))));
      }
    }
    return times;
  }
}
