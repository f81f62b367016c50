package io.nave.sync;

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
 * one transaction. Only one relay works at a time (an advisory lock of the transaction), so that
 * the versions of a customer are published in order; after a crash some are published once more.
 */
@ApplicationScoped
public class PublishOutbox {
  private static final int BATCH = 500;
  private static final long LOCK = 0x6e617665; // "nave"

  private final SessionFactory sessions;
  private final CustomerLog log;

  PublishOutbox(SessionFactory sessions, CustomerLog log) {
    this.sessions = sessions;
    this.log = log;
  }

  /**
   * Publishes one batch, urgent customers first.
   *
   * @return how many entries were taken; 0 also where another instance is the relay
   */
  public int publish() {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              try (var session = sessions.openStatelessSession()) {
                return session.doReturningWork(this::publish);
              }
            });
  }

  private int publish(Connection connection) throws SQLException {
    if (!isRelay(connection)) {
      return 0;
    }
    var taken = new ArrayList<Long>();
    var messages = take(connection, taken);
    if (taken.isEmpty()) {
      return 0;
    }
    log.publish(messages);
    try (var delete = connection.prepareStatement("delete from outbox where seq = any(?)")) {
      delete.setArray(1, connection.createArrayOf("int8", taken.toArray(Long[]::new)));
      delete.executeUpdate();
    }
    return taken.size();
  }

  private static boolean isRelay(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, LOCK);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** Several entries of one customer make one message. */
  private static List<CustomerLog.Message> take(Connection connection, List<Long> taken)
      throws SQLException {
    var sql =
        "with taken as (select seq, customer_id, urgent from outbox order by urgent desc, seq"
            + " limit ?), one as (select customer_id, bool_or(urgent) as urgent, min(seq) as first,"
            + " array_agg(seq) as seqs from taken group by customer_id)"
            + " select one.seqs, c.id, c.version, c.state, one.urgent from one"
            + " join customer c on c.id = one.customer_id order by one.urgent desc, one.first";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, BATCH);
      var messages = new ArrayList<CustomerLog.Message>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          taken.addAll(List.of((Long[]) rows.getArray(1).getArray()));
          var id = rows.getObject(2, UUID.class);
          long version = rows.getLong(3);
          var value = message(id, version, rows.getString(4));
          messages.add(new CustomerLog.Message(id, version, value, rows.getBoolean(5)));
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
