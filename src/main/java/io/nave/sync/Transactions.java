package io.nave.sync;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.TransactionRunnerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.hibernate.SessionFactory;

/**
 * Runs work in a transaction of its own. A transaction that met another one (a serialisation
 * failure, a deadlock, two inserts of the same new row) is tried again.
 */
@ApplicationScoped
class Transactions {
  private static final Set<String> AGAIN = Set.of("40001", "40P01", "23505", "55P03");
  private static final int TRIES = 8;
  private static final int LONGEST = (int) Duration.ofHours(2).toSeconds();

  private final SessionFactory sessions;

  Transactions(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** What is done with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** As {@link Work}, without a result. */
  interface Task {
    void on(Connection connection) throws SQLException;
  }

  void run(Task task) {
    call(
        connection -> {
          task.on(connection);
          return null;
        });
  }

  <T> T call(Work<T> work) {
    for (int tried = 0; ; tried++) {
      try {
        return once(work, QuarkusTransaction.requiringNew());
      } catch (RuntimeException failure) {
        if (tried == TRIES || !AGAIN.contains(sqlState(failure))) {
          throw failure;
        }
        long millis = ThreadLocalRandom.current().nextLong(5, 10L << Math.min(tried + 1, 6));
        LockSupport.parkNanos(millis * 1_000_000);
      }
    }
  }

  /** As {@link #call}, once, for work that takes up to two hours. */
  <T> T callAtLength(Work<T> work) {
    return once(work, QuarkusTransaction.requiringNew().timeout(LONGEST));
  }

  private <T> T once(Work<T> work, TransactionRunnerOptions transaction) {
    return transaction.call(
        () -> {
          try (var session = sessions.openStatelessSession()) {
            return session.doReturningWork(work::on);
          }
        });
  }

  /** The SQL state of what the database said, or empty where it said nothing. */
  static String sqlState(Throwable failure) {
    for (var t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
