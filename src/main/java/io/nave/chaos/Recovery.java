package io.nave.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long after the end of a misfortune the hub was in step again: it answers, and no more waits
 * than what some seconds of the stream amount to.
 */
final class Recovery {
  private final long limit;
  private final List<Sample> samples = new ArrayList<>();

  private record Sample(long millis, boolean inStep) {}

  /**
   * @param limit so much may wait, as {@link HubView.Numbers#waiting} counts it
   */
  Recovery(long limit) {
    this.limit = limit;
  }

  /** What was seen at a time; null where no instance answered. */
  synchronized void seen(long millis, HubView.Numbers numbers) {
    samples.add(new Sample(millis, numbers != null && numbers.waiting() <= limit));
  }

  /** From a time on, until it was in step; empty where it never was. */
  synchronized OptionalLong after(long millis) {
    return samples.stream()
        .filter(sample -> sample.millis() >= millis && sample.inStep())
        .mapToLong(sample -> sample.millis() - millis)
        .findFirst();
  }
}
