package io.nave.sync;

import java.time.Instant;

/**
 * An observation as it stands in the log.
 *
 * @param topicId the topic's identity, so that a log that began anew is not taken for the old one
 * @param receivedAt when the hub accepted it
 * @param value the observation as JSON
 */
public record Logged(
    String topicId, int partition, long offset, Instant receivedAt, byte[] value) {}
