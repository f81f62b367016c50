package io.nave.sync;

import io.nave.platform.FailureKind;
import java.time.Instant;

/**
 * How a delivery ended.
 *
 * @param retryAt null: it is not tried again by itself
 * @param told whether the hub wrote a consent there, or may have
 */
record SettledDelivery(
    DueDelivery due,
    String state,
    Held held,
    String recordId,
    int attempts,
    FailureKind kind,
    String error,
    Instant retryAt,
    boolean told) {

  /** There was nothing to write. Null {@code held}: what is known of it is right. */
  static SettledDelivery unchanged(DueDelivery due, Held held) {
    return new SettledDelivery(
        due, "unchanged", held, null, 0, null, null, null, !due.begun().isEmpty());
  }

  /** The spoke has no such record. */
  static SettledDelivery gone(DueDelivery due) {
    var why = "the system has no such record";
    return new SettledDelivery(due, "not-held", null, null, 0, null, why, null, false);
  }

  /** The spoke has, or took it into, a record that is another customer's. */
  static SettledDelivery ofAnother(DueDelivery due, String recordId) {
    var why = "record %s is another customer's".formatted(recordId);
    return new SettledDelivery(due, "not-held", null, null, 0, null, why, null, false);
  }

  /** The same of one that was to write a consent. */
  SettledDelivery telling(boolean consents) {
    boolean mayHave = told || consents || !due.begun().isEmpty();
    return new SettledDelivery(due, state, held, recordId, attempts, kind, error, retryAt, mayHave);
  }

  /** The record's id in the spoke, also where it was created just now. */
  String targetNow() {
    return recordId != null ? recordId : due.target();
  }
}
