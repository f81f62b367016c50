package io.nave.centre;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts by key in each minute. What is counted is bounded, so that a flood fills no memory. */
final class Throttle {
  private static final int MOST_KEYS = 100_000;
  private static final String REST = "";

  private final int most;
  private final Map<String, Integer> counts = new HashMap<>();
  private long minute = Long.MIN_VALUE;

  /**
   * @param most so many in a minute for each key
   */
  Throttle(int most) {
    this.most = most;
  }

  /** Counts one; false where it is too much. */
  synchronized boolean admits(String key, Instant now) {
    turn(now);
    boolean full = counts.size() >= MOST_KEYS && !counts.containsKey(key);
    return counts.merge(full ? REST : key, 1, Integer::sum) <= most;
  }

  private void turn(Instant now) {
    long current = now.getEpochSecond() / 60;
    if (current != minute) {
      counts.clear();
      minute = current;
    }
  }

  /** When to come again. */
  static Duration pause(Instant now) {
    return Duration.ofSeconds(60 - now.getEpochSecond() % 60);
  }
}
