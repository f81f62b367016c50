package io.nave.consent;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What purposes say about weighing statements, by the purpose's name. */
final class Terms {
  static final Terms NONE = new Terms(Map.of(), Map.of());

  private final Map<String, Conflict> conflicts;
  private final Map<String, Period> lasting;

  private Terms(Map<String, Conflict> conflicts, Map<String, Period> lasting) {
    this.conflicts = conflicts;
    this.lasting = lasting;
  }

  static Terms of(Purposes purposes) {
    Map<String, Conflict> conflicts = new HashMap<>();
    Map<String, Period> lasting = new HashMap<>();
    for (var purpose : purposes.all()) {
      conflicts.put(purpose.name(), purpose.conflict());
      if (purpose.grantLasts() != null) {
        lasting.put(purpose.name(), purpose.grantLasts());
      }
    }
    return new Terms(conflicts, lasting);
  }

  Conflict conflict(String purpose) {
    return conflicts.getOrDefault(purpose, Conflict.LATEST_ACT);
  }

  boolean anyEnds() {
    return !lasting.isEmpty();
  }

  /** Null where grants do not end. */
  Period lasts(String purpose) {
    return lasting.get(purpose);
  }

  static Instant end(Instant granted, Period lasts) {
    return granted.atZone(ZoneOffset.UTC).plus(lasts).toInstant();
  }
}
