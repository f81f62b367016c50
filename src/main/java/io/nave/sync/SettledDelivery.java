package io.nave.sync;

import io.nave.platform.FailureKind;
import java.time.Instant;

/**
 * How a delivery ended.
 *
 * @param retryAt null: it is not tried again by itself
 * @param told whether the hub wrote a consent there, or may have
 * @param triesRemain whether what earlier tries may have written may still be there: what somebody
 *     had changed was left alone
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
    boolean told,
    boolean triesRemain) {

  /** One of which no more is known. */
  SettledDelivery(
      DueDelivery due,
      String state,
      Held held,
      String recordId,
      int attempts,
      FailureKind kind,
      String error,
      Instant retryAt) {
    this(due, state, held, recordId, attempts, kind, error, retryAt, false, false);
  }

  /** There was nothing to write. */
  static SettledDelivery unchanged(DueDelivery due, Compared compared) {
    var held = compared.corrected();
    return new SettledDelivery(due, "unchanged", held, null, 0, null, null, null)
        .after(false, !compared.left().isEmpty());
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

  /**
   * The same after a write.
   *
   * @param tells whether it was to write a consent
   * @param leaves whether it left alone what somebody had changed
   */
  SettledDelivery after(boolean tells, boolean leaves) {
    boolean wasTried = !due.begun().isEmpty();
    boolean wasToBeTold = due.begun().stream().anyMatch(one -> !one.consents().isEmpty());
    return new SettledDelivery(
        due,
        state,
        held,
        recordId,
        attempts,
        kind,
        error,
        retryAt,
        tells || wasToBeTold,
        leaves && wasTried);
  }

  /** Whether the consents that the record was known to hold were not written over. */
  boolean keepsConsents() {
    return state.equals("delivered") && !told;
  }

  /** The record's id in the spoke, also where it was created just now. */
  String targetNow() {
    return recordId != null ? recordId : due.target();
  }
}
