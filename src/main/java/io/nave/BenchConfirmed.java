package io.nave;

import io.nave.demo.OptOuts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it took from each opt-out until the hub had it confirmed by all systems that can hold
 * it, by the hub's own table.
 *
 * @param open those that are not confirmed by all
 */
record BenchConfirmed(Map<String, List<Double>> millis, Map<String, Integer> open) {
  private static final long LOOK_MILLIS = 200;
  private static final String CONFIRMED =
      """
      select max(n.confirmed_at), bool_and(n.confirmed_at is not null)
      from source_record s
      join source_record m on m.customer_id = s.customer_id
      join consent_notice n on n.spoke = m.spoke and n.record_id = m.record_id
      where s.spoke = ? and s.record_id = ? and n.purpose = 'marketing' and n.channel = 'email'
        and n.topic is null and n.consent = 'withdrawn' and n.state <> 'cannot-hold'
        and n.replaced_at is null and n.noticed_at >= ?
      """;

  private record Door(String from, String recordId, Instant at) {}

  /** Waits until all are confirmed, but not longer than this. */
  static BenchConfirmed of(Connection connection, List<OptOuts.Seen> seen, Duration patience)
      throws SQLException, InterruptedException {
    var doors =
        seen.stream().map(one -> new Door(one.from(), one.fromRecord(), one.at())).distinct();
    var found = new BenchConfirmed(new LinkedHashMap<>(), new LinkedHashMap<>());
    var left = new ArrayList<>(doors.toList());
    for (long waited = 0; !left.isEmpty(); waited += LOOK_MILLIS) {
      var now = List.copyOf(left);
      for (var door : now) {
        if (found.note(connection, door)) {
          left.remove(door);
        }
      }
      if (waited >= patience.toMillis()) {
        left.forEach(door -> found.open.merge(door.from(), 1, Integer::sum));
        left.clear();
      } else if (!left.isEmpty()) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    return found;
  }

  private boolean note(Connection connection, Door door) throws SQLException {
    try (var statement = connection.prepareStatement(CONFIRMED)) {
      statement.setString(1, door.from());
      statement.setString(2, door.recordId());
      statement.setObject(3, door.at().minusSeconds(1).atOffset(ZoneOffset.UTC));
      try (var rows = statement.executeQuery()) {
        if (!rows.next() || rows.getObject(1) == null || !rows.getBoolean(2)) {
          return false;
        }
        var last = rows.getObject(1, OffsetDateTime.class).toInstant();
        millis
            .computeIfAbsent(door.from(), from -> new ArrayList<>())
            .add(Duration.between(door.at(), last).toNanos() / 1e6);
        return true;
      }
    }
  }

  double[] of(String from) {
    return millis.getOrDefault(from, List.of()).stream().mapToDouble(m -> m).toArray();
  }

  double[] all() {
    return millis.values().stream().flatMap(List::stream).mapToDouble(m -> m).toArray();
  }

  int openOf(String from) {
    return open.getOrDefault(from, 0);
  }
}
