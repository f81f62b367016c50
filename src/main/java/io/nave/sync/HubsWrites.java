package io.nave.sync;

import java.time.Instant;
import java.util.List;

/**
 * What the hub wrote to a record, for telling it from what the spoke says.
 *
 * @param written what it wrote last and, after it, what it is writing now; either may be missing
 * @param isWriting whether the last of them is what it is writing now
 * @param before what it had written when the record changed, as observed
 * @param told the consents that it has told the record of late
 * @param toldAt when it last wrote a consent; null: it never wrote, or nobody knows
 * @param writingSince when it began to write what it is writing now; null: nothing, or nobody knows
 * @param pause the last time in which it certainly wrote nothing; null: nobody knows of one
 */
record HubsWrites(
    List<Held> written,
    boolean isWriting,
    List<Held> before,
    List<ToldConsent> told,
    Instant toldAt,
    Instant writingSince,
    Pause pause) {

  /**
   * Between two writes.
   *
   * @param from when the earlier one had ended
   * @param to when the later one began
   */
  record Pause(Instant from, Instant to) {}
}
