package io.nave.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One run: carries the plan out, waits until all is at rest, and looks whether it holds. */
public final class Trial implements AutoCloseable {
  private static final int CLERKS = 8;
  private static final long LOOK_MILLIS = 500;
  private static final long STOPS_MILLIS = 2000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final long seed;
  private final Duration length;
  private final double rate;
  private final Plan plan;
  private final House house;
  private final Door door;
  private final PrintWriter out;
  private final Map<String, Screens> systems = new LinkedHashMap<>();
  private final HubView hub;
  private final Map<String, String> ids = new ConcurrentHashMap<>();
  private final Stops stops = new Stops();
  private final Recovery recovery;
  private final Strikes strikes;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Since since = new Since();
  private volatile boolean over;

  /**
   * What was asked for.
   *
   * @param rate changes a second
   */
  public record Wish(long seed, Duration length, double rate) {}

  /**
   * @param door where the systems of the house send their webhooks
   * @param out where it tells how far it is
   */
  public Trial(Wish wish, Plan plan, House house, Door door, PrintWriter out) {
    this.seed = wish.seed();
    this.length = wish.length();
    this.rate = wish.rate();
    this.house = house;
    this.door = door;
    this.out = out;
    this.plan = plan;
    this.hub = new HubView(house.hubs());
    this.recovery = new Recovery(Math.max(20, Math.round(rate * Strikes.IN_STEP_SECONDS)));
    house.systems().forEach((name, address) -> systems.put(name, new Screens(name, address)));
    this.strikes = new Strikes(plan, length, house, door, systems, hub, since, out);
  }

  /**
   * Carries it out.
   *
   * @param quiet how long nothing may be delivered at the end
   * @param dropOne whether a delivery is made away with, to see that it is noticed
   */
  public Report run(Duration quiet, boolean dropOne) throws InterruptedException, IOException {
    say("%d people come into %d systems", plan.people().size(), systems.size());
    fill();
    var first =
        IntStream.range(0, house.hubs().size())
            .filter(hub -> !strikes.isAdded(hub))
            .boxed()
            .toList();
    say("%d instances of the hub start", first.size());
    together(
        first.stream().map(i -> (Callable<Void>) () -> nothing(() -> house.startHub(i))).toList());
    awaitFirstReading();
    atRest();
    since.begin();
    var watching = List.of(threads.submit(this::watchHub), threads.submit(this::watchStops));
    say("%d changes and %d misfortunes", plan.changes().size(), plan.misfortunes().size());
    var work = new ArrayList<Callable<Void>>();
    IntStream.range(0, CLERKS).forEach(i -> work.add(() -> clerk(i)));
    work.add(() -> strikes.strike(true));
    work.add(() -> strikes.strike(false));
    together(work);
    var truth = new ArrayList<>(plan.truth());
    if (dropOne) {
      dropOne(truth);
    }
    long last = since.millis();
    var rest = atRest();
    long calmAfter = rest.isEmpty() ? -1 : Math.max(0, rest.getAsLong() - last);
    over = true;
    for (var one : watching) {
      finish(one);
    }
    return report(truth, calmAfter, quiet);
  }

  private void say(String format, Object... values) {
    say(out, format, values);
  }

  static void say(PrintWriter out, String format, Object... values) {
    out.println("chaos: " + String.format(format, values));
    out.flush();
  }

  private static Void nothing(Runnable work) {
    work.run();
    return null;
  }

  private void together(List<Callable<Void>> work) throws InterruptedException {
    var futures = work.stream().map(threads::submit).toList();
    for (var one : futures) {
      finish(one);
    }
  }

