package io.nave.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that can be wrong. Safe for use by several threads. */
public final class ShiftedClock extends Clock {
  private final Clock right;
  private volatile long millis;

  /** One that is as right as the other, at first. */
  public ShiftedClock(Clock right) {
    this.right = right;
  }

  /** From now on it is ahead by so many milliseconds, or behind where they are negative. */
  void shift(long millis) {
    this.millis = millis;
  }

  @Override
  public Instant instant() {
    return right.instant().plusMillis(millis);
  }

  @Override
  public ZoneId getZone() {
    return right.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    var same = new ShiftedClock(right.withZone(zone));
    same.shift(millis);
    return same;
  }
}
