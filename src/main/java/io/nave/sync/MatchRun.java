package io.nave.sync;

import java.time.Instant;

/**
 * How far rules of matching are applied to all source records.
 *
 * @param total the records there were when it began
 * @param done those that were matched anew
 * @param moved how many records went to another customer
 * @param finishedAt null while it goes on
 */
public record MatchRun(
    long id, Instant startedAt, long total, long done, long moved, Instant finishedAt) {}
