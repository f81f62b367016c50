package io.nave.sync;

import io.nave.canonical.SourceKey;

/**
 * What a steward wants to be decided about two records.
 *
 * @param same true: they are one customer; false: they are not
 * @param reason in the steward's words; may be null
 */
public record Wish(SourceKey a, SourceKey b, boolean same, String reason) {

  SourceKey low() {
    return a.compareTo(b) <= 0 ? a : b;
  }

  SourceKey high() {
    return a.compareTo(b) <= 0 ? b : a;
  }
}
