package io.nave.sync;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The public topic of curated customers, and its fast lane. Implemented over Kafka. */
public interface CustomerLog {

  /**
   * A customer's present state, whole.
   *
   * @param urgent whether it goes to the fast lane, else to the public topic
   * @param origin what made it change
   */
  record Message(UUID customerId, long version, byte[] value, boolean urgent, Origin origin) {}

  /**
   * Publishes the messages in their order, and returns when all of them are durable.
   *
   * @throws ObservationLog.LogUnavailable where the log cannot take them now
   */
  void publish(List<Message> messages);

  /** How many messages were ever published to each topic, by the topic's identity. */
  Map<String, Long> published();
}
