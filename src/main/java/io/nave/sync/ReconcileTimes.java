package io.nave.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where reconciling spends its time, as the metrics {@code nave.reconcile.*}: {@code batch} is all
 * of it, from reading the messages to the commit; {@code locking} the taking of turns, which waits
 * for the batch before; {@code candidates} the other statements about keys, and about the records
 * that share them; {@code scoring} the making of profiles and the comparing; {@code database} all
 * other statements, and the commit. Batches run at the same time, so that a second may hold more
 * than one second of each.
 */
@ApplicationScoped
class ReconcileTimes {
  private final Timer batch;
  private final Timer locking;
  private final Timer candidates;
  private final Timer scoring;
  private final Timer database;

  ReconcileTimes(MeterRegistry registry) {
    this.batch = timer(registry, "batch", "reconciling a batch of observations, all in all");
    this.locking = timer(registry, "locking", "taking turns, and waiting for them");
    this.candidates = timer(registry, "candidates", "statements about keys and candidates");
    this.scoring = timer(registry, "scoring", "making profiles and comparing them");
    this.database = timer(registry, "database", "all other statements, and commits");
  }

  private static Timer timer(MeterRegistry registry, String what, String description) {
    return Timer.builder("nave.reconcile." + what).description(description).register(registry);
  }

  void batch(Runnable work) {
    batch.record(work);
  }

  <T> T scoring(Supplier<T> work) {
    return scoring.record(work);
  }

  /** The same connection; what its statements take counts as of the database. */
  Connection database(Connection connection) {
    return TimedConnection.of(connection, database);
  }

  /** The same connection; what its statements take counts as of taking turns. */
  Connection locking(Connection connection) {
    return TimedConnection.of(connection, locking);
  }

  /** The same connection; what its statements take counts as of candidates. */
  Connection candidates(Connection connection) {
    return TimedConnection.of(connection, candidates);
  }

  /** A commit, which came about between then and now, in {@link System#nanoTime}. */
  void committed(long since) {
    database.record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
  }
}
