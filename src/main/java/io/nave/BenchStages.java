package io.nave;

import io.nave.demo.OptOuts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Where the time of opt-outs went, by the times that the hub keeps in its tables: accepted into the
 * log, begun to be reconciled; and by when the other system was seen to hold them.
 */
final class BenchStages {
  private static final String TIMES =
      """
      select e.recorded_at, h.at
      from source_record s
      join lateral (select min(recorded_at) recorded_at from consent_entry
        where spoke = s.spoke and record_id = s.record_id and recorded_at > ?) e on true
      join lateral (select min(at) at from customer_history
        where customer_id = s.customer_id and at >= e.recorded_at) h on true
      where s.spoke = ? and s.record_id = ?
      """;

  private final List<Times> all;

  /** Milliseconds. */
  private record Times(String from, double accepted, double reconciled, double held) {}

  private BenchStages(List<Times> all) {
    this.all = all;
  }

  static BenchStages of(Connection connection, List<OptOuts.Seen> seen) throws SQLException {
    var all = new ArrayList<Times>();
    try (var statement = connection.prepareStatement(TIMES)) {
      for (var one : seen) {
        read(statement, one, all);
      }
    }
    return new BenchStages(all);
  }

  private static void read(PreparedStatement statement, OptOuts.Seen one, List<Times> all)
      throws SQLException {
    var since = one.at().minusSeconds(1).atOffset(java.time.ZoneOffset.UTC);
    statement.setObject(1, since);
    statement.setString(2, one.from());
    statement.setString(3, one.fromRecord());
    try (var rows = statement.executeQuery()) {
      if (rows.next() && rows.getObject(1) != null && rows.getObject(2) != null) {
        var accepted = rows.getObject(1, OffsetDateTime.class).toInstant();
        var reconciled = rows.getObject(2, OffsetDateTime.class).toInstant();
        var end = one.at().plusMillis(one.millis());
        all.add(
            new Times(
                one.from(),
                millis(one.at(), accepted),
                millis(accepted, reconciled),
                millis(reconciled, end)));
      }
    }
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  /** The medians and the greatest for one system, in words. */
  String of(String from) {
    var some = all.stream().filter(times -> times.from.equals(from)).toList();
    return "to the log %s, until reconciling %s, until held %s"
        .formatted(
            stage(some, Times::accepted), stage(some, Times::reconciled), stage(some, Times::held));
  }

  private static String stage(List<Times> times, ToDoubleFunction<Times> of) {
    var millis = times.stream().mapToDouble(of).toArray();
    return String.format(
        Locale.ROOT,
        "%,.0f/%,.0f",
        BenchReconcile.percentile(millis, 50),
        BenchReconcile.percentile(millis, 100));
  }
}
