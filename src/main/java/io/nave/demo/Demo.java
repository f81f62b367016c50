package io.nave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nave.platform.Progress;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the demo shows once the systems are filled and the hub is up: all through public HTTP. */
public final class Demo {
  private static final long LOOK_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final HubHttp hub;
  private final Fill fill;
  private final Population population;
  private final Truth truth;
  private final PrintStream out;

  /**
   * @param hub the hub's address
   * @param fill that has filled the systems with the population
   */
  public Demo(URI hub, Fill fill, Population population, Truth truth, PrintStream out) {
    this.hub = new HubHttp(hub);
    this.fill = fill;
    this.population = population;
    this.truth = truth;
    this.out = out;
  }

  /**
   * Watches the load, prints what was found, tells the story.
   *
   * @return the outcome as one JSON object
   */
  public String run() throws InterruptedException {
    while (hub.status() == null) {
      Thread.sleep(LOOK_MILLIS);
    }
    double perSecond = watchTheLoad(System.nanoTime());
    var crosswalk = hub.crosswalk();
    var score = truth.score(crosswalk);
    printSpokes(hub.status(), crosswalk);
    printScore(score, perSecond);
    var times = new Story(fill, population, crosswalk, out).tell();
    settle();
    return json(hub.status(), score, perSecond, times);
  }

  private Map<String, Long> wanted() {
    var wanted = new LinkedHashMap<String, Long>();
    for (var spoke : Population.SPOKES) {
      wanted.put(spoke, (long) population.of(spoke).size());
    }
    return wanted;
  }

  /** Observations a second until all were reconciled; returns when the deliveries are done, too. */
  private double watchTheLoad(long start) throws InterruptedException {
    var bars = new LinkedHashMap<String, Progress>();
    wanted().forEach((spoke, total) -> bars.put(spoke, Progress.of("read " + spoke, total)));
    double rate = 0;
    try {
      long goal = Long.MAX_VALUE; // deliveries come back as observations, which do not count
      long reconciled = 0;
      while (reconciled < goal) {
        Thread.sleep(LOOK_MILLIS);
        var status = hub.status();
        if (status != null && show(status, bars)) {
          var observations = status.path("observations");
          goal = Math.min(goal, observations.path("accepted").asLong());
          reconciled = observations.path("reconciled").asLong();
        }
        stopAfter(start, "loading");
      }
      rate = population.records().size() / ((System.nanoTime() - start) / 1e9);
    } finally {
      bars.values().forEach(Progress::close);
    }
    settle();
    return rate;
  }

  private boolean show(JsonNode status, Map<String, Progress> bars) {
    boolean all = true;
    for (var want : wanted().entrySet()) {
      long now = status.path("deliveries").path(want.getKey()).path("records").asLong();
      bars.get(want.getKey()).reach(Math.min(now, want.getValue()));
      all &= now >= want.getValue();
    }
    return all;
  }

  /** Waits until nothing is under way for a second. */
  private void settle() throws InterruptedException {
    long start = System.nanoTime();
    long most = 0;
    long done = 0;
    Progress bar = null;
    int still = 0;
    while (still < 5) {
      Thread.sleep(LOOK_MILLIS);
      var status = hub.status();
      long lag = status == null ? 1 : lag(status);
      still = lag == 0 ? still + 1 : 0;
      if (bar == null && lag > 100) {
        most = lag;
        bar = Progress.of("bring in line", most);
      }
      if (bar != null) {
        done = Math.max(done, most - lag); // what is brought in line can make more to do
        bar.reach(done);
      }
      stopAfter(start, "bringing the systems in line");
    }
    if (bar != null) {
      bar.close();
    }
  }

  private static long lag(JsonNode status) {
    long lag = status.path("reconcileLag").asLong();
    for (var spoke : status.path("deliveries")) {
      lag += spoke.path("lag").asLong();
    }
    return lag;
  }

  private static void stopAfter(long start, String what) {
    if (System.nanoTime() - start > PATIENCE.toNanos()) {
      throw new IllegalStateException(what + " took longer than " + PATIENCE.toMinutes() + " min");
    }
  }

  private void printSpokes(JsonNode status, Map<String, String> crosswalk) {
    var sizes = new LinkedHashMap<String, Integer>();
    crosswalk.values().forEach(customer -> sizes.merge(customer, 1, Integer::sum));
    out.println();
    out.printf(
        "%-12s %9s %9s %9s %9s %9s%n",
        "system", "records", "matched", "created", "updated", "failed");
    for (var want : wanted().entrySet()) {
      var spoke = status.path("deliveries").path(want.getKey());
      long created = spoke.path("records").asLong() - want.getValue();
      long matched =
          crosswalk.entrySet().stream()
              .filter(link -> link.getKey().startsWith(want.getKey() + ":"))
              .filter(link -> truth.knows(link.getKey()) && sizes.get(link.getValue()) > 1)
              .count();
      out.printf(
          "%-12s %9d %9d %9d %9d %9d%n",
          want.getKey(),
          want.getValue(),
          matched,
          created,
          spoke.path("delivered").asLong() - created,
          spoke.path("failed").asLong());
    }
    out.println("matched: linked to another record; created, updated: written back by the hub");
  }

  private void printScore(Truth.Score score, double perSecond) {
    out.println();
    out.printf(
        "%,d records are %,d people; Nave found %,d customers, %,d duplicates among them.%n",
        score.records(), score.people(), score.customers(), score.duplicatesFound());
    out.printf(
        "Of the links it made %.2f %% are right; of those there are it found %.2f %%.%n",
        100 * score.precision(), 100 * score.recall());
    out.printf(
        "%,.0f observations a second, from the systems' APIs to golden records.%n", perSecond);
  }

  private String json(JsonNode status, Truth.Score score, double perSecond, Story.Times times) {
    var json = new ObjectMapper().createObjectNode();
    var spokes = json.putObject("spokes");
    wanted().forEach(spokes::put);
    json.put("observations", status.path("observations").path("reconciled").asLong());
    json.put("customers", score.customers());
    json.put("duplicatesFound", score.duplicatesFound());
    json.put("precision", round(score.precision()));
    json.put("recall", round(score.recall()));
    json.put("observationsPerSecond", Math.round(perSecond));
    long delivered = 0;
    long failed = 0;
    for (var spoke : status.path("deliveries")) {
      delivered += spoke.path("delivered").asLong();
      failed += spoke.path("failed").asLong();
    }
    json.put("deliveries", delivered);
    json.put("failed", failed);
    times.optOut().forEach(json.putObject("optOutMillis")::put);
    times.phone().forEach(json.putObject("phoneMillis")::put);
    times.profile().forEach(json.putObject("profileMillis")::put);
    return json.toString();
  }

  private static double round(double share) {
    return Math.round(share * 10_000) / 10_000.0;
  }
}
