package io.nave.sync;

import io.nave.platform.InvalidConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.jboss.logging.Logger;

/**
 * Puts other rules of matching into force and matches all records anew, in the background: first
 * their blocking keys, then batch by batch, each one transaction that also keeps the place, so that
 * any instance goes on after a crash. It waits a moment first, until every instance goes by the new
 * rules; from then on no pair of records is compared by the old ones.
 */
@ApplicationScoped
public class ApplyMatching {
  private static final Logger LOG = Logger.getLogger(ApplyMatching.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SETTLE = LOOK.multipliedBy(3);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final MatchRuns runs;
  private final MatchingInForce matching;
  private final IndexRecords index;
  private final ReconcileSteps steps;
  private final Clock clock;
  private final Wake wake;
  private final Background background = new Background("matching", LOOK);

  ApplyMatching(
      Transactions transactions,
      MatchRuns runs,
      MatchingInForce matching,
      IndexRecords index,
      ReconcileSteps steps,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.runs = runs;
    this.matching = matching;
    this.index = index;
    this.steps = steps;
    this.clock = clock;
    this.wake = wake;
  }

  /** Before anything is reconciled. */
  void atStart(@Observes @Priority(2) StartupEvent event) {
    refresh();
    background.start(this::tick);
  }

  @PreDestroy
  void stop() {
    background.stop();
  }

  /** What the rules in force say, as the file would. */
  public String rules() {
    return matching.now().text();
  }

  /**
   * Begins to apply the rules; they are in force at once for whatever is reconciled.
   *
   * @param text what the file would say
   * @throws InvalidConfig with all mistakes of the text; then nothing changes
   */
  public MatchRun start(String text) {
    matching.parse(text);
    var run =
        transactions.call(
            connection -> {
              runs.begin(connection, text, matching.fileDigest(), clock.instant());
              return runs.newest(connection).orElseThrow();
            });
    matching.adopt(run.id(), text);
    return run;
  }

  /** Goes by what was applied last, unless the file has changed since. */
  private void refresh() {
    transactions.call(runs::applied).ifPresent(this::adopt);
  }

  private void adopt(MatchRuns.Applied applied) {
    if (applied.fileDigest() == matching.fileDigest()
        && matching.adopt(applied.id(), applied.rules())) {
      LOG.info("matching: goes by the rules that were applied, not by the file");
    }
  }

  private void tick() {
    try {
      refresh();
      transactions.callAtLength(this::isIndexed);
      while (background.isRunning() && transactions.call(this::sweep)) {
        wake.outbox();
      }
    } catch (InvalidConfig wrong) {
      LOG.errorf("matching: the applied rules do not fit to the folder: %s", wrong.getMessage());
    }
  }

  private Instant settled() {
    return clock.instant().minus(SETTLE);
  }

  /** Makes the blocking keys anew where a run begins; false where there is nothing to do. */
  private boolean isIndexed(Connection connection) throws SQLException {
    var open = runs.hold(connection, settled()).orElse(null);
    if (open == null || open.last() != null) {
      return false;
    }
    index.run(connection);
    runs.indexed(connection, open);
    return true;
  }

  /** One batch; false where there is nothing to do. */
  private boolean sweep(Connection connection) throws SQLException {
    var open = runs.hold(connection, settled()).orElse(null);
    if (open == null || open.last() == null) {
      return false;
    }
    var now = clock.instant();
    var batch = runs.next(connection, open, BATCH);
    if (batch.isEmpty()) {
      runs.finish(connection, open, now);
      return false;
    }
    int moved = steps.rematch(connection, batch.values(), (c, work) -> true, now);
    var last = new ArrayList<>(batch.keySet()).get(batch.size() - 1);
    runs.advance(connection, open, last, batch.size(), moved);
    return true;
  }
}
