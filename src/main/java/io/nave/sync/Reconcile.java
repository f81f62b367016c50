package io.nave.sync;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.SessionFactory;
import org.jboss.logging.Logger;

/**
 * Turns observations into golden records: one transaction a batch. A batch that meets another one
 * is tried again; a message that fails by itself is found by splitting the batch, and goes to
 * quarantine with its cause, while the rest goes on.
 */
@ApplicationScoped
public class Reconcile {
  private static final Logger LOG = Logger.getLogger(Reconcile.class);
  private static final int TRIES = 8;

  /** Serialisation failure, deadlock, two inserts of the same new record, lock not available. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "23505", "55P03");

  private final SessionFactory sessions;
  private final ReconcileSteps steps;
  private final ReadObservations reading;
  private final Clock clock;
  private final Wake wake;

  Reconcile(
      SessionFactory sessions,
      ReconcileSteps steps,
      ReadObservations reading,
      Clock clock,
      Wake wake) {
    this.sessions = sessions;
    this.steps = steps;
    this.reading = reading;
    this.clock = clock;
    this.wake = wake;
  }

  /**
   * Reconciles the batch and commits.
   *
   * @throws RuntimeException where the database cannot be reached: the whole batch is to be given
   *     again
   */
  public void reconcile(List<Logged> batch) {
    reconcile(reading.read(batch), 0);
    wake.outbox();
  }

  private void reconcile(List<ReadObservations.Item> items, int tried) {
    try {
      commit(items);
    } catch (RuntimeException failure) {
      if (AGAIN.contains(sqlState(failure)) && tried < TRIES) {
        pause(tried);
        reconcile(items, tried + 1);
      } else if (isOfTheMessage(failure)) {
        isolate(items, failure);
      } else {
        throw failure;
      }
    }
  }

  private void isolate(List<ReadObservations.Item> items, RuntimeException failure) {
    if (items.size() == 1) {
      LOG.errorf(
          "observation at offset %d of partition %d goes to quarantine: %s",
          items.get(0).logged().offset(), items.get(0).logged().partition(), cause(failure));
      commit(List.of(items.get(0).refused(cause(failure))));
      return;
    }
    int half = items.size() / 2;
    reconcile(items.subList(0, half), 0);
    reconcile(items.subList(half, items.size()), 0);
  }

  private void commit(List<ReadObservations.Item> items) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              try (var session = sessions.openStatelessSession()) {
                session.doWork(connection -> steps.run(connection, items, clock.instant()));
              }
            });
  }

  private static String sqlState(Throwable failure) {
    for (var t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }

  /**
   * True for data that the database refuses (22), a broken integrity (23) and a bug in the rules;
   * false for whatever a healthy database would not say.
   */
  private static boolean isOfTheMessage(RuntimeException failure) {
    var state = sqlState(failure);
    if (state.startsWith("22") || state.startsWith("23")) {
      return !AGAIN.contains(state);
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException || t.getClass().getName().startsWith("jakarta.transaction")) {
        return false;
      }
    }
    return true;
  }

  /** The innermost cause's class and, for the database, its code: never a value of the customer. */
  private static String cause(Throwable failure) {
    var t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    var state = sqlState(failure);
    return state.isEmpty()
        ? t.getClass().getSimpleName() + ": " + t.getMessage()
        : "PostgreSQL " + state;
  }

  private static void pause(int tried) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5, 10L << Math.min(tried + 1, 6)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to try again", interrupted);
    }
  }
}
