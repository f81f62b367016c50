package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What deliveries wait for. The hub may begin to create records in a spoke once the spoke's own
 * records were all read for the first time and are reconciled: earlier, it would create people whom
 * the spoke has already. And while many observations wait to be reconciled, only what is urgent is
 * delivered, since the rest would change again.
 */
@ApplicationScoped
class Creations {
  private static final long LOOK_NANOS = 500_000_000;

  private static final long MANY = 500;
  private static final String EVERYBODY = "";

  private volatile boolean behind;
  private final Cursors cursors;
  private final ObservationLog log;
  private final Transactions transactions;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Map<String, Long> looked = new ConcurrentHashMap<>();

  Creations(Cursors cursors, ObservationLog log, Transactions transactions) {
    this.cursors = cursors;
    this.log = log;
    this.transactions = transactions;
  }

  /** Looks at most twice a second, until it says yes; from then on it always does. */
  boolean mayBegin(Spoke spoke) {
    if (!spoke.creates()) {
      return false;
    }
    if (!begun.contains(spoke.name()) && isTimeToLook(spoke.name()) && isLoaded(spoke.name())) {
      begun.add(spoke.name());
    }
    return begun.contains(spoke.name());
  }

  private boolean isTimeToLook(String spoke) {
    long now = System.nanoTime();
    var last = looked.get(spoke);
    if (last != null && now - last < LOOK_NANOS) {
      return false;
    }
    looked.put(spoke, now);
    return true;
  }

  private boolean isLoaded(String spoke) {
    return Cursors.DONE.equals(cursors.read(spoke, Cursors.LOAD)) && lag() <= 0;
  }

  /** Whether so many observations wait that what is delivered now would soon be delivered again. */
  boolean isBehind() {
    if (isTimeToLook(EVERYBODY)) {
      behind = lag() > MANY;
    }
    return behind;
  }

  private long lag() {
    var accepted = log.accepted();
    long all = accepted.values().stream().mapToLong(Long::longValue).sum();
    return transactions.call(
        connection -> {
          var sql = "select coalesce(sum(next), 0) from progress where topic_id = any(?)";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("text", accepted.keySet().toArray()));
            return all - first(statement);
          }
        });
  }

  private static long first(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
