package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.Observation;
import io.nave.consent.ConsentFold;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which observations may overtake others: those with a stop that was decided just now. */
@ApplicationScoped
class Urgency {
  private final Duration urgentFor;

  Urgency(
      @ConfigProperty(name = "nave.reconcile.urgent-for", defaultValue = "15m")
          Duration urgentFor) {
    this.urgentFor = urgentFor;
  }

  /** False also where nobody knows when it was decided. */
  boolean isUrgent(Observation observation, Instant receivedAt) {
    return observation.consents().stream().anyMatch(consent -> isFreshStop(consent, receivedAt));
  }

  private boolean isFreshStop(Consent consent, Instant receivedAt) {
    return ConsentFold.isStop(consent.state())
        && consent.decidedAt() != null
        && consent.decidedAt().isAfter(receivedAt.minus(urgentFor));
  }
}
