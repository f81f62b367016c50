package io.nave.sync;

import io.nave.canonical.Consent;
import java.time.Instant;

/** A consent statement and when the hub received it. */
record StatedConsent(Consent consent, Instant recordedAt) {}
