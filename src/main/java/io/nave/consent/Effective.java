package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * What holds for a subject.
 *
 * @param entry the statement that decides; it may be about a wider subject
 * @param endsAt for a grant: when it expires or, if the state is {@code expired}, when it did; null
 *     where it does not end by itself
 * @param reason why it decides, in words
 */
public record Effective(
    Consent.Subject subject,
    Consent.State state,
    ConsentEntry entry,
    Instant endsAt,
    String reason) {

  /**
   * When it came to be so: when the customer decided, or when the grant ended. Null where no source
   * knows.
   */
  public Instant decidedAt() {
    return state == Consent.State.expired && endsAt != null ? endsAt : entry.consent().decidedAt();
  }

  /** The source record whose statement decides. */
  public SourceKey key() {
    return entry.key();
  }
}
