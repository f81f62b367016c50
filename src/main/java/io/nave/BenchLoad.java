package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts observations into a hub's log and watches them being committed. */
final class BenchLoad {
  private static final long BURST_LOOK = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PACED_LOOK = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final BenchHub hub;
  private final BenchLog log;
  private final BenchCommits commits;

  BenchLoad(BenchHub hub, BenchLog log, BenchCommits commits) {
    this.hub = hub;
    this.log = log;
    this.commits = commits;
  }

  /** So many observations, or changes of the database, took that long and used so much. */
  record Burst(long count, double seconds, BenchUsage used) {
    double perSecond() {
      return count / seconds;
    }
  }

  /** Milliseconds from acknowledgement to commit at that rate. */
  record Latency(double perSecond, double p50, double p99) {}

  /** All at once; from the first append until the last commit. */
  Burst all(String what, Iterator<BenchPeople.Said> people)
      throws IOException, InterruptedException, SQLException {
    commits.look();
    long before = commits.total();
    var usage = hub.usage();
    long begun = System.nanoTime();
    long count = append(people);
    try (var progress = Progress.of(what, count)) {
      await(before + count, before, progress);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    awaitPublished();
    return new Burst(count, seconds, hub.usage().since(usage));
  }

  private long append(Iterator<BenchPeople.Said> people) {
    long count = 0;
    for (; people.hasNext(); count++) {
      log.append(people.next());
    }
    log.acknowledged();
    log.forget();
    return count;
  }

  private void await(long goal, long before, Progress progress)
      throws InterruptedException, SQLException {
    long moved = System.nanoTime();
    for (int look = 0; commits.total() < goal; look++) {
      LockSupport.parkNanos(BURST_LOOK);
      long known = commits.total();
      commits.look();
      progress.reach(commits.total() - before);
      moved = commits.total() > known ? System.nanoTime() : moved;
      if (System.nanoTime() - moved > PATIENCE) {
        throw new IllegalStateException(
            "hub: committed %d of %d and no more (expected: progress)"
                .formatted(commits.total() - before, goal - before));
      }
      if (look % 10 == 0) {
        hub.lookAtHeap();
      }
    }
  }

  private void awaitPublished() throws SQLException {
    while (!commits.isPublished()) {
      LockSupport.parkNanos(BURST_LOOK);
    }
  }

  /** Evenly, so many a second. */
  Latency paced(double perSecond, long seconds, long seed) throws SQLException {
    int count = (int) (perSecond * seconds);
    var people = new BenchPeople("l", seed, count * 2 / 5 + 2);
    commits.look();
    long goal = commits.total() + count;
    var appending = new Thread(() -> append(people, count, perSecond), "bench-append");
    appending.start();
    var committed = new HashMap<BenchLog.Place, Long>();
    var known = new HashMap<>(commits.look());
    try (var progress = Progress.of("latency", count)) {
      while (commits.total() < goal) {
        LockSupport.parkNanos(PACED_LOOK);
        note(known, commits.look(), committed);
        progress.reach(committed.size());
      }
    }
    return latency(perSecond, committed);
  }

  private void append(BenchPeople people, int count, double perSecond) {
    long begun = System.nanoTime();
    for (int i = 0; i < count; i++) {
      LockSupport.parkNanos(begun + (long) (i * 1e9 / perSecond) - System.nanoTime());
      log.append(people.next());
    }
  }

  private static void note(
      Map<Integer, Long> known, Map<Integer, Long> next, Map<BenchLog.Place, Long> committed) {
    long now = System.nanoTime();
    next.forEach(
        (partition, end) -> {
          for (long at = known.getOrDefault(partition, 0L); at < end; at++) {
            committed.put(new BenchLog.Place(partition, at), now);
          }
          known.put(partition, end);
        });
  }

  private Latency latency(double perSecond, Map<BenchLog.Place, Long> committed) {
    var acknowledged = log.acknowledged();
    var millis =
        committed.entrySet().stream()
            .filter(one -> acknowledged.containsKey(one.getKey()))
            .mapToDouble(one -> Math.max(0, one.getValue() - acknowledged.get(one.getKey())) / 1e6)
            .toArray();
    return new Latency(
        perSecond, BenchReconcile.percentile(millis, 50), BenchReconcile.percentile(millis, 99));
  }
}
