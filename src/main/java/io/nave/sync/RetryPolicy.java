package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** When a delivery that failed is tried again: at growing intervals, with jitter, so many times. */
@ApplicationScoped
public class RetryPolicy {
  private final int attempts;
  private final Duration first;
  private final Duration longest;

  RetryPolicy(
      @ConfigProperty(name = "nave.deliver.attempts", defaultValue = "12") int attempts,
      @ConfigProperty(name = "nave.deliver.backoff", defaultValue = "500ms") Duration first,
      @ConfigProperty(name = "nave.deliver.longest-backoff", defaultValue = "5m")
          Duration longest) {
    this.attempts = attempts;
    this.first = first;
    this.longest = longest;
  }

  /** True after the last try. */
  public boolean isExhausted(int tried) {
    return tried >= attempts;
  }

  /** How long to wait after so many tries: doubled each time, give or take a fifth. */
  public Duration pause(int tried) {
    long doubled = first.toMillis() << Math.min(tried - 1, 20);
    long millis = Math.min(doubled, longest.toMillis());
    return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
  }
}
