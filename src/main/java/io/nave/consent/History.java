package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;

/** What was said about one subject, as far as it matters now. */
final class History {
  private ConsentEntry latest;
  private ConsentEntry latestStop;
  private ConsentEntry latestGrant;

  void add(ConsentEntry entry) {
    State state = entry.consent().state();
    latest = later(latest, entry);
    if (ConsentFold.isStop(state)) {
      latestStop = later(latestStop, entry);
    } else if (state == State.granted) {
      latestGrant = later(latestGrant, entry);
    }
  }

  Effective latest() {
    return effective(latest);
  }

  /** The stop that no later grant on the same subject has lifted; null where there is none. */
  Effective standingStop() {
    boolean lifted =
        latestStop == null
            || latestGrant != null && Precedence.entries(latestGrant, latestStop) > 0;
    return lifted ? null : effective(latestStop);
  }

  private static ConsentEntry later(ConsentEntry a, ConsentEntry b) {
    return a == null || Precedence.entries(b, a) > 0 ? b : a;
  }

  private static Effective effective(ConsentEntry entry) {
    Consent c = entry.consent();
    String reason = c.decidedAt() == null ? "decision of unknown time" : "latest decision";
    return new Effective(c.subject(), c.state(), c.decidedAt(), entry.key(), reason);
  }
}
