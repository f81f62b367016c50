package io.nave.golden;

import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.Comparator;

/**
 * A steward's choice for one attribute: a value, or "what that source record says". It beats every
 * rule. Of several pins of one attribute the latest counts.
 *
 * @param id greater for the later one of two pins of the same time
 * @param attribute the attribute's key
 * @param value the canonical value; of a list the whole list, or one element that comes first; null
 *     where {@code from} says whose value it is
 * @param from the source record whose value survives as long as it is linked and has one; or null
 * @param by who pinned it
 */
public record Pin(long id, String attribute, Object value, SourceKey from, Instant at, String by) {
  /** What stands for the spoke in the lineage of a pinned value. */
  public static final String STEWARD = "steward";

  /** The rule in the lineage of what was pinned. */
  public static final String RULE = "pinned";

  static final Comparator<Pin> LATEST = Comparator.comparing(Pin::at).thenComparing(Pin::id);

  public Pin {
    if ((value == null) == (from == null)) {
      throw new IllegalArgumentException(
          "pin of " + attribute + ": a value and a record, or neither (expected: one of the two)");
    }
  }

  Lineage lineage() {
    return new Lineage(STEWARD, by, at, RULE);
  }
}
