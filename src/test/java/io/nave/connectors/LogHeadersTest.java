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

  private final RecordHeaders headers = new RecordHeaders();

  /** As Camel hands them over. */
  private Origin read() {
    var message = new DefaultMessage(new DefaultCamelContext());
    headers.forEach(header -> message.setHeader(header.key(), header.value()));
    return LogHeaders.read(message);
  }

  @Test
  void whatIsWrittenIsRead() {
    LogHeaders.write(new Origin(OBSERVED), headers);
    assertThat(read()).isEqualTo(new Origin(OBSERVED));
  }

  @Test
  void whatNoObservationMadeHasNoTime() {
    LogHeaders.write(new Origin(null), headers);
    assertThat(headers).isEmpty();
    assertThat(read()).isEqualTo(new Origin(null));
  }

  @Test
  void aHeaderThatIsNoTimeIsPassedOver() {
    headers.add("observedAt", "yesterday".getBytes(UTF_8));
    assertThat(read()).isEqualTo(new Origin(null));
  }
}
