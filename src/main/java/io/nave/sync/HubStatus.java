package io.nave.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.SessionFactory;

/** How the hub is doing, in numbers. */
@ApplicationScoped
public class HubStatus {
  private final SessionFactory sessions;
  private final Census census;
  private final ObservationLog observations;
  private final CustomerLog customers;
  private final Spokes spokes;
  private final Couriers couriers;
  private final SurvivorshipRuns runs;
  private final MatchRuns matchRuns;

  HubStatus(
      SessionFactory sessions,
      Census census,
      ObservationLog observations,
      CustomerLog customers,
      Spokes spokes,
      Couriers couriers,
      SurvivorshipRuns runs,
      MatchRuns matchRuns) {
    this.sessions = sessions;
    this.census = census;
    this.observations = observations;
    this.customers = customers;
    this.spokes = spokes;
    this.couriers = couriers;
    this.runs = runs;
    this.matchRuns = matchRuns;
  }

  /**
   * The whole picture. Customers and records are those of a moment ago where there are so many that
   * counting them takes long.
   *
   * @param customers golden records that are not merged into others
   * @param reconcileLag observations that are accepted and not reconciled yet
   * @param survivorship how far the newest rules of survivorship are applied; null where none were
   * @param matching how far the newest rules of matching are applied; null where none were
   */
  public record Status(
      ObservationCounts observations,
      long customers,
      long sourceRecords,
      long reconcileLag,
      Map<String, DeliveryCounts> deliveries,
      @JsonInclude(JsonInclude.Include.NON_NULL) SurvivorshipRun survivorship,
      @JsonInclude(JsonInclude.Include.NON_NULL) MatchRun matching) {}

  /** {@code accepted} = {@code reconciled} + {@code invalid} + the lag. */
  public record ObservationCounts(long accepted, long reconciled, long invalid) {}

  /**
   * One spoke's part since the beginning.
   *
   * @param observed reconciled observations of this spoke
   * @param skipped compared, and found that the spoke holds it already
   * @param failed dead letters that wait for a person now
   * @param lag deliveries that are due now, and changes not yet compared
   * @param paused why the spoke is paused, or null
   */
  public record DeliveryCounts(
      long records,
      long observed,
      long delivered,
      long skipped,
      long failed,
      long lag,
      String paused) {}

  /** Reads everything now. */
  @Transactional
  public Status now() {
    var accepted = observations.accepted();
    var published = customers.published();
    try (var session = sessions.openStatelessSession()) {
      return session.doReturningWork(connection -> read(connection, accepted, published));
    }
  }

  private Status read(
      Connection connection, Map<String, Long> accepted, Map<String, Long> published)
      throws SQLException {
    var progress = progress(connection);
    long untranslatable =
        count(connection, "select count(*) from invalid_message where not from_log");
    var whole = Set.of(observations.whole());
    long done = sum(progress, whole, 0);
    long invalid = sum(progress, whole, 1);
    long all = accepted.getOrDefault(observations.whole(), 0L);
    long messages = accepted.values().stream().mapToLong(Long::longValue).sum();
    long unpublished =
        count(connection, "select count(*) from outbox")
            + published.values().stream().mapToLong(Long::longValue).sum()
            - sum(progress, published.keySet(), 0);
    var counted = census.counts(connection);
    return new Status(
        new ObservationCounts(all + untranslatable, done - invalid, invalid + untranslatable),
        counted.customers(),
        counted.records(),
        messages - sum(progress, accepted.keySet(), 0),
        deliveries(connection, counted, unpublished),
        runs.newest(connection).orElse(null),
        matchRuns.newest(connection).orElse(null));
  }

  private static long sum(Map<String, long[]> progress, Set<String> topics, int column) {
    return topics.stream()
        .map(progress::get)
        .filter(java.util.Objects::nonNull)
        .mapToLong(row -> row[column])
        .sum();
  }

  private static Map<String, long[]> progress(Connection connection) throws SQLException {
    var sql = "select topic_id, sum(next)::bigint, sum(invalid)::bigint from progress group by 1";
    var progress = new HashMap<String, long[]>();
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        progress.put(rows.getString(1), new long[] {rows.getLong(2), rows.getLong(3)});
      }
    }
    return progress;
  }

  private Map<String, DeliveryCounts> deliveries(
      Connection connection, Census.Counts counted, long unpublished) throws SQLException {
    var sql =
        """
        select s.spoke,
          (select coalesce(sum(n), 0) from tally t where t.spoke = s.spoke and name = 'observed'),
          (select coalesce(sum(n), 0) from tally t where t.spoke = s.spoke and name = 'delivered'),
          (select coalesce(sum(n), 0) from tally t where t.spoke = s.spoke and name = 'unchanged'),
          (select count(*) from delivery d where d.spoke = s.spoke and d.state = 'failed'),
          (select count(*) from delivery d where d.spoke = s.spoke and d.due_at is not null)
        from unnest(?::text[]) s(spoke)
        """;
    var counts = new TreeMap<String, DeliveryCounts>();
    var receiving = spokes.receiving().stream().map(Spoke::name).toList();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", spokes.declared().toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var spoke = rows.getString(1);
          long behind = receiving.contains(spoke) ? unpublished : 0;
          counts.put(
              spoke,
              new DeliveryCounts(
                  counted.of(spoke),
                  rows.getLong(2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5),
                  rows.getLong(6) + behind,
                  couriers.pausedBecause(spoke)));
        }
      }
    }
    return counts;
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
