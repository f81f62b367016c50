package io.nave.sync;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Puts other rules of survivorship into force and computes all customers anew, in the background:
 * batch by batch, each one transaction that also keeps the place, so that any instance goes on
 * after a crash. It waits a moment first, until every instance goes by the new rules; from then on
 * no customer falls back to the old ones.
 */
@ApplicationScoped
public class ApplySurvivorship {
  private static final Logger LOG = Logger.getLogger(ApplySurvivorship.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SETTLE = LOOK.multipliedBy(3);
  private static final int BATCH = 200;

  private final Transactions transactions;
  private final SurvivorshipRuns runs;
  private final RulesInForce rules;
  private final Recompute recompute;
  private final Clock clock;
  private final Wake wake;
  private final Background background = new Background("survivorship", LOOK);

  ApplySurvivorship(
      Transactions transactions,
      SurvivorshipRuns runs,
      RulesInForce rules,
      Recompute recompute,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.runs = runs;
    this.rules = rules;
    this.recompute = recompute;
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
    return rules.text();
  }

  /**
   * Begins to apply the rules; they are in force at once for whatever is reconciled.
   *
   * @param text what the file would say
   * @throws io.nave.platform.InvalidConfig with all mistakes of the text; then nothing changes
   */
  public SurvivorshipRun start(String text) {
    RulesInForce.parse(text);
    var run =
        transactions.call(
            connection -> {
              runs.begin(connection, text, rules.fileDigest(), clock.instant());
              return runs.newest(connection).orElseThrow();
            });
    rules.adopt(text);
    return run;
  }

  /** Goes by what was applied last, unless the file has changed since. */
  private void refresh() {
    transactions.call(runs::applied).ifPresent(this::adopt);
  }

  private void adopt(SurvivorshipRuns.Applied applied) {
    if (applied.fileDigest() == rules.fileDigest() && rules.adopt(applied.rules())) {
      LOG.info("survivorship: goes by the rules that were applied, not by the file");
    }
  }

  private void tick() {
    refresh();
    while (background.isRunning() && transactions.call(this::sweep)) {
      wake.outbox();
    }
  }

  /** One batch; false where there is nothing to do. */
  private boolean sweep(java.sql.Connection connection) throws java.sql.SQLException {
    var now = clock.instant();
    var open = runs.hold(connection, now.minus(SETTLE)).orElse(null);
    if (open == null) {
      return false;
    }
    var customers = runs.after(connection, open.position(), BATCH);
    if (customers.isEmpty()) {
      runs.finish(connection, open, now);
      return false;
    }
    var changed = recompute.anew(connection, recompute.hold(connection, customers), now);
    var last = customers.get(customers.size() - 1);
    runs.advance(connection, open, last, customers.size(), changed.size());
    return true;
  }
}
