package io.nave.sync;

import java.util.List;
import java.util.UUID;

/** What became of a wish to pin or to retract. */
public sealed interface PinOutcome {
  /**
   * It is in force, and the golden record is computed anew.
   *
   * @param version the customer's present version; the old one where nothing changed
   * @param changed whether there is a new version, which the spokes will be told
   */
  record Done(long version, boolean changed) implements PinOutcome {}

  /** There is no such customer. */
  record NoCustomer() implements PinOutcome {}

  /** The customer is a part of another one now. */
  record Merged(UUID into) implements PinOutcome {}

  /** No pin of this attribute is in force. */
  record NoPin() implements PinOutcome {}

  /** The wish makes no sense, for these reasons. */
  record Refused(List<Refusal> refusals) implements PinOutcome {}
}
