package io.nave.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long it takes from when an observation was accepted until what it changed was delivered: the
 * histogram {@code nave.delivery.time}, with the tag {@code spoke}. Where a delivery carries
 * several changes, the oldest counts; where no observation made them, it counts from when they were
 * noticed. What a spoke held already does not count, nor what is sent again for a replay.
 */
@ApplicationScoped
class DeliveryTimes {
  private final MeterRegistry registry;

  DeliveryTimes(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The same one for the same spoke. */
  Timer of(String spoke) {
    return Timer.builder("nave.delivery.time")
        .description("from when an observation was accepted until what it changed was delivered")
        .tag("spoke", spoke)
        .publishPercentileHistogram()
        .serviceLevelObjectives(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(15))
        .minimumExpectedValue(Duration.ofMillis(10))
        .maximumExpectedValue(Duration.ofHours(1))
        .register(registry);
  }

  void settled(String spoke, List<SettledDelivery> settled, Instant now) {
    for (var one : settled) {
      if (one.state().equals("delivered") && one.due().replay() == null) {
        var time = Duration.between(begin(one.due()), now);
        of(spoke).record(time.isNegative() ? Duration.ZERO : time);
      }
    }
  }

  private static Instant begin(DueDelivery due) {
    var observedAt = due.origin().observedAt();
    return observedAt == null ? due.noticedAt() : observedAt;
  }
}
