package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.DeliveryQueue.Due;

/**
 * A record as it should be, beside how it is known or was found to be, both in the spoke's own
 * shape. Pure.
 *
 * @param wanted null where the spoke cannot hold the customer, or nothing is to be delivered
 * @param held null for a record that is to be created
 * @param corrected what the record holds after all, where the hub believed something else; else
 *     null
 */
record Compared(JsonNode wanted, JsonNode held, Held corrected) {

  /** Fails as the spoke's mappings do. */
  static Compared of(Spoke spoke, Due due) {
    var wanted = due.obsolete() ? null : record(spoke, due, CanonicalJson.parse(due.state()));
    if (due.looked() == null || wanted == null) {
      return new Compared(wanted, record(spoke, due, due.known()), null);
    }
    var reported = spoke.reportedBack(wanted);
    var there = Reading.heedingStops(due.looked(), reported.consents());
    boolean wasRight = wanted.equals(record(spoke, due, due.known()));
    return new Compared(wanted, record(spoke, due, there), wasRight ? null : reported);
  }

  /** Whether nothing has to be written. */
  boolean isSame() {
    return wanted != null && wanted.equals(held);
  }

  private static JsonNode record(Spoke spoke, Due due, Held held) {
    return held == null ? null : record(spoke, due, DeliveryQueue.view(held));
  }

  private static JsonNode record(Spoke spoke, Due due, JsonNode state) {
    var view = new Spoke.View(due.recordId(), due.customerId(), due.version(), state);
    return spoke.toRecord(view).orElse(null);
  }
}
