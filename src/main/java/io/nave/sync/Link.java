package io.nave.sync;

import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.UUID;

/**
 * A link to the preference centre. It is bound to a record, and opens the customer that this record
 * belongs to at the time.
 *
 * @param anchor the record, such as the contact that a mail went to
 * @param purpose what {@code unsubscribe} stops and {@code confirm} confirms; null: see the use
 * @param channel likewise
 * @param topic likewise
 * @param brand in whose name the page speaks; null for the company's first one
 */
public record Link(
    UUID id,
    SourceKey anchor,
    Use use,
    String purpose,
    String channel,
    String topic,
    String brand,
    Instant expiresAt) {

  /** What a link is good for. */
  public enum Use {
    /** Everything that the preference centre offers. */
    manage,
    /** Stops one thing, or everything; nothing else. */
    unsubscribe,
    /** Makes a pending consent a granted one, once. */
    confirm
  }
}
