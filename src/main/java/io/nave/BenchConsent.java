package io.nave;

import io.nave.consent.VerifyLedger;
import io.nave.platform.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long decisions take over a long ledger, and verifying it. */
@Command(
    name = "consent",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures decisions, one by one and in bulk, now and in the past, and verifying.",
    footer = {
      "",
      "Starts a hub with PostgreSQL and Kafka in a process of its own (1 GiB of heap) and a",
      "temporary data folder, writes customers with five ledger entries each into its tables, and",
      "waits until the hub's own sealer has chained them. Then it asks by HTTP. Needs 2 GB of disk."
    })
final class BenchConsent implements Callable<Integer> {
  private static final int PER_SECOND = 200;
  private static final int BULK = 10_000;
  private static final int CALLS = 5;
  private static final int PAST = 1000;
  private static final String ABOUT = "purpose=marketing&channel=email";

  @Option(
      names = "--entries",
      defaultValue = "1000000",
      description = "So many entries in the ledger (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "So long 200 decisions a second are asked for (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Mixin private BenchOptions options;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Random random = new Random(1);
  private URI hub;
  private int customers;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    customers = Math.max(BULK, entries / BenchLedger.EACH);
    try (var running = BenchHub.start(options.java())) {
      hub = running.url();
      double sealed;
      try (var connection = running.database()) {
        sealed = new BenchLedger(connection).fill(customers);
      }
      paced("warm-up", 15);
      var single = paced("decisions", seconds);
      var bulk = bulk();
      var past = past();
      var report = new BenchConsentReport(single, bulk, past, sealed, verify(running));
      options.tell(report::table, report::json);
    }
    return 0;
  }

  private String customer() {
    return BenchLedger.id(random.nextInt(customers));
  }

  private HttpRequest one(String rest) {
    var path = "/api/customers/" + customer() + "/decision?" + ABOUT + rest;
    return HttpRequest.newBuilder(hub.resolve(path)).build();
  }

  /** Evenly; each from the moment when it was to be sent until its answer was there. */
  private double[] paced(String what, int forSeconds) throws InterruptedException {
    int count = PER_SECOND * forSeconds;
    var answers = new ArrayList<CompletableFuture<Double>>(count);
    long begun = System.nanoTime();
    try (var progress = Progress.of(what, count)) {
      for (int i = 0; i < count; i++) {
        long due = begun + i * 1_000_000_000L / PER_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
        answers.add(
            http.sendAsync(one(""), BodyHandlers.ofString()).thenApply(it -> millis(it, due)));
        progress.add(1);
      }
      return answers.stream().mapToDouble(CompletableFuture::join).toArray();
    }
  }

  private static double millis(HttpResponse<String> answer, long since) {
    double millis = (System.nanoTime() - since) / 1e6;
    if (answer.statusCode() != 200 || !answer.body().contains("\"entry\"")) {
      throw new IllegalStateException(
          "hub: %d %s (expected: a decision)".formatted(answer.statusCode(), answer.body()));
    }
    return millis;
  }

  /** By e-mail address, all of one list in one call. */
  private double[] bulk() throws IOException, InterruptedException {
    var millis = new double[CALLS];
    try (var progress = Progress.of("decisions in bulk", (long) CALLS * BULK)) {
      for (int call = -1; call < CALLS; call++) {
        var list =
            IntStream.range(0, BULK)
                .mapToObj(
                    i -> "{\"email\": \"" + BenchLedger.email(random.nextInt(customers)) + "\"}")
                .collect(Collectors.joining("\n"));
        var request =
            HttpRequest.newBuilder(hub.resolve("/api/decisions?" + ABOUT))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(list))
                .build();
        long since = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofString());
        double took = millis(answer, since);
        long right = answer.body().lines().filter(line -> line.contains("\"entry\"")).count();
        if (right != BULK) {
          throw new IllegalStateException("hub: " + right + " decisions (expected: " + BULK + ")");
        }
        if (call >= 0) { // the first warms up
          millis[call] = took;
          progress.add(BULK);
        }
      }
    }
    return millis;
  }

  /** One after the other, of any customer at any time of the ledger. */
  private double[] past() throws IOException, InterruptedException {
    var millis = new double[PAST];
    var now = Instant.now();
    try (var progress = Progress.of("decisions as of a past day", PAST)) {
      for (int i = -PAST / 10; i < PAST; i++) {
        var asOf = now.minus(Duration.ofMinutes(random.nextInt(BenchLedger.DAYS * 24 * 60)));
        var request = one("&asOf=" + asOf);
        long since = System.nanoTime();
        double took = millis(http.send(request, BodyHandlers.ofString()), since);
        if (i >= 0) { // those before warm up
          millis[i] = took;
          progress.add(1);
        }
      }
    }
    return millis;
  }

  private double verify(BenchHub running) throws IOException, SQLException {
    try (var connection = running.database();
        var progress = Progress.of("entries verified", (long) customers * BenchLedger.EACH)) {
      long since = System.nanoTime();
      var report = VerifyLedger.run(connection, Map.of(), progress::reach);
      if (!report.findings().isEmpty() || report.waiting() > 0) {
        throw new IllegalStateException("ledger: " + report + " (expected: chained and whole)");
      }
      return (System.nanoTime() - since) / 1e9;
    }
  }
}
