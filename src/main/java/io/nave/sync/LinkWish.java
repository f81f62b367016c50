package io.nave.sync;

import io.nave.canonical.SourceKey;
import java.time.Duration;
import java.util.UUID;

/**
 * A link that is to be made.
 *
 * @param customerId for whom; or null, and
 * @param record the record that is to be its anchor; or null, and
 * @param email an address that one customer has; for {@code confirm} the address that is confirmed
 * @param purpose see {@link Link}
 * @param lifetime how long it works
 */
public record LinkWish(
    UUID customerId,
    SourceKey record,
    String email,
    Link.Use use,
    String purpose,
    String channel,
    String topic,
    String brand,
    Duration lifetime) {}
