package io.nave.canonical;

import java.time.Instant;

/** A wish that is not a consent, such as the contact channel; {@code value} is a JSON value. */
public record Preference(String name, Object value, Instant decidedAt) {}
