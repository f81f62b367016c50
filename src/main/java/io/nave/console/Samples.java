package io.nave.console;

import io.nave.sync.HubStatus.DeliveryCounts;
import io.nave.sync.HubStatus.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The hub's counts of the last minutes; rates are their differences over time. */
final class Samples {
  static final Duration WINDOW = Duration.ofMinutes(5);

  /** Deliveries are counted in batches: over less than this, a rate would flicker. */
  private static final Duration SMOOTHED = Duration.ofSeconds(4);

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** What the hub counted at a time. */
  record Sample(Instant at, Status status) {}

  /** Begins anew where the spokes are others, as at a start: a spoke's past would seem a rate. */
  synchronized void add(Instant at, Status status) {
    var before = samples.peekLast();
    if (before != null && !spokes(before.status()).equals(spokes(status))) {
      samples.clear();
    }
    samples.addLast(new Sample(at, status));
    while (samples.peekFirst().at().isBefore(at.minus(WINDOW).minusSeconds(15))) {
      samples.removeFirst();
    }
  }

  private static Set<String> spokes(Status status) {
    return status.deliveries().keySet();
  }

  /** The newest sample, or null before the first. */
  synchronized Sample newest() {
    return samples.peekLast();
  }

  /** Oldest first. */
  synchronized List<Sample> all() {
    return new ArrayList<>(samples);
  }

  /** How fast a count grows now, per second; 0 while there is one sample only. */
  double rate(ToLongFunction<Status> count) {
    return rate(count, SMOOTHED);
  }

  /** As {@link #rate(ToLongFunction)}, over so much time, or what there is of it. */
  double rate(ToLongFunction<Status> count, Duration over) {
    var all = all();
    if (all.size() < 2) {
      return 0;
    }
    var newest = all.get(all.size() - 1);
    var since = all.get(all.size() - 2);
    for (int i = all.size() - 3; i >= 0; i--) {
      if (all.get(i).at().isBefore(newest.at().minus(over))) {
        break;
      }
      since = all.get(i);
    }
    return rate(since, newest, count);
  }

  /** Between two samples; a count that fell back, as after a loss of data, is no rate. */
  static double rate(Sample from, Sample to, ToLongFunction<Status> count) {
    double seconds = Duration.between(from.at(), to.at()).toNanos() / 1e9;
    long grown = count.applyAsLong(to.status()) - count.applyAsLong(from.status());
    return seconds <= 0 ? 0 : Math.max(0, grown / seconds);
  }

  static long delivered(Status status) {
    return status.deliveries().values().stream().mapToLong(DeliveryCounts::delivered).sum();
  }

  /** One spoke's counts; 0 of everything for one that is not there. */
  static ToLongFunction<Status> of(String spoke, ToLongFunction<DeliveryCounts> count) {
    return status -> {
      var counts = status.deliveries().get(spoke);
      return counts == null ? 0 : count.applyAsLong(counts);
    };
  }
}
