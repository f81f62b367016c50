package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * One line of the ledger.
 *
 * @param key the source record that made the statement
 * @param recordedAt when the hub wrote it down
 */
public record ConsentEntry(SourceKey key, Consent consent, Instant recordedAt) {}
