package io.nave.sync;

import java.time.Instant;

/**
 * How far rules of survivorship are applied to all customers.
 *
 * @param total the customers there were when it began
 * @param done those that were computed anew
 * @param changed those among them that got a new version
 * @param finishedAt null while it goes on
 */
public record SurvivorshipRun(
    long id, Instant startedAt, long total, long done, long changed, Instant finishedAt) {}
