package io.nave.consent;

import java.util.ArrayList;
import java.util.List;

/** What was said about one subject, as far as it matters now. */
final class History {
  private final Conflict conflict;
  private final List<ConsentEntry> stops = new ArrayList<>(2);
  private final List<ConsentEntry> grants = new ArrayList<>(2);
  private ConsentEntry latest;

  History(Conflict conflict) {
    this.conflict = conflict;
  }

  void add(ConsentEntry entry) {
    latest = later(latest, entry);
    if (entry.isStop()) {
      stops.add(entry);
    } else if (entry.isGrant()) {
      grants.add(entry);
    }
  }

  Effective latest() {
    var stop = latest.isGrant() ? standing() : null;
    return stop == null ? effective(latest, Words.why(latest)) : standingStop();
  }

  /** The latest stop that no grant on the same subject has lifted; null where there is none. */
  Effective standingStop() {
    var stop = standing();
    if (stop == null) {
      return null;
    }
    boolean overruled = latest != stop && latest.isGrant();
    return effective(stop, overruled ? Words.stands(stop, conflict) : Words.why(stop));
  }

  private ConsentEntry standing() {
    ConsentEntry standing = null;
    for (var stop : stops) {
      if (grants.stream().noneMatch(grant -> conflict.lifts(grant, stop))) {
        standing = later(standing, stop);
      }
    }
    return standing;
  }

  private static ConsentEntry later(ConsentEntry a, ConsentEntry b) {
    return a == null || Precedence.entries(b, a) > 0 ? b : a;
  }

  private static Effective effective(ConsentEntry entry, String why) {
    return new Effective(entry.consent().subject(), entry.consent().state(), entry, null, why);
  }
}
