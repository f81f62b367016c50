package io.nave.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nave.platform.Traces;
import io.nave.sync.Origin;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.camel.Message;
import org.apache.kafka.common.header.Headers;

/**
 * What made a customer change, as headers of its message in Kafka: {@code observedAt}, when the hub
 * accepted the oldest observation that did, in ISO 8601, and {@code traceparent}, its trace. They
 * are absent where no observation did, and where it is not traced. An observation's message has the
 * latter only, and {@code overtakes} where the same stands in the other topic, too.
 */
final class LogHeaders {
  private static final String OBSERVED_AT = "observedAt";

  private static final String TRACEPARENT = "traceparent";

  private static final String OVERTAKES = "overtakes";

  private LogHeaders() {}

  static void writeOvertakes(Headers headers) {
    headers.add(OVERTAKES, "true".getBytes(UTF_8));
  }

  static boolean overtakes(Message message) {
    return "true".equals(message.getHeader(OVERTAKES, String.class));
  }

  static void write(Origin origin, Headers headers) {
    if (origin.observedAt() != null) {
      headers.add(OBSERVED_AT, origin.observedAt().toString().getBytes(UTF_8));
    }
    write(origin.trace(), headers);
  }

  static void write(String trace, Headers headers) {
    if (trace != null) {
      headers.add(TRACEPARENT, trace.getBytes(UTF_8));
    }
  }

  static Origin read(Message message) {
    return new Origin(time(message.getHeader(OBSERVED_AT, String.class)), trace(message));
  }

  /** What is no trace is passed over. */
  static String trace(Message message) {
    return Traces.read(message.getHeader(TRACEPARENT, String.class));
  }

  /** It serves to measure only: what is no time holds up nothing. */
  private static Instant time(String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException noTime) {
      return null;
    }
  }
}
