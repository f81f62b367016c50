package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * What holds for a subject.
 *
 * @param decidedAt when the customer decided; null where no source knows
 * @param key the source record whose statement decides
 * @param reason why it does, in words
 */
public record Effective(
    Consent.Subject subject,
    Consent.State state,
    Instant decidedAt,
    SourceKey key,
    String reason) {}
