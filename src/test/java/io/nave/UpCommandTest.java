package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpCommandTest {
  private static final String DISABLED = "quarkus.otel.sdk.disabled";

  @BeforeEach
  @AfterEach
  void nothingIsSet() {
    System.clearProperty(DISABLED);
  }

  private static String disabled(Map<String, String> environment) {
    UpCommand.trace(environment);
    return System.getProperty(DISABLED);
  }

  @Test
  void tracesWhereACollectorIsNamed() {
    assertThat(disabled(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"))).isEqualTo("false");
  }

  @Test
  void tracesWhereACollectorOfTracesIsNamed() {
    assertThat(disabled(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4317")))
        .isEqualTo("false");
  }

  @Test
  void tracesNothingWhereNoneIsNamedOrItIsSwitchedOff() {
    assertThat(disabled(Map.of())).isNull();
    assertThat(disabled(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "))).isNull();
    assertThat(
            disabled(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317", "OTEL_SDK_DISABLED", "true")))
        .isNull();
  }
}
