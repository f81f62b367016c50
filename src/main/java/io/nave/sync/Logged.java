package io.nave.sync;

import java.time.Instant;

/**
 * An observation, or a customer, as it stands in the log.
 *
 * @param topicId the topic's identity, so that a log that began anew is not taken for the old one
 * @param receivedAt when the hub accepted it; of a customer when it was published
 * @param origin what is noted of what it makes change; of a customer what made it change
 * @param value the observation, or the customer, as JSON
 * @param overtakes whether the same observation stands in its order as well, and this one was sent
 *     ahead for what it tells of consent
 */
public record Logged(
    String topicId,
    int partition,
    long offset,
    Instant receivedAt,
    Origin origin,
    byte[] value,
    boolean overtakes) {

  /** One that stands in its order. */
  public Logged(
      String topicId, int partition, long offset, Instant receivedAt, Origin origin, byte[] value) {
    this(topicId, partition, offset, receivedAt, origin, value, false);
  }

  /** An observation that is not traced. */
  public Logged(String topicId, int partition, long offset, Instant receivedAt, byte[] value) {
    this(topicId, partition, offset, receivedAt, new Origin(receivedAt, null), value);
  }
}
