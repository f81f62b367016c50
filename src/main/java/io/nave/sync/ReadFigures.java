package io.nave.sync;

import io.nave.sync.Figures.OfSpoke;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the figures with two statements. Neither looks at the records, customers or consents as a
 * whole: what it costs grows with what waits only.
 */
@ApplicationScoped
public class ReadFigures {
  private static final String SPOKES =
      """
      select s.spoke,
        coalesce(t.observed, 0), coalesce(t.delivered, 0), coalesce(t.unchanged, 0),
        coalesce(d.n, 0), d.oldest, coalesce(f.n, 0) + coalesce(c.n, 0), coalesce(i.n, 0),
        u.since, u.failure, l.holder
      from unnest(?::text[]) s(spoke)
      left join (
        select spoke, sum(n) filter (where name = 'observed') as observed,
          sum(n) filter (where name = 'delivered') as delivered,
          sum(n) filter (where name = 'unchanged') as unchanged
        from tally group by 1) t on t.spoke = s.spoke
      left join (
        select spoke, count(*) as n, min(noticed_at) as oldest
        from delivery where due_at is not null and (replay is null or state = 'due')
        group by 1) d on d.spoke = s.spoke
      left join (
        select spoke, count(*) as n from delivery where state = 'failed' group by 1) f
        on f.spoke = s.spoke
      left join (
        select spoke, count(*) as n from confirmation where state = 'failed' group by 1) c
        on c.spoke = s.spoke
      left join (
        select spoke, count(*) as n from invalid_message group by 1) i on i.spoke = s.spoke
      left join (
        select distinct on (spoke) spoke, since, kind || ': ' || failure as failure
        from source_trouble order by spoke, since) u on u.spoke = s.spoke
      left join lease l
        on l.name = 'source of ' || s.spoke and l.until > clock_timestamp()
      """;

  private static final String HUB =
      """
      select
        (select coalesce(sum(next), 0) from progress where topic_id = any(?)),
        (select count(*) from outbox),
        (select count(*) from review_task t where not exists (
          select from review_later l where l.a_customer = t.a_customer
            and l.b_customer = t.b_customer and l.until > ?::timestamptz)),
        (select count(*) from pin where pinned_by = 'hub' and retracted_at is null),
        (select count(*) from consent_unsealed),
        (select recorded_at from consent_entry
         where id = (select min(entry_id) from consent_unsealed))
      """;

  private final Transactions transactions;
  private final ObservationLog log;
  private final Spokes spokes;
  private final Clock clock;

  ReadFigures(Transactions transactions, ObservationLog log, Spokes spokes, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.spokes = spokes;
    this.clock = clock;
  }

  /** The figures now; fails where the database or the log is away. */
  public Figures now() {
    var accepted = log.accepted();
    return transactions.call(
        connection -> hub(connection, accepted, ofSpokes(connection, spokes.declared())));
  }

  /** By spoke; fails where the database is away, and does not ask the log. */
  public Map<String, OfSpoke> ofSpokes() {
    return transactions.call(connection -> ofSpokes(connection, spokes.declared()));
  }

  private Figures hub(
      Connection connection, Map<String, Long> accepted, Map<String, OfSpoke> ofSpokes)
      throws SQLException {
    var now = clock.instant();
    try (var statement = connection.prepareStatement(HUB)) {
      statement.setArray(1, connection.createArrayOf("text", accepted.keySet().toArray()));
      statement.setString(2, now.toString());
      try (var rows = statement.executeQuery()) {
        rows.next();
        long all = accepted.values().stream().mapToLong(Long::longValue).sum();
        return new Figures(
            now,
            Math.max(0, all - rows.getLong(1)),
            rows.getLong(2),
            rows.getLong(3),
            rows.getLong(4),
            rows.getLong(5),
            instant(rows, 6),
            ofSpokes);
      }
    }
  }

  private static Map<String, OfSpoke> ofSpokes(Connection connection, Set<String> names)
      throws SQLException {
    try (var statement = connection.prepareStatement(SPOKES)) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      return read(statement);
    }
  }

  private static Map<String, OfSpoke> read(PreparedStatement statement) throws SQLException {
    var found = new TreeMap<String, OfSpoke>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        found.put(
            rows.getString(1),
            new OfSpoke(
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getLong(5),
                instant(rows, 6),
                rows.getLong(7),
                rows.getLong(8),
                instant(rows, 9),
                rows.getString(10),
                rows.getString(11)));
      }
    }
    return found;
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    var at = rows.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
