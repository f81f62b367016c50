package io.nave.sync;

import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * A person's word on two source records: that they are the same customer, or that they are not. It
 * stands until it is retracted, and is kept for ever.
 *
 * @param reason why, in the steward's words; may be null
 * @param decidedBy who; {@code hub} for the link to a record that the hub itself created
 * @param retractedAt null while it stands
 */
public record StewardDecision(
    long id,
    SourceKey a,
    SourceKey b,
    boolean same,
    String reason,
    String decidedBy,
    Instant decidedAt,
    Instant retractedAt,
    String retractedBy) {

  static final String HUB = "hub";

  public boolean stands() {
    return retractedAt == null;
  }

  boolean touches(SourceKey key) {
    return a.equals(key) || b.equals(key);
  }

  boolean isOn(SourceKey one, SourceKey other) {
    return a.equals(one) && b.equals(other) || a.equals(other) && b.equals(one);
  }

  /** The other record of the two. */
  SourceKey besides(SourceKey key) {
    return a.equals(key) ? b : a;
  }

  /** Such as {@code crm:1 = esp:2 (decision 7)}. */
  public String inWords() {
    return a + (same ? " = " : " ≠ ") + b + " (decision " + id + ")";
  }
}
