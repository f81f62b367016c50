package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;

/**
 * What a steward wants to pin.
 *
 * @param attribute the attribute's key
 * @param value the value, or null where {@code from} says whose value is to survive
 * @param from one of the customer's source records, or null
 * @param anchor the source record that the pin follows; null: the one whose value survives now
 * @param reason why; may be empty
 * @param by who
 */
public record PinWish(
    String attribute, JsonNode value, SourceKey from, SourceKey anchor, String reason, String by) {
  /** Who pins where nobody is named. */
  public static final String SOMEBODY = "steward";

  public PinWish {
    reason = reason == null ? "" : reason.strip();
    by = by == null || by.isBlank() ? SOMEBODY : by.strip();
  }
}
