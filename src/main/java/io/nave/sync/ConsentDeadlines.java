package io.nave.sync;

import io.nave.consent.Purpose;
import io.nave.consent.Purposes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** By when every system has to know of a change of consent, as {@code purposes.yaml} says. */
@ApplicationScoped
class ConsentDeadlines {
  /** For purposes that were there once. */
  private static final Duration USUAL = Duration.ofHours(1);

  private final Purposes purposes;

  ConsentDeadlines(Purposes purposes) {
    this.purposes = purposes;
  }

  Instant of(String purpose, Instant noticedAt) {
    return noticedAt.plus(purposes.purpose(purpose).map(Purpose::knownWithin).orElse(USUAL));
  }
}
