package io.nave;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast records are matched among few and among many customers, and where the time goes. */
@Command(
    name = "match",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures matching: a mixed load among few customers, and among many.",
    footer = {
      "",
      "Starts a hub with PostgreSQL and Kafka in a process of its own (1 GiB of heap) and a",
      "temporary data folder. Fills it with made-up people through the log, measures a load of two",
      "fifths new people, two fifths other records of known people, and one fifth changes; then",
      "fills on and measures the same again. The shares of time are of the hub's metrics",
      "nave.reconcile.*. Linux only."
    })
final class BenchMatch implements Callable<Integer> {
  private static final int CHUNK = 25_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--customers",
      defaultValue = "50000",
      description = "So many at the first measurement (default: ${DEFAULT-VALUE}).")
  private int customers;

  @Option(
      names = "--large",
      defaultValue = "500000",
      description = "So many at the second; 0 for none (default: ${DEFAULT-VALUE}).")
  private int large;

  @Option(
      names = "--observations",
      defaultValue = "20000",
      description = "Of a measurement (default: ${DEFAULT-VALUE}).")
  private int observations;

  @Option(
      names = "--fill-within",
      paramLabel = "SECONDS",
      defaultValue = "480",
      description =
          "Fills no longer than that for the second; fewer customers are told then"
              + " (default: ${DEFAULT-VALUE}).")
  private long fillWithin;

  @Option(names = "--seed", defaultValue = "1", description = "Of the people (default: 1).")
  private long seed;

  @Mixin private BenchOptions options;

  private int known;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    check();
    var crowd = new BenchCrowd(seed);
    var all = new ArrayList<BenchMatchReport.Measured>();
    try (var hub = BenchHub.start(options.java());
        var log = new BenchLog(hub.brokers());
        var commits = new BenchCommits(hub.database(), BenchLog.topicId(hub.brokers()))) {
      var load = new BenchLoad(hub, log, commits);
      fill(load, crowd, customers, Long.MAX_VALUE);
      all.add(measure("few", hub, load, crowd));
      if (large > 0) {
        fill(load, crowd, large, TimeUnit.SECONDS.toNanos(fillWithin));
        all.add(measure("many", hub, load, crowd));
      }
    }
    var report = new BenchMatchReport(all);
    options.tell(report::table, report::json);
    return 0;
  }

  private void check() {
    if (customers < 1 || observations < 5 || large != 0 && large < customers + observations) {
      throw new IllegalArgumentException(
          "--customers %d --observations %d --large %d (expected: customers, and more at the second"
                  .formatted(customers, observations, large)
              + " measurement than after the first)");
    }
  }

  /** In chunks, so that the log is not far ahead of the hub and the time can be kept. */
  private void fill(BenchLoad load, BenchCrowd crowd, int to, long nanos)
      throws IOException, InterruptedException, SQLException {
    long begun = System.nanoTime();
    while (known < to && System.nanoTime() - begun < nanos) {
      int next = Math.min(to, known + CHUNK);
      load.all("to %,d".formatted(next), crowd.fill(known, next));
      known = next;
    }
    if (known < to) {
      spec.commandLine()
          .getErr()
          .printf("filled to %,d of %,d: more would take too long%n", known, to);
    }
  }

  private BenchMatchReport.Measured measure(
      String run, BenchHub hub, BenchLoad load, BenchCrowd crowd)
      throws IOException, InterruptedException, SQLException {
    hub.forgetPeakHeap();
    long before = hub.count("customer where redirect_to is null");
    var times = BenchMatchReport.Times.of(hub);
    var burst = load.all("matched", crowd.mixed(run, known, observations));
    var spent = BenchMatchReport.Times.of(hub).since(times);
    known += observations / 5 * 2 + (observations % 5 + 1) / 2; // the new ones
    return new BenchMatchReport.Measured(
        before, burst, spent, hub.peakHeap(), BenchUsage.memory(hub.pid()));
  }
}