  private static void finish(Future<?> work) throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException told
          ? told
          : new IllegalStateException(failed.getCause());
    }
  }

  // -- what happens to people

  private void fill() throws InterruptedException {
    var work = new ArrayList<Callable<Void>>();
    systems.forEach(
        (name, system) ->
            work.add(
                () -> {
                  for (int person = 0; person < plan.people().size(); person++) {
                    ids.put(name + " " + person, system.add(plan.people().get(person)));
                  }
                  return null;
                }));
    together(work);
  }

  /** Until the hub has read everybody in every system. */
  private void awaitFirstReading() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    long all = (long) plan.people().size() * systems.size();
    for (var now = hub.numbers(); now == null || now.records() < all; now = hub.numbers()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("hub: %s (expected: %d records)".formatted(now, all));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** One of several, who takes every n-th person, so that hers keep their order. */
  private Void clerk(int number) throws InterruptedException {
    for (var change : plan.changes()) {
      if (change.person() % CLERKS == number) {
        since.await(change.atMillis());
        carryOut(change);
      }
    }
    return null;
  }

  private void carryOut(Change change) {
    var system = systems.get(change.spoke());
    var key = change.spoke() + " " + change.person();
    if (change.kind() == Change.Kind.CREATE) {
      ids.put(key, system.add(change.facts()));
      return;
    }
    if (change.kind() == Change.Kind.GRANT) {
      stops.granting(change.facts().email());
    }
    system.change(ids.get(key), change);
    if (change.kind() == Change.Kind.STOP) {
      stops.stopped(change.facts().email());
    }
  }

  /**
   * Changes one more number while Salesforce is down, and makes the delivery that waits for it go
   * away.
   */
  private void dropOne(List<Facts> truth) throws InterruptedException {
    atRest();
    var salesforce = systems.get("salesforce");
    salesforce.begin(JsonNodeFactory.instance.objectNode().put("kind", "down"));
    var facts = truth.get(0).withMobile("447700999999");
    truth.set(0, facts);
    var change = new Change(0, 0, "gigya", Change.Kind.PHONE, facts);
    systems.get("gigya").change(ids.get("gigya 0"), change);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!house.dropDelivery("salesforce")) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("no delivery to drop (expected: one that is due)");
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS / 10);
    }
    say("dropped one delivery to salesforce; this must be noticed");
    salesforce.endFaults();
  }

  // -- watching

  private Void watchHub() throws InterruptedException {
    while (!over) {
      recovery.seen(since.millis(), hub.numbers());
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return null;
  }

  private Void watchStops() throws InterruptedException {
    while (!over) {
      lookAtStops();
      TimeUnit.MILLISECONDS.sleep(STOPS_MILLIS);
    }
    lookAtStops();
    return null;
  }

  private void lookAtStops() {
    systems.forEach(
        (name, system) -> {
          if (system.holdsConsent()) {
            stops.seen(name, system.all());
          }
        });
  }

  /**
   * Waits until nothing has waited for so long that every source has been read meanwhile; yields
   * since when that is, empty where it never was.
   */
  private OptionalLong atRest() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    long calm = since.millis();
    HubView.Numbers before = null;
    while (System.nanoTime() < until) {
      var now = hub.numbers();
      boolean same = now != null && now.waiting() == 0 && now.equals(before);
      if (!same) {
        calm = since.millis();
      }
      if (since.millis() - calm > house.longestPoll().toMillis() * 2) {
        return OptionalLong.of(calm);
      }
      before = now;
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    say("not at rest after %d s: %s", PATIENCE.toSeconds(), before);
    return OptionalLong.empty();
  }

  // -- the end

  private Report report(List<Facts> truth, long calmAfter, Duration quiet)
      throws InterruptedException, IOException {
    say("at rest; nothing may happen for %d s", quiet.toSeconds());
    var before = hub.numbers();
    TimeUnit.MILLISECONDS.sleep(quiet.toMillis());
    var after = hub.numbers();
    var rows = new HashMap<String, List<Screens.Row>>();
    systems.forEach((name, system) -> rows.put(name, system.all()));
    var checks = new LinkedHashMap<String, List<String>>();
    checks.put("all is at rest in the end", calmAfter < 0 ? List.of("something waits") : List.of());
    checks.put("every observation ended", ended(after));
    var unseen =
        systems.values().stream()
            .flatMap(system -> system.unseen().stream())
            .collect(Collectors.toSet());
    checks.putAll(new Checks(plan, rows, hub, strikes.forgotten(), unseen).run(truth));
    checks.put("no stop was undone without a grant", stops.breaches());
    checks.put("versions of a customer rise", house.versionsOutOfOrder());
    checks.put("nothing is delivered in a circle", circle(before, after));
    return new Report(
        seed,
        length.toSeconds(),
        rate,
        truth.size(),
        kinds(),
        strikes.all(recovery),
        door.told(),
        calmAfter,
        counters(after, unseen.size()),
        checks);
  }

  private static List<String> ended(HubView.Numbers numbers) {
    return numbers.isReconciled()
        ? List.of()
        : List.of("%d accepted, %d ended".formatted(numbers.accepted(), numbers.ended()));
  }

  private static List<String> circle(HubView.Numbers before, HubView.Numbers after) {
    long more = after.delivered() - before.delivered();
    return more == 0 ? List.of() : List.of(more + " deliveries (expected: none)");
  }

  private Map<String, Integer> kinds() {
    var kinds = new HashMap<String, Integer>();
    plan.changes().forEach(change -> kinds.merge(change.kind().name(), 1, Integer::sum));
    return kinds;
  }

  private static Map<String, Long> counters(HubView.Numbers numbers, long unseen) {
    var counters = new LinkedHashMap<String, Long>();
    counters.put("accepted", numbers.accepted());
    counters.put("reconciled", numbers.reconciled());
    counters.put("quarantined", numbers.invalid());
    counters.put("delivered", numbers.delivered());
    counters.put("deadLetters", numbers.failed());
    counters.put("unseen", unseen);
    return counters;
  }

  @Override
  public void close() {
    over = true;
    threads.shutdownNow();
  }
}
