package io.nave.golden;

import java.time.Instant;

/**
 * What one statement says of one attribute: the value, or one element of a list.
 *
 * @param at when it came to say so; {@link Instant#MIN} where nothing is known
 * @param identity equal for two values that say the same
 */
record Claim<T>(T value, Statement from, Instant at, Object identity) {}
