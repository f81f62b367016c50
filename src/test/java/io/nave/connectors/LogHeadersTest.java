package io.nave.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.sync.Origin;
import java.time.Instant;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LogHeadersTest {
  private static final Instant OBSERVED = Instant.parse("2026-06-01T00:00:00.123Z");

  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final RecordHeaders headers = new RecordHeaders();

  /** As Camel hands them over. */
  private Origin read() {
    var message = new DefaultMessage(new DefaultCamelContext());
    headers.forEach(header -> message.setHeader(header.key(), header.value()));
    return LogHeaders.read(message);
  }

  @Test
  void whatIsWrittenIsRead() {
    LogHeaders.write(new Origin(OBSERVED, TRACE), headers);
    assertThat(read()).isEqualTo(new Origin(OBSERVED, TRACE));
  }

  @Test
  void whatNoObservationMadeHasNoTime() {
    LogHeaders.write(new Origin(null, null), headers);
    assertThat(headers).isEmpty();
    assertThat(read()).isEqualTo(new Origin(null, null));
  }

  @Test
  void headersThatAreNoTimeAndNoTraceArePassedOver() {
    headers.add("observedAt", "yesterday".getBytes(UTF_8));
    headers.add("traceparent", TRACE.replace("-00f0", "-zzzz").getBytes(UTF_8));
    assertThat(read()).isEqualTo(new Origin(null, null));
  }
}
