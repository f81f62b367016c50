package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.sync.DeliveryQueue.Due;

/**
 * A record as it should be, beside how it is known or was found to be, both in the spoke's own
 * shape. Pure.
 *
 * @param wanted null where the spoke cannot hold the customer, or nothing is to be delivered
 * @param held null for a record that is to be created
 * @param stops whether a stop was found there that the hub has not heard of; it counts as if the
 *     record held what it should
 * @param corrected what the record holds after all, where the hub believed something else; else
 *     null
 */
record Compared(JsonNode wanted, JsonNode held, boolean stops, Held corrected) {

  /** Fails as the spoke's mappings do. */
  static Compared of(Spoke spoke, Due due) {
    var wanted = due.obsolete() ? null : record(spoke, due, CanonicalJson.parse(due.state()));
    if (due.looked() == null || wanted == null) {
      return new Compared(wanted, record(spoke, due, due.known()), false, null);
    }
    var reported = spoke.reportedBack(wanted);
    var there = Reading.heedingStops(due.looked(), reported.consents());
    boolean wasRight = wanted.equals(record(spoke, due, due.known()));
    boolean stops = Reading.holdsUnheardStop(due.looked(), reported.consents());
    return new Compared(wanted, record(spoke, due, there), stops, wasRight ? null : reported);
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
