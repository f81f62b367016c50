package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * What holds for a subject.
 *
 * @param entry the statement that decides; it may be about a wider subject
 * @param endsAt for what is granted or pending: when it ends by itself or, if the state is {@code
 *     expired}, when it did; null where it does not
 * @param reason why it decides, in words
 */
public record Effective(
    Consent.Subject subject,
    Consent.State state,
    ConsentEntry entry,
    Instant endsAt,
    String reason) {

  /**
   * When it came to be so: when the customer decided, or when it ended by itself. Null where no
   * source knows.
   */
  public Instant decidedAt() {
    return state == Consent.State.expired && endsAt != null ? endsAt : entry.consent().decidedAt();
  }

  /** The source record whose statement decides. */
  public SourceKey key() {
    return entry.key();
  }
}
