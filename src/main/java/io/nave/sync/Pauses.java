package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The spokes that an operator paused: no instance reads their sources or writes to them until
 * somebody resumes them. What a spoke sends by itself, to a webhook, is still taken.
 */
@ApplicationScoped
public class Pauses {
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Transactions transactions;
  private final OperatorActs acts;
  private final Clock clock;
  private final LongSupplier nanos;
  private volatile Known known;
  private volatile long changes;

  @Inject
  Pauses(Transactions transactions, OperatorActs acts, Clock clock) {
    this(transactions, acts, clock, System::nanoTime);
  }

  Pauses(Transactions transactions, OperatorActs acts, Clock clock, LongSupplier nanos) {
    this.transactions = transactions;
    this.acts = acts;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Why and since when a spoke is paused.
   *
   * @param by who paused it
   */
  public record Pause(String reason, String by, Instant since) {}

  private record Known(Map<String, Pause> bySpoke, long at) {}

  /** The pause of a spoke, as it was at most a second ago. */
  public Optional<Pause> of(String spoke) {
    var now = known;
    if (now == null || nanos.getAsLong() - now.at() > FRESH) {
      long before = changes;
      now = read();
      keep(now, before);
    }
    return Optional.ofNullable(now.bySpoke().get(spoke));
  }

  /** What was read before a change is not kept after it. */
  private synchronized void keep(Known read, long before) {
    if (before == changes) {
      known = read;
    }
  }

  private synchronized void changed() {
    changes++;
    known = null;
  }

  private Known read() {
    long at = nanos.getAsLong();
    return transactions.call(connection -> new Known(read(connection), at));
  }

  private static Map<String, Pause> read(Connection connection) throws SQLException {
    var pauses = new HashMap<String, Pause>();
    try (var statement =
            connection.prepareStatement(
                "select spoke, reason, paused_by, paused_at from spoke_pause");
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        var since = rows.getObject(4, OffsetDateTime.class).toInstant();
        pauses.put(rows.getString(1), new Pause(rows.getString(2), rows.getString(3), since));
      }
    }
    return pauses;
  }

  /** Pauses a spoke; one that is paused already keeps its reason and time. */
  public Pause pause(String spoke, String reason, String by) {
    transactions.run(
        connection -> {
          var sql =
              "insert into spoke_pause (spoke, reason, paused_by, paused_at)"
                  + " values (?, ?, ?, ?::timestamptz) on conflict do nothing";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, spoke);
            statement.setString(2, reason);
            statement.setString(3, by);
            statement.setString(4, clock.instant().toString());
            note(connection, spoke, by, "pause", statement.executeUpdate(), reason);
          }
        });
    changed();
    return of(spoke).orElseThrow();
  }

  /** Resumes it; false where it was not paused. */
  public boolean resume(String spoke, String by) {
    boolean resumed =
        transactions.call(
            connection -> {
              try (var statement =
                  connection.prepareStatement("delete from spoke_pause where spoke = ?")) {
                statement.setString(1, spoke);
                int n = statement.executeUpdate();
                note(connection, spoke, by, "resume", n, null);
                return n > 0;
              }
            });
    changed();
    return resumed;
  }

  private void note(
      Connection connection, String spoke, String by, String act, int n, String reason)
      throws SQLException {
    if (n > 0) {
      var what = JsonNodeFactory.instance.objectNode().put("spoke", spoke);
      acts.note(connection, by, act, what, n, reason);
    }
  }
}
