package io.nave.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.InvalidConfig;
import org.junit.jupiter.api.Test;

class SurvivorshipConfigTest {
  @Test
  void reportsAllMistakesTogetherWithTheirLines() {
    String text =
        """
        trust: [crm, crm]
        default: {by: luck}
        attributes:
          nmae: {by: recent}
          emails: {by: recent, keep: 0}
          gender: {keep: 2}
          name: recent
        """;
    assertThatThrownBy(() -> SurvivorshipConfig.parse("s.yaml", text))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .satisfiesExactly(
                        m -> assertThat(m).startsWith("s.yaml:1: trust: a spoke twice"),
                        m -> assertThat(m).startsWith("s.yaml:2: default.by: luck"),
                        m -> assertThat(m).startsWith("s.yaml:4: attributes.nmae: unknown"),
                        m -> assertThat(m).startsWith("s.yaml:5: attributes.emails.keep: 0"),
                        m -> assertThat(m).startsWith("s.yaml:6: attributes.gender.keep: unknown"),
                        m -> assertThat(m).startsWith("s.yaml:7: attributes.name: recent")));
  }
}
