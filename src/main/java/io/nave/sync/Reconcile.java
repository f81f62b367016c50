package io.nave.sync;

import io.nave.platform.FailureName;
import io.nave.platform.LogKeys;
import io.nave.platform.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Turns observations into golden records: one transaction a batch. A batch that meets another one
 * is tried again; a message that fails by itself is found by splitting the batch, and goes to
 * quarantine with its cause, while the rest goes on.
 */
@ApplicationScoped
public class Reconcile {
  private static final Logger LOG = Logger.getLogger(Reconcile.class);

  private final Transactions transactions;
  private final ReconcileSteps steps;
  private final ReadObservations reading;
  private final Clock clock;
  private final Wake wake;
  private final ReconcileTimes times;

  Reconcile(
      Transactions transactions,
      ReconcileSteps steps,
      ReadObservations reading,
      Clock clock,
      Wake wake,
      ReconcileTimes times) {
    this.transactions = transactions;
    this.steps = steps;
    this.reading = reading;
    this.clock = clock;
    this.wake = wake;
    this.times = times;
  }

  /**
   * Reconciles the batch and commits.
   *
   * @throws RuntimeException where the database cannot be reached: the whole batch is to be given
   *     again
   */
  public void reconcile(List<Logged> batch) {
    times.batch(
        () -> {
          var items = reading.read(batch);
          Traces.during(spans(items), () -> reconcileAll(items));
        });
  }

  private static List<Span> spans(List<ReadObservations.Item> items) {
    return items.stream()
        .filter(item -> item.logged().origin().trace() != null)
        .map(
            item ->
                Traces.step("reconcile", SpanKind.CONSUMER, item.logged().origin().trace())
                    .setAttribute(Traces.SPOKE, item.spoke())
                    .setAttribute(Traces.BATCH, items.size()))
        .toList();
  }

  private void commit(List<ReadObservations.Item> items) {
    var written =
        transactions.call(
            connection -> {
              var work = steps.run(times.database(connection), items, clock.instant());
              return new Written(System.nanoTime(), work);
            });
    times.committed(written.at());
    written.work().whenCommitted.run();
    if (!written.work().publish.isEmpty()) {
      wake.outbox(written.work().publish.containsValue(true));
    }
  }

  private record Written(long at, Working work) {}

  private void reconcileAll(List<ReadObservations.Item> items) {
    try {
      commit(items);
    } catch (RuntimeException failure) {
      if (!isOfTheMessage(failure)) {
        throw failure;
      }
      isolate(items, failure);
    }
  }

  private void isolate(List<ReadObservations.Item> items, RuntimeException failure) {
    if (items.size() == 1) {
      tell(items.get(0), failure);
      commit(List.of(items.get(0).refused(cause(failure))));
      return;
    }
    int half = items.size() / 2;
    reconcileAll(items.subList(0, half));
    reconcileAll(items.subList(half, items.size()));
  }

  private static void tell(ReadObservations.Item item, RuntimeException failure) {
    var place = item.logged();
    LogKeys.during(
        Map.of(
            "spoke", item.spoke(),
            "topicId", place.topicId(),
            "partition", place.partition(),
            "offset", place.offset()),
        () ->
            LOG.errorf(
                "observation at offset %d of partition %d goes to quarantine: %s",
                place.offset(), place.partition(), FailureName.of(failure)));
  }

  /**
   * True for data that the database refuses (22), a broken integrity (23) and a bug in the rules;
   * false for whatever a healthy database would not say.
   */
  private static boolean isOfTheMessage(RuntimeException failure) {
    var state = Transactions.sqlState(failure);
    if (state.startsWith("22") || state.startsWith("23")) {
      return true;
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SQLException || t.getClass().getName().startsWith("jakarta.transaction")) {
        return false;
      }
    }
    return true;
  }

  /** The innermost cause's class and, for the database, its code: for who corrects the message. */
  private static String cause(Throwable failure) {
    var t = failure;
    while (t.getCause() != null) {
      t = t.getCause();
    }
    var state = Transactions.sqlState(failure);
    return state.isEmpty()
        ? t.getClass().getSimpleName() + ": " + t.getMessage()
        : "PostgreSQL " + state;
  }
}
