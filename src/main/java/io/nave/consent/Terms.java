package io.nave.consent;

import io.nave.canonical.Consent.State;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What purposes say about weighing statements, by the purpose's name. */
final class Terms {
  static final Terms NONE = new Terms(Map.of(), Map.of(), Map.of());

  private final Map<String, Conflict> conflicts;
  private final Map<String, Period> lasting;
  private final Map<String, Period> confirming;

  private Terms(
      Map<String, Conflict> conflicts,
      Map<String, Period> lasting,
      Map<String, Period> confirming) {
    this.conflicts = conflicts;
    this.lasting = lasting;
    this.confirming = confirming;
  }

  static Terms of(Purposes purposes) {
    Map<String, Conflict> conflicts = new HashMap<>();
    Map<String, Period> lasting = new HashMap<>();
    Map<String, Period> confirming = new HashMap<>();
    for (var purpose : purposes.all()) {
      conflicts.put(purpose.name(), purpose.conflict());
      if (purpose.grantLasts() != null) {
        lasting.put(purpose.name(), purpose.grantLasts());
      }
      if (purpose.confirmWithin() != null) {
        confirming.put(purpose.name(), purpose.confirmWithin());
      }
    }
    return new Terms(conflicts, lasting, confirming);
  }

  Conflict conflict(String purpose) {
    return conflicts.getOrDefault(purpose, Conflict.LATEST_ACT);
  }

  boolean anyEnds() {
    return !lasting.isEmpty() || !confirming.isEmpty();
  }

  /** How long that state lasts by itself; null: until somebody says something else. */
  Period lasts(String purpose, State state) {
    return switch (state) {
      case granted -> lasting.get(purpose);
      case pending -> confirming.get(purpose);
      case denied, withdrawn, expired -> null;
    };
  }

  static Instant end(Instant begun, Period lasts) {
    return begun.atZone(ZoneOffset.UTC).plus(lasts).toInstant();
  }
}
