package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.platform.InvalidConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PurposesTest {
  private final Purposes purposes = Purposes.read(Path.of("config", "purposes.yaml"));

  @Test
  void takesWhatIsConfigured() {
    assertThat(purposes.refusal(consent("marketing", "email", "newsletter"))).isEmpty();
    assertThat(purposes.refusal(consent("terms", "any", null))).isEmpty();
  }

  @Test
  void refusesWhatIsNot() {
    assertThat(purposes.refusal(consent("spam", "email", null)))
        .hasValueSatisfying(m -> assertThat(m).startsWith("purpose: spam (expected: one of ["));
    assertThat(purposes.refusal(consent("marketing", "fax", null)))
        .hasValueSatisfying(m -> assertThat(m).startsWith("channel: fax"));
    assertThat(purposes.refusal(consent("terms", "email", null)))
        .contains("channel: email (expected: one of [any])");
    assertThat(purposes.refusal(consent("marketing", "email", "weather")))
        .hasValueSatisfying(m -> assertThat(m).startsWith("topic: weather"));
  }

  @Test
  void reportsAllMistakesTogetherWithTheirLines() {
    String text =
        """
        brand: []
        purposes:
          - name: marketing
            legalBasis: hope
            channels: [email, fax]
          - name: marketing
        """;
    assertThatThrownBy(() -> Purposes.parse("purposes.yaml", text))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .hasSize(4)
                    .anyMatch(m -> m.startsWith("purposes.yaml:1: brand: unknown key"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:4: purposes[].legalBasis: hope"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:5: purposes[].channels: fax"))
                    .anyMatch(m -> m.startsWith("purposes.yaml:6: purposes[].name: marketing")));
  }

  private static Consent consent(String purpose, String channel, String topic) {
    return new Consent(purpose, channel, topic, null, null, State.granted, null, null, Map.of());
  }
}
