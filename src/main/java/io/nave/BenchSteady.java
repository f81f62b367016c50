package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
  private static final long LOOK_MILLIS = 500;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);
  private static final String SPOKE = "acoustic";

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

  private BenchHub hub;
  private Hub status;

  @Override
  public Integer call() throws Exception {
    if (minutes < 2 || rate <= 0 || people < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "minutes: %d, rate: %s, people: %d (expected: two minutes or more, a rate and people)"
              .formatted(minutes, rate, people));
    }
    int port = BenchHub.freePort();
    try (var systems = new BenchSystems(List.of(SPOKE));
        var started = BenchHub.start(options.java(), port, environment(systems, port));
        var log = new BenchLog(started.brokers())) {
      hub = started;
      status = new Hub(hub.url());
      var country = new BenchCountry(seed);
      fill(log, country);
      var report = measure(log, country);
      options.tell(report::table, report::json);
    }
    return 0;
  }

  private static Map<String, String> environment(BenchSystems systems, int port) {
    var variables = systems.environment(port);
    Connecting.put(variables, SPOKE, "create", "true");
    Connecting.put(variables, SPOKE, "limits.per-second", "100000");
    Connecting.put(variables, SPOKE, "limits.in-flight", "8");
    return variables;
  }

  private void fill(BenchLog log, BenchCountry country) throws InterruptedException {
    for (int number = 0; number < people; number++) {
      var phone = BenchCountry.otherPhone(new Random(number));
      log.append(said(number, phone, country, Instant.EPOCH));
    }
    log.acknowledged();
    long until = System.nanoTime() + PATIENCE;
    try (var progress = Progress.of("created in " + SPOKE, people)) {
      for (long held = 0; held == 0 || held < customers() || waiting() > 0; held = delivered()) {
        progress.reach(Math.min(people, held));
        if (System.nanoTime() > until) {
          throw new IllegalStateException(
              "hub: %d of %d created (expected: all in ten minutes)".formatted(held, people));
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  private BenchSteadyReport measure(BenchLog log, BenchCountry country)
      throws IOException, InterruptedException {
    var sender = new Thread(() -> send(log, country), "bench-append");
    var watched = new ArrayList<BenchSteadyReport.Minute>();
    var before = Map.<Double, Double>of();
    BenchUsage usage = null;
    sender.start();
    try (var progress = Progress.of("minutes at %.0f a second".formatted(rate), minutes)) {
      for (int minute = 0; minute < minutes; minute++) {
        var seen = watch();
        if (minute == 0) {
          before = buckets();
          usage = hub.usage();
        } else {
          watched.add(seen);
        }
        progress.add(1);
      }
    }
    var used = hub.usage().since(usage);
    var after = buckets();
    sender.join();
    log.acknowledged();
    return new BenchSteadyReport(
        rate, watched, before, after, used, BenchUsage.peakMemory(hub.pid()));
  }

  private void send(BenchLog log, BenchCountry country) {
    var random = new Random(seed);
    long count = (long) (rate * minutes * 60);
    long begun = System.nanoTime();
    for (long i = 0; i < count; i++) {
      LockSupport.parkNanos(begun + (long) (i * 1e9 / rate) - System.nanoTime());
      log.append(said((int) (i % people), BenchCountry.otherPhone(random), country, Instant.now()));
      if (i % 10_000 == 0) {
        log.forget();
      }
    }
  }

  private BenchSteadyReport.Minute watch() throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    long least = Long.MAX_VALUE;
    long most = 0;
    while (System.nanoTime() < until) {
      least = Math.min(least, hub.heap());
      most = Math.max(most, waiting());
      Thread.sleep(LOOK_MILLIS);
    }
    return new BenchSteadyReport.Minute(least >> 20, most);
  }

  /** How many were delivered within so many seconds, until now. */
  private Map<Double, Double> buckets() throws InterruptedException {
    return BenchSteadyReport.buckets(hub.metrics(), SPOKE);
  }

  private long waiting() throws InterruptedException {
    var now = status.status();
    return now.path("reconcileLag").asLong() + ofSpoke("lag");
  }

  /** Two people may happen to be one to the hub. */
  private long customers() throws InterruptedException {
    return status.status().path("customers").asLong();
  }

  private long delivered() throws InterruptedException {
    return ofSpoke("delivered");
  }

  private long ofSpoke(String figure) throws InterruptedException {
    return status.status().path("deliveries").path(SPOKE).path(figure).asLong();
  }

  private static BenchPeople.Said said(int number, String phone, BenchCountry country, Instant at) {
    var person = country.person(number);
    var json =
        """
        {"spoke":"crm","recordId":"c%d","changedAt":"%s","customer":{"type":"person",\
        "name":{"given":"%s","family":"%s"},"emails":[{"value":"c%d@steady.example"}],\
        "phones":[{"value":"%s","type":"mobile"}],\
        "addresses":[{"lines":["%s"],"city":"%s","postalCode":"%s","country":"GB"}]}}\
        """
            .formatted(
                number,
                at,
                person.given(),
                person.family(),
                number,
                phone,
                person.line(),
                person.town(),
                person.postcode());
    return new BenchPeople.Said("crm:c" + number, json.getBytes(StandardCharsets.UTF_8));
  }
}
