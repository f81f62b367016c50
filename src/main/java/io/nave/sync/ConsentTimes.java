package io.nave.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/**
 * How long it takes from a customer's act until a spoke has confirmed that it holds it: the metric
 * {@code nave.consent.known}, with the tag {@code spoke}. What was decided long before the hub
 * heard of it, as in an initial load, counts from then on.
 */
@ApplicationScoped
class ConsentTimes {
  /** Longer ago, and it was not this act that the hub heard of. */
  static final Duration LIVE = Duration.ofMinutes(15);

  private final MeterRegistry registry;

  ConsentTimes(MeterRegistry registry) {
    this.registry = registry;
  }

  void confirmed(String spoke, Instant decidedAt, Instant noticedAt, Instant now) {
    of(spoke).record(atLeastZero(Duration.between(begin(decidedAt, noticedAt), now)));
  }

  /** The same one for the same spoke. */
  Timer of(String spoke) {
    return Timer.builder("nave.consent.known")
        .description("from a customer's act until the spoke has confirmed it")
        .tag("spoke", spoke)
        .publishPercentiles(0.5, 0.95, 0.99)
        .register(registry);
  }

  /** Clocks of several hubs may differ a little. */
  private static Duration atLeastZero(Duration time) {
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Instant begin(Instant decidedAt, Instant noticedAt) {
    boolean live =
        decidedAt != null
            && decidedAt.isBefore(noticedAt)
            && decidedAt.isAfter(noticedAt.minus(LIVE));
    return live ? decidedAt : noticedAt;
  }
}
