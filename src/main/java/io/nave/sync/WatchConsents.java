package io.nave.sync;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nave.platform.Columns;
import io.nave.platform.FailureName;
import io.nave.sync.LateConsents.Count;
import io.nave.sync.LateConsents.Open;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Looks now and then for systems that do not know of a consent in time: keeps the metrics {@code
 * nave.consent.late} and {@code nave.consent.open}, each with the tag {@code spoke}, and tells
 * whoever listens of each late one until it was taken, once.
 */
@ApplicationScoped
public class WatchConsents {
  private static final Logger LOG = Logger.getLogger(WatchConsents.class);
  private static final long LOCK = 0x6e617667; // "navg"
  private static final int MOST = 100;

  private final LateConsents lateConsents;
  private final LateListener listener;
  private final Transactions transactions;
  private final RetryPolicy policy;
  private final Clock clock;
  private final MeterRegistry registry;
  private final Map<String, AtomicLong> late = new HashMap<>();
  private final Map<String, AtomicLong> open = new HashMap<>();
  private int failures;
  private Instant notBefore = Instant.MIN;

  WatchConsents(
      LateConsents lateConsents,
      LateListener listener,
      Transactions transactions,
      RetryPolicy policy,
      Clock clock,
      MeterRegistry registry) {
    this.lateConsents = lateConsents;
    this.listener = listener;
    this.transactions = transactions;
    this.policy = policy;
    this.clock = clock;
    this.registry = registry;
  }

  /** Looks once; does not fail where the listener does. */
  public synchronized void look() {
    var counts = new HashMap<String, Count>();
    lateConsents.counts().forEach(count -> counts.put(count.spoke(), count));
    counts.keySet().forEach(this::gauges);
    late.forEach((spoke, n) -> n.set(counts.containsKey(spoke) ? counts.get(spoke).late() : 0));
    open.forEach((spoke, n) -> n.set(counts.containsKey(spoke) ? counts.get(spoke).open() : 0));
    boolean anyLate = counts.values().stream().anyMatch(count -> count.late() > 0);
    if (anyLate && listener.listens() && !clock.instant().isBefore(notBefore)) {
      tellAll();
    }
  }

  private void gauges(String spoke) {
    late.computeIfAbsent(spoke, name -> gauge("nave.consent.late", "past their deadline", name));
    open.computeIfAbsent(spoke, name -> gauge("nave.consent.open", "not confirmed yet", name));
  }

  private AtomicLong gauge(String name, String what, String spoke) {
    var value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::get)
        .description("consents that the spoke has to hold, " + what)
        .tag("spoke", spoke)
        .register(registry);
    return value;
  }

  private void tellAll() {
    try {
      int told;
      do {
        told = transactions.call(this::tell);
      } while (told == MOST);
      failures = 0;
    } catch (RuntimeException refused) {
      failures++;
      notBefore = clock.instant().plus(policy.pause(failures));
      LOG.warnf("late consents could not be told (try %d): %s", failures, FailureName.of(refused));
    }
  }

  /** One hub at a time; what was told is noted in the same transaction. */
  private int tell(Connection connection) throws SQLException {
    if (!isMine(connection)) {
      return 0;
    }
    var untold = lateConsents.untold(connection, MOST);
    if (!untold.isEmpty()) {
      listener.tell(untold);
      noteTold(connection, untold);
    }
    return untold.size();
  }

  private static boolean isMine(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, LOCK);
      try (var rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  private void noteTold(Connection connection, List<Open> told) throws SQLException {
    var sql = "update consent_notice set told_at = ?::timestamptz where id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, clock.instant().toString());
      statement.setArray(2, Columns.numbers(connection, told, Open::id));
      statement.executeUpdate();
    }
  }
}
