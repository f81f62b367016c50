package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A hub with one sandboxed system that takes as much as it is sent, and people of a CRM whose
 * numbers change.
 */
final class BenchOneSystem implements AutoCloseable {
  static final String SPOKE = "acoustic";
  static final long LOOK_MILLIS = 500;
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

  private final BenchSystems systems;
  private final BenchHub hub;
  private final BenchLog log;
  private final Hub status;
  private final BenchCountry country;
  private final int people;

  BenchOneSystem(List<String> java, int people, long seed)
      throws IOException, InterruptedException {
    this.people = people;
    this.country = new BenchCountry(seed);
    int port = BenchHub.freePort();
    systems = new BenchSystems(List.of(SPOKE));
    hub = BenchHub.start(java, port, environment(systems, port));
    log = new BenchLog(hub.brokers());
    status = new Hub(hub.url());
  }

  private static Map<String, String> environment(BenchSystems systems, int port) {
    var variables = systems.environment(port);
    Connecting.put(variables, SPOKE, "create", "true");
    Connecting.put(variables, SPOKE, "limits.per-second", "100000");
    Connecting.put(variables, SPOKE, "limits.in-flight", "8");
    Connecting.put(
        variables, SPOKE, "poll", "2s"); // else most of the work is to export the same again
    return variables;
  }

  BenchHub hub() {
    return hub;
  }

  BenchLog log() {
    return log;
  }

  /** The people become known, and are created in the system. */
  void fill() throws InterruptedException {
    for (int number = 0; number < people; number++) {
      append(number, new Random(number), Instant.EPOCH);
    }
    log.acknowledged();
    awaitAll("created in " + SPOKE, this::isCreated);
  }

  /** One of the people gets another number. */
  void append(int number, Random random, Instant at) {
    var phone = BenchCountry.otherPhone(random);
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
    log.append(new BenchPeople.Said("crm:c" + number, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** A condition that is looked at again and again, and how far it is. */
  interface Condition {
    boolean holds(Progress progress) throws InterruptedException;
  }

  void awaitAll(String what, Condition condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE;
    try (var progress = Progress.of(what, people)) {
      while (!condition.holds(progress)) {
        if (System.nanoTime() > until) {
          throw new IllegalStateException(what + ": not all (expected: all in ten minutes)");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    }
  }

  /** Two people may happen to be one to the hub. */
  private boolean isCreated(Progress progress) throws InterruptedException {
    var now = status.status();
    long held = ofSpoke(now, "delivered");
    progress.reach(Math.min(people, held));
    return held > 0 && held >= now.path("customers").asLong() && waiting(now) == 0;
  }

  long reconcileLag() throws InterruptedException {
    return status.status().path("reconcileLag").asLong();
  }

  /** How many observations and deliveries wait. */
  long waiting() throws InterruptedException {
    return waiting(status.status());
  }

  private static long waiting(JsonNode now) {
    return now.path("reconcileLag").asLong() + ofSpoke(now, "lag");
  }

  /** How many deliveries to the system wait. */
  long lag() throws InterruptedException {
    return ofSpoke(status.status(), "lag");
  }

  long delivered() throws InterruptedException {
    return ofSpoke(status.status(), "delivered");
  }

  private static long ofSpoke(JsonNode now, String figure) {
    return now.path("deliveries").path(SPOKE).path(figure).asLong();
  }

  Hub status() {
    return status;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    log.close();
    hub.close();
    systems.close();
  }
}
