package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Progress;
import java.time.Duration;

/**
 * How far the hub has come with what it accepted, from {@code observations} of its status.
 *
 * @param accepted observations acknowledged so far
 * @param reconciled of them, those in the golden records
 * @param invalid of them, those in quarantine
 */
record Reconciled(long accepted, long reconciled, long invalid) {
  private static final Duration BETWEEN = Duration.ofMillis(300);

  static Reconciled of(JsonNode status) {
    var observations = status.path("observations");
    return new Reconciled(
        observations.path("accepted").asLong(),
        observations.path("reconciled").asLong(),
        observations.path("invalid").asLong());
  }

  private long settled() {
    return reconciled + invalid;
  }

  /**
   * Waits until all that is accepted by now is settled.
   *
   * @throws IllegalStateException when the hub makes no progress for that long
   */
  static Reconciled await(Hub hub, Duration patience) throws InterruptedException {
    var now = of(hub.status());
    long goal = now.accepted;
    long base = now.settled();
    if (base >= goal) {
      return now;
    }
    try (var progress = Progress.of("reconciled", goal - base)) {
      return await(hub, patience, goal, base, progress);
    }
  }

  private static Reconciled await(
      Hub hub, Duration patience, long goal, long base, Progress progress)
      throws InterruptedException {
    var now = of(hub.status());
    long seen = -1;
    long deadline = System.nanoTime() + patience.toNanos();
    while (now.settled() < goal) {
      if (now.settled() != seen) {
        seen = now.settled();
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "hub: reconciled %d of %d and no more for %s (expected: progress; see its log)"
                .formatted(now.settled(), goal, patience));
      }
      progress.reach(now.settled() - base);
      Thread.sleep(BETWEEN.toMillis());
      now = of(hub.status());
    }
    progress.reach(goal - base);
    return now;
  }
}
