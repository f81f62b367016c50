package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.golden.Pin;
import java.time.Instant;

/**
 * A pin as the hub keeps it.
 *
 * @param anchor the source record that the steward looked at: the pin goes where it goes
 * @param value the pinned value in canonical form, or null
 * @param from the source record whose value survives, or null
 * @param reason why, in the steward's words; may be empty
 * @param retractedAt when it was taken back, or null while it is in force
 */
public record StoredPin(
    long id,
    SourceKey anchor,
    String attribute,
    JsonNode value,
    SourceKey from,
    String reason,
    String by,
    Instant at,
    String retractedBy,
    Instant retractedAt) {

  /** Who pins what kept flipping between spokes. */
  public static final String HUB = "hub";

  Pin inForce() {
    return new Pin(id, attribute, value == null ? null : typed(), from, at, by);
  }

  private Object typed() {
    return PinnedValue.typed(attribute, value);
  }
}
