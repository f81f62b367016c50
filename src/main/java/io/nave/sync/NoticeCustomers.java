package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads published customers and notes, for each spoke that takes deliveries, that its records of
 * these customers are due to be compared. Several versions of a customer make one delivery. A
 * record that is yet to be created is not urgent, unless it is being created right now. Times are
 * those of the oldest change that waits, and is not on its way there already.
 */
@ApplicationScoped
public class NoticeCustomers {
  private static final String SQL =
      """
      insert into delivery as d
        (spoke, target, customer_id, state, wanted, urgent, due_at, noticed_at,
         observed_at, trace)
      select p.spoke, coalesce(s.record_id, '+' || m.id), m.id::uuid, 'due', m.version,
             ? and s.id is not null,
             ?::timestamptz, ?::timestamptz, m.observed_at::timestamptz,
             m.trace
      from unnest(?, ?, ?, ?, ?) m(id, version, live, observed_at, trace)
      cross join unnest(?, ?) p(spoke, creates)
      left join source_record s on s.customer_id = m.id::uuid and s.spoke = p.spoke
      where (s.id is not null and not s.deleted)
         or (s.id is null and p.creates::boolean and m.live::boolean)
      order by 1, 2
      on conflict (spoke, target) do update set
        customer_id = excluded.customer_id,
        wanted = case when d.customer_id = excluded.customer_id
                 then greatest(d.wanted, excluded.wanted) else excluded.wanted end,
        state = 'due', attempts = 0,
        urgent = d.urgent or excluded.urgent or ? and d.claimed_until is not null,
        due_at = least(d.due_at, excluded.due_at),
        noticed_at = excluded.noticed_at,
        observed_at = case when d.claimed_until > excluded.noticed_at then excluded.observed_at
                      else least(d.observed_at, excluded.observed_at) end,
        trace = case when d.claimed_until > excluded.noticed_at then excluded.trace
                else coalesce(d.trace, excluded.trace) end
      """;

  private final Transactions transactions;
  private final Spokes spokes;
  private final Progress progress;
  private final Couriers couriers;
  private final Clock clock;

  NoticeCustomers(
      Transactions transactions, Spokes spokes, Progress progress, Couriers couriers, Clock clock) {
    this.transactions = transactions;
    this.spokes = spokes;
    this.progress = progress;
    this.couriers = couriers;
    this.clock = clock;
  }

  private record Seen(String customerId, long version, boolean live, Origin origin) {}

  /** Notes a batch and commits. {@code urgent} for what came by the fast lane. */
  public void notice(List<Logged> batch, boolean urgent) {
    var receiving = spokes.receiving();
    var seen = receiving.isEmpty() ? List.<Seen>of() : latest(batch);
    transactions.run(
        connection -> {
          advance(connection, batch);
          if (!receiving.isEmpty() && !seen.isEmpty()) {
            note(connection, seen, receiving, urgent, clock.instant());
          }
        });
    couriers.wake(urgent);
  }

  private static Collection<Seen> latest(List<Logged> batch) {
    Map<String, Seen> latest = new LinkedHashMap<>();
    for (var logged : batch) {
      if (logged.value() != null) {
        var message = CanonicalJson.parse(logged.value());
        var id = message.path("customerId").asText();
        var before = latest.get(id);
        latest.put(
            id,
            new Seen(
                id,
                message.path("version").asLong(),
                isLive(message),
                before == null ? logged.origin() : before.origin().and(logged.origin())));
      }
    }
    return latest.values();
  }

  private static boolean isLive(JsonNode message) {
    return !message.path("deleted").asBoolean() && !message.hasNonNull("mergedInto");
  }

  private void advance(Connection connection, List<Logged> batch) throws SQLException {
    Map<Progress.Part, Long> next = new LinkedHashMap<>();
    for (var logged : batch) {
      next.merge(
          new Progress.Part(logged.topicId(), logged.partition()), logged.offset() + 1, Math::max);
    }
    var known = progress.lock(connection, next.keySet());
    known.forEach((part, offset) -> next.merge(part, offset, Math::max));
    progress.advance(connection, next, Map.of());
  }

  private static void note(
      Connection connection,
      Collection<Seen> seen,
      List<Spoke> receiving,
      boolean urgent,
      Instant now)
      throws SQLException {
    try (var statement = connection.prepareStatement(SQL)) {
      statement.setBoolean(1, urgent);
      statement.setString(2, now.toString());
      statement.setString(3, now.toString());
      statement.setArray(4, Columns.text(connection, seen, Seen::customerId));
      statement.setArray(5, Columns.numbers(connection, seen, Seen::version));
      statement.setArray(6, Columns.text(connection, seen, Seen::live));
      statement.setArray(7, Columns.text(connection, seen, one -> one.origin().observedAt()));
      statement.setArray(8, Columns.text(connection, seen, one -> one.origin().trace()));
      statement.setArray(9, Columns.text(connection, receiving, Spoke::name));
      statement.setArray(10, Columns.text(connection, receiving, Spoke::creates));
      statement.setBoolean(11, urgent);
      statement.executeUpdate();
    }
  }
}
