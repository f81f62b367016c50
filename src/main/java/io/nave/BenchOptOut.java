package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.demo.Fill;
import io.nave.demo.OptOuts;
import io.nave.demo.Population;
import io.nave.platform.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long it takes until all systems hold an opt-out: at rest, and behind a backlog. */
@Command(
    name = "optout",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures opt-outs: from one system to the others, at rest and under load.",
    footer = {
      "",
      "Starts the demo's four systems in this process and a hub with PostgreSQL and Kafka in one of",
      "its own (1 GiB of heap), fills the systems and waits until all is in line. Then people opt",
      "out by the vendors' own APIs, in Acoustic, Gigya and Salesforce, and on a web site that tells",
      "the hub, in turn, and the time is taken until the others tell the same, and until the hub",
      "has read it back from all of them: first at rest, one after the other; then while the",
      "backlog of observations of other people is reconciled; then while what came of it is",
      "created in the systems."
    })
final class BenchOptOut implements Callable<Integer> {
  private static final long SEED = 20260102;
  private static final long LOOK_MILLIS = 200;
  private static final int STILL = 5;
  private static final Duration CONFIRMING = Duration.ofSeconds(60);
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  @Option(
      names = "--people",
      defaultValue = "2000",
      description = "So many people in the systems (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--backlog",
      defaultValue = "20000",
      description = "So many observations are queued at once (default: ${DEFAULT-VALUE}).")
  private int backlog;

  @Option(
      names = "--count",
      defaultValue = "30",
      description = "Opt-outs at rest, and at most in each load (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--every",
      defaultValue = "250",
      paramLabel = "MILLIS",
      description = "Under load one opt-out in so many milliseconds (default: ${DEFAULT-VALUE}).")
  private long every;

  @Mixin private BenchOptions options;

  private OptOuts optOuts;
  private Hub status;

  @Override
  public Integer call() throws Exception {
    var watching = Executors.newCachedThreadPool();
    int port = BenchHub.freePort();
    try (var systems = new BenchSystems()) {
      var population = Population.generate(people, SEED);
      var fill = new Fill(systems.settings());
      fill.run(population);
      try (var hub = BenchHub.start(options.java(), port, systems.environment(port))) {
        status = new Hub(hub.url());
        settle(population.records().size());
        optOuts = new OptOuts(hub.url(), fill, population, watching);
        var report = measure(hub);
        options.tell(report::table, report::json);
      }
    } finally {
      watching.shutdownNow();
    }
    return 0;
  }

  private BenchOptOutReport measure(BenchHub hub) throws Exception {
    var report = new BenchOptOutReport(backlog);
    add(report, hub, "idle", atRest(), 0);
    try (var log = new BenchLog(hub.brokers())) {
      for (var others = new BenchPeople("o", SEED, backlog * 2 / 5); others.hasNext(); ) {
        log.append(others.next());
      }
      log.acknowledged();
    }
    long queued = reconcileLag();
    add(report, hub, "queued", during("reconciling", this::reconcileLag), queued);
    long due = deliveryLag();
    add(report, hub, "delivering", during("delivering", this::deliveryLag), due);
    return report;
  }

  private static void add(
      BenchOptOutReport report, BenchHub hub, String phase, List<OptOuts.Seen> seen, long waiting)
      throws IOException, SQLException, InterruptedException {
    try (var connection = hub.database()) {
      report.add(
          phase,
          seen,
          BenchStages.of(connection, seen),
          BenchConfirmed.of(connection, seen, CONFIRMING),
          waiting);
    }
  }

  /** One after the other. */
  private List<OptOuts.Seen> atRest() throws InterruptedException {
    var seen = new ArrayList<OptOuts.Seen>();
    try (var progress = Progress.of("opt-outs at rest", count)) {
      for (int i = 0; i < count && optOuts.left() > 0; i++) {
        optOuts.next(system(i)).stream().map(CompletableFuture::join).forEach(seen::add);
        progress.add(1);
        Thread.sleep(LOOK_MILLIS);
      }
    }
    return seen;
  }

  /** One every now and then, whatever became of those before, while something waits. */
  private List<OptOuts.Seen> during(String what, LongSupplier waiting) throws InterruptedException {
    var seen = new ArrayList<CompletableFuture<OptOuts.Seen>>();
    try (var progress = Progress.of("opt-outs while " + what, count)) {
      for (int i = 0; i < count && optOuts.left() > 0 && waiting.getAsLong() > 0; i++) {
        seen.addAll(optOuts.next(system(i)));
        progress.add(1);
        Thread.sleep(every);
      }
      return seen.stream().map(CompletableFuture::join).toList();
    }
  }

  private static String system(int nth) {
    return OptOuts.DOORS.get(nth % OptOuts.DOORS.size());
  }

  private long reconcileLag() {
    return status().path("reconcileLag").asLong();
  }

  private long deliveryLag() {
    long lag = 0;
    for (var spoke : status().path("deliveries")) {
      lag += spoke.path("lag").asLong();
    }
    return lag;
  }

  private JsonNode status() {
    try {
      return status.status();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** Waits until the systems were read and nothing is under way for a second. */
  private void settle(long records) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE;
    try (var progress = Progress.of("read and bring in line", records)) {
      for (int still = 0; still < STILL; ) {
        Thread.sleep(LOOK_MILLIS);
        long reconciled = status().path("observations").path("reconciled").asLong();
        progress.reach(Math.min(records, reconciled));
        boolean busy = reconciled < records || reconcileLag() + deliveryLag() > 0;
        still = busy ? 0 : still + 1;
        if (System.nanoTime() > until) {
          throw new IllegalStateException("hub: still busy after ten minutes (expected: at rest)");
        }
      }
    }
  }
}
