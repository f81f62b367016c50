package io.nave.sync;

import io.nave.platform.FailureKind;
import java.time.Instant;

/** How a delivery ended. Null {@code retryAt}: it is not tried again by itself. */
record SettledDelivery(
    DueDelivery due,
    String state,
    Held held,
    String recordId,
    int attempts,
    FailureKind kind,
    String error,
    Instant retryAt) {

  /** There was nothing to write. Null {@code held}: what is known of it is right. */
  static SettledDelivery unchanged(DueDelivery due, Held held) {
    return new SettledDelivery(due, "unchanged", held, null, 0, null, null, null);
  }

  /** The spoke has no such record. */
  static SettledDelivery gone(DueDelivery due) {
    var why = "the system has no such record";
    return new SettledDelivery(due, "not-held", null, null, 0, null, why, null);
  }

  /** The spoke has, or took it into, a record that is another customer's. */
  static SettledDelivery ofAnother(DueDelivery due, String recordId) {
    var why = "record %s is another customer's".formatted(recordId);
    return new SettledDelivery(due, "not-held", null, null, 0, null, why, null);
  }

  /** The record's id in the spoke, also where it was created just now. */
  String targetNow() {
    return recordId != null ? recordId : due.target();
  }
}
