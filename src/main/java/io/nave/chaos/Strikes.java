package io.nave.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The misfortunes of one run: makes them happen, ends them, and keeps when that was. */
final class Strikes {
  /** So many seconds of the stream may wait where the hub is in step. */
  static final int IN_STEP_SECONDS = 10;

  /** Within what docs/operations.md allows. */
  private static final long CLOCK_OFF = 1_500;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 500;

  private final Plan plan;
  private final Duration length;
  private final House house;
  private final Door door;
  private final Map<String, Screens> systems;
  private final HubView hub;
  private final Since since;
  private final PrintWriter out;
  private final List<Struck> struck = Collections.synchronizedList(new ArrayList<>());

  private record Struck(Misfortune what, long from, long to) {}

  Strikes(
      Plan plan,
      Duration length,
      House house,
      Door door,
      Map<String, Screens> systems,
      HubView hub,
      Since since,
      PrintWriter out) {
    this.plan = plan;
    this.length = length;
    this.house = house;
    this.door = door;
    this.systems = systems;
    this.hub = hub;
    this.since = since;
    this.out = out;
  }

  /** Whether the instance only comes in the middle of it. */
  boolean isAdded(int hub) {
    return plan.misfortunes().stream()
        .anyMatch(one -> one.kind() == Misfortune.Kind.HUB_ADDED && one.hub() == hub);
  }

  /**
   * One after the other: those of the machines, or those of the systems. Where one took longer to
   * end than planned, the next one comes so much later.
   */
  Void strike(boolean machines) throws InterruptedException {
    long late = 0;
    for (var one : plan.misfortunes()) {
      if (one.kind().isOfAMachine() == machines && one.endMillis() + late < length.toMillis()) {
        since.await(one.atMillis() + late);
        long from = since.millis();
        Trial.say(out, "%5.1f s  %s for %.1f s", from / 1000.0, one.words(), one.millis() / 1000.0);
        begin(one);
        TimeUnit.MILLISECONDS.sleep(one.millis() - (since.millis() - from));
        end(one);
        struck.add(new Struck(one, from, since.millis()));
        late = Math.max(late, since.millis() - one.endMillis());
      }
    }
    return null;
  }

  private void begin(Misfortune one) {
    switch (one.kind()) {
      case HUB_KILLED -> house.killHub(one.hub());
      case HUB_FROZEN -> house.freezeHub(one.hub());
      case HUB_DRAINED -> house.drainHub(one.hub());
      case HUB_ADDED -> house.startHub(one.hub());
      case BACKUP_RESTORED -> house.backUp();
      case DATABASE_KILLED -> house.stopDatabase(true);
      case DATABASE_RESTARTED -> house.stopDatabase(false);
      case DATABASE_FULL -> house.fillDisk();
      case LOG_KILLED -> house.stopLog(true);
      case LOG_RESTARTED -> house.stopLog(false);
      case HOOKS_TWICE, HOOKS_LATE -> door.trouble(one.kind(), one.seed());
      case TOKENS_EXPIRED -> expireTokens();
      default -> beginFault(one);
    }
  }

  private void end(Misfortune one) throws InterruptedException {
    switch (one.kind()) {
      case HUB_KILLED, HUB_DRAINED -> house.startHub(one.hub());
      case HUB_FROZEN -> house.thawHub(one.hub());
      case BACKUP_RESTORED -> loseAllAndRestore();
      case DATABASE_KILLED, DATABASE_RESTARTED -> house.startDatabase();
      case DATABASE_FULL -> {
        house.stopDatabase(true);
        house.startDatabase();
      }
      case LOG_KILLED, LOG_RESTARTED -> house.startLog();
      case HOOKS_TWICE, HOOKS_LATE -> door.trouble(null, 0);
      case HUB_ADDED, TOKENS_EXPIRED -> {}
      default -> systems.get(one.spoke()).endFaults();
    }
  }

  private void loseAllAndRestore() throws InterruptedException {
    for (int i = 0; i < house.hubs().size(); i++) {
      house.killHub(i);
    }
    house.restore();
    house.startReader(0);
    awaitReading();
    house.drainHub(0);
    for (int i = 0; i < house.hubs().size(); i++) {
      house.startHub(i);
    }
  }

  /** Until every system has been read, and all that was heard is known. */
  private void awaitReading() throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    TimeUnit.MILLISECONDS.sleep(house.longestPoll().toMillis() * 2);
    for (var now = hub.numbers(); now == null || !now.isReconciled(); now = hub.numbers()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("hub: %s (expected: all reconciled)".formatted(now));
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private void expireTokens() {
    for (var name : List.of("salesforce", "acoustic")) {
      systems.get(name).begin(JsonNodeFactory.instance.objectNode().put("kind", "expireTokens"));
    }
  }

  private void beginFault(Misfortune one) {
    var fault = JsonNodeFactory.instance.objectNode();
    fault.put("seed", one.seed() >> 20);
    switch (one.kind()) {
      case SPOKE_DOWN -> fault.put("kind", "down");
      case SPOKE_SLOW -> fault.put("kind", "slow").put("millis", 1500);
      case SPOKE_THROTTLES ->
          fault.put("kind", "status").put("status", 429).put("retryAfter", 1).put("share", 0.7);
      case SPOKE_FAILS_AFTER_APPLYING -> fault.put("kind", "errorAfterApply").put("share", 0.5);
      case SPOKE_CLOCK_OFF ->
          fault.put("kind", "clock").put("millis", one.seed() < 0 ? -CLOCK_OFF : CLOCK_OFF);
      default -> fault.put("kind", "dropAfterApply").put("share", 0.5);
    }
    systems.get(one.spoke()).begin(fault);
  }

  /**
   * Those about whom something was said before the restore and after the backup, or so shortly
   * before it that the hub told the systems after it.
   */
  Set<Integer> forgotten() {
    synchronized (struck) {
      return struck.stream()
          .filter(one -> one.what().kind() == Misfortune.Kind.BACKUP_RESTORED)
          .flatMap(
              one ->
                  plan.changes().stream()
                      .filter(c -> c.atMillis() >= one.from() - IN_STEP_SECONDS * 1000L)
                      .filter(c -> c.atMillis() <= one.to()))
          .map(Change::person)
          .collect(Collectors.toSet());
    }
  }

  /** What struck, in the order of time. */
  List<Report.Struck> all(Recovery recovery) {
    synchronized (struck) {
      return struck.stream()
          .sorted(Comparator.comparingLong(Struck::from))
          .map(
              one ->
                  new Report.Struck(
                      one.what().words(),
                      one.from(),
                      one.to(),
                      recovery.after(one.to()).orElse(-1)))
          .toList();
    }
  }
}
