package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a hub that works at the same rate for long stays as it is: heap, lag, time. */
@Command(
    name = "steady",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures a steady stream of changes, to one system, for long.",
    footer = {
      "",
      "Starts one sandboxed system in this process, with no limits of its own, and a hub with",
      "PostgreSQL and Kafka in one of its own (1 GiB of heap). People become known and are created",
      "in the system. Then, evenly, one of them after the other gets another number in the CRM, which",
      "the hub is told and tells the system; what the system says of that comes back, too. The first",
      "minute is not counted. Of each further minute it keeps the least heap in use and the most that",
      "waited. Times are from accepted to delivered, from the hub's own histogram, so that they are",
      "as exact as its buckets."
    })
final class BenchSteady implements Callable<Integer> {
  /** Seldom, since it is the hub that answers. */
  private static final long LOOK_MILLIS = 1000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      defaultValue = "30",
      description = "How long, the first minute included (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--rate",
      defaultValue = "500",
      description = "Changes a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--people",
      defaultValue = "20000",
      description = "So many people (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(names = "--seed", defaultValue = "1", description = "Of the people (default: 1).")
  private long seed;

  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    if (minutes < 2 || rate <= 0 || people < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "minutes: %d, rate: %s, people: %d (expected: two minutes or more, a rate and people)"
              .formatted(minutes, rate, people));
    }
    try (var one = new BenchOneSystem(options.java(), people, seed)) {
      one.fill();
      var report = measure(one);
      options.tell(report::table, report::json);
    }
    return 0;
  }

  private BenchSteadyReport measure(BenchOneSystem one) throws IOException, InterruptedException {
    var sender = new Thread(() -> send(one), "bench-append");
    var watched = new ArrayList<BenchSteadyReport.Minute>();
    var before = Map.<Double, Double>of();
    BenchUsage usage = null;
    sender.start();
    try (var progress = Progress.of("minutes at %.0f a second".formatted(rate), minutes)) {
      for (int minute = 0; minute < minutes; minute++) {
        var seen = watch(one);
        if (minute == 0) {
          before = buckets(one);
          usage = one.hub().usage();
        } else {
          watched.add(seen);
        }
        progress.add(1);
      }
    }
    var used = one.hub().usage().since(usage);
    var after = buckets(one);
    sender.join();
    one.log().acknowledged();
    return new BenchSteadyReport(
        rate, watched, before, after, used, BenchUsage.peakMemory(one.hub().pid()));
  }

  private void send(BenchOneSystem one) {
    var random = new Random(seed);
    long count = (long) (rate * minutes * 60);
    long begun = System.nanoTime();
    for (long i = 0; i < count; i++) {
      LockSupport.parkNanos(begun + (long) (i * 1e9 / rate) - System.nanoTime());
      one.append((int) (i % people), random, Instant.now());
      if (i % 10_000 == 0) {
        one.log().forget();
      }
    }
  }

  private BenchSteadyReport.Minute watch(BenchOneSystem one) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    long least = Long.MAX_VALUE;
    long most = 0;
    while (System.nanoTime() < until) {
      least = Math.min(least, one.hub().heap());
      most = Math.max(most, one.waiting());
      Thread.sleep(LOOK_MILLIS);
    }
    return new BenchSteadyReport.Minute(least >> 20, most);
  }

  /** How many were delivered within so many seconds, until now. */
  private Map<Double, Double> buckets(BenchOneSystem one) throws InterruptedException {
    return BenchSteadyReport.buckets(one.hub().metrics(), BenchOneSystem.SPOKE);
  }
}
