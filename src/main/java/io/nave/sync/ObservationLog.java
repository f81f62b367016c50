package io.nave.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The log of observations. Implemented over Kafka. */
public interface ObservationLog {

  /**
   * An observation to append.
   *
   * @param key the source record's, which keeps its order
   * @param urgent whether it goes to the urgent topic as well
   * @param trace as a {@code traceparent}; null where it is not traced
   */
  record Entry(String key, byte[] value, Instant receivedAt, boolean urgent, String trace) {}

  /**
   * Appends the entries, and returns when all of them are durable.
   *
   * @throws LogUnavailable where the log cannot take them now; some of them may be in it all the
   *     same, which does no harm: they are recognised by content
   */
  void append(List<Entry> entries);

  /** How many messages were ever accepted into each topic, by the topic's identity. */
  Map<String, Long> accepted();

  /** The identity of the topic that has every observation, once. */
  String whole();

  /** The log cannot be written to now; try again later. */
  final class LogUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LogUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
