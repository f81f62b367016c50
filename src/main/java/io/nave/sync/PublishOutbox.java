package io.nave.sync;

import io.nave.platform.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;

/**
 * The outbox relay: publishes the present state of each customer in the outbox, then empties it, in
 * one transaction. Only one relay a lane works at a time (an advisory lock of the transaction), so
 * that the versions of a customer are published in order; after a crash some are published once
 * more. Urgent customers go to the fast lane by a relay of their own, which waits for no other, and
 * then as all others do.
 */
@ApplicationScoped
public class PublishOutbox {
  private static final int BATCH = 500;

  private final SessionFactory sessions;
  private final CustomerLog log;

  PublishOutbox(SessionFactory sessions, CustomerLog log) {
    this.sessions = sessions;
    this.log = log;
  }

  private enum Lane {
    ORDINARY(0x6e617665, "not urgent", "delete from outbox where seq = any(?)"), // "nave"
    URGENT(0x6e617666, "urgent", "update outbox set urgent = false where seq = any(?)");

    private final long lock;
    private final String wanted;
    private final String done;

    Lane(long lock, String wanted, String done) {
      this.lock = lock;
      this.wanted = wanted;
      this.done = done;
    }
  }

  /**
   * Publishes one batch.
   *
   * @return how many entries were taken; 0 also where another instance is the relay
   */
  public int publish() {
    return publish(Lane.ORDINARY);
  }

  /** Publishes one batch of urgent customers to the fast lane; they remain for {@link #publish}. */
  public int publishUrgent() {
    return publish(Lane.URGENT);
  }

  private int publish(Lane lane) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              try (var session = sessions.openStatelessSession()) {
                return session.doReturningWork(connection -> publish(connection, lane));
              }
            });
  }

  private int publish(Connection connection, Lane lane) throws SQLException {
    if (!isRelay(connection, lane)) {
      return 0;
    }
    var taken = new ArrayList<Long>();
    var messages = take(connection, lane, taken);
    if (taken.isEmpty()) {
      return 0;
    }
    Traces.during(spans(messages), () -> log.publish(messages));
    try (var done = connection.prepareStatement(lane.done)) {
      done.setArray(1, connection.createArrayOf("int8", taken.toArray(Long[]::new)));
      done.executeUpdate();
    }
    return taken.size();
  }

  private static List<Span> spans(List<CustomerLog.Message> messages) {
    return messages.stream()
        .filter(message -> message.origin().trace() != null)
        .map(
            message ->
                Traces.step("publish", SpanKind.PRODUCER, message.origin().trace())
                    .setAttribute(Traces.CUSTOMER, message.customerId().toString())
                    .setAttribute(Traces.VERSION, message.version())
                    .setAttribute(Traces.URGENT, message.urgent())
                    .setAttribute(Traces.BATCH, messages.size()))
        .toList();
  }

  private static boolean isRelay(Connection connection, Lane lane) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, lane.lock);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** Several entries of one customer make one message. */
  private static List<CustomerLog.Message> take(Connection connection, Lane lane, List<Long> taken)
      throws SQLException {
    var sql =
        "with taken as (select seq, customer_id, observed_at, trace from outbox where "
            + lane.wanted
            + " order by seq limit ?), one as (select customer_id, min(seq) as first,"
            + " array_agg(seq) as seqs, min(observed_at) as observed_at,"
            + " (array_agg(trace order by seq) filter (where trace is not null))[1] as trace"
            + " from taken group by customer_id)"
            + " select one.seqs, c.id, c.version, c.state, one.observed_at, one.trace from one"
            + " join customer c on c.id = one.customer_id order by one.first";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, BATCH);
      var messages = new ArrayList<CustomerLog.Message>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.addAll(List.of((Long[]) rows.getArray(1).getArray()));
          var id = rows.getObject(2, UUID.class);
          long version = rows.getLong(3);
          var value = message(id, version, rows.getString(4));
          var origin = Origin.read(rows, 5);
          messages.add(new CustomerLog.Message(id, version, value, lane == Lane.URGENT, origin));
        }
      }
      return messages;
    }
  }

  /** The stored state with id and version put before it. */
  static byte[] message(UUID id, long version, String state) {
    var head = "{\"customerId\":\"" + id + "\",\"version\":" + version;
    var tail = state.equals("{}") ? "}" : "," + state.substring(1);
    return (head + tail).getBytes(StandardCharsets.UTF_8);
  }
}
