package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * From the log to committed golden records: how many observations a second, at what cost, after
 * what time, and how that compares with what the bare database does.
 */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures reconciling: from the log to golden records and outbox, committed.",
    footer = {
      "",
      "Starts a hub with PostgreSQL and Kafka in a process of its own (1 GiB of heap) and a",
      "temporary data folder. After a warm-up with other people, it appends the observations to",
      "the log at once and stops the time when the last of them is committed; CPU is counted until",
      "they are published, too, and includes Kafka's, which runs inside the hub. Latency is from",
      "Kafka's acknowledgement to the commit, seen from outside every 2 ms, at a tenth of the",
      "rate. The bare database writes the same rows in JDBC batches of 100 changes on two",
      "connections, without reading, matching or thinking. Linux only."
    })
final class BenchReconcile implements Callable<Integer> {
  private static final int WARM_UP = 12_000;
  private static final long LATENCY_SECONDS = 20;

  @Option(
      names = "--people",
      defaultValue = "20000",
      description = "So many people, two and a half observations each (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--seed", defaultValue = "1", description = "Of the people (default: 1).")
  private long seed;

  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    try (var hub = BenchHub.start(options.java());
        var log = new BenchLog(hub.brokers());
        var commits = new BenchCommits(hub.database(), BenchLog.topicId(hub.brokers()))) {
      var load = new BenchLoad(hub, log, commits);
      load.all("warm-up", new BenchPeople("w", seed + 1, Math.min(WARM_UP, people)));
      var burst = load.all("reconciled", new BenchPeople("b", seed, people));
      var bare = bare(hub);
      var latency = load.paced(burst.perSecond() / 10, LATENCY_SECONDS, seed + 2);
      var report =
          new BenchReport(burst, latency, bare, hub.peakHeap(), BenchUsage.peakMemory(hub.pid()));
      options.tell(report::table, report::json);
    }
    return 0;
  }

  private static BenchLoad.Burst bare(BenchHub hub) throws IOException, SQLException {
    try (var reading = hub.database()) {
      var bare = new BenchBare(reading, hub);
      try (var progress = Progress.of("bare database", bare.changes())) {
        return bare.write(progress);
      }
    }
  }

  /** The value that so many of a hundred do not exceed. */
  static double percentile(double[] values, int percent) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
    return sorted.length == 0 ? 0 : sorted[Math.max(0, at)];
  }
}
