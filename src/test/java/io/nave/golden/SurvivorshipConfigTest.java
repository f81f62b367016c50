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

  @Test
  void reportsMistakesOfCriteriaWindowsAndGroups() {
    String text =
        """
        default: {by: [recent, recent]}
        attributes:
          name: {by: [verified, recent]}
          birthDate: {by: [], while: a year}
          gender: {while: PT0S}
          emails: {by: minimum}
          attributes.: {by: recent}
        groups:
          loyalty: {of: [attributes.tier, gender, emails, hue], by: longest}
          alone: {of: [attributes.tier]}
        """;
    assertThatThrownBy(() -> SurvivorshipConfig.parse("s.yaml", text))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .satisfiesExactly(
                        m -> assertThat(m).startsWith("s.yaml:1: default.by: a rule twice"),
                        m ->
                            assertThat(m)
                                .startsWith("s.yaml:3: attributes.name.by: verified")
                                .contains("expected: one of recent, priority"),
                        m ->
                            assertThat(m)
                                .startsWith("s.yaml:4: attributes.birthDate.while: a year"),
                        m -> assertThat(m).startsWith("s.yaml:5: attributes.gender.while: PT0S"),
                        m -> assertThat(m).startsWith("s.yaml:6: attributes.emails.by: minimum"),
                        m -> assertThat(m).startsWith("s.yaml:7: attributes.attributes.: unknown"),
                        m -> assertThat(m).startsWith("s.yaml:9: groups.loyalty.by: longest"),
                        m -> assertThat(m).startsWith("s.yaml:9: groups.loyalty.of: gender has a"),
                        m -> assertThat(m).startsWith("s.yaml:9: groups.loyalty.of: emails is a"),
                        m ->
                            assertThat(m).startsWith("s.yaml:9: groups.loyalty.of: hue is unknown"),
                        m -> assertThat(m).startsWith("s.yaml:10: groups.alone.of: 1 attributes"),
                        m ->
                            assertThat(m)
                                .startsWith("s.yaml:10: groups.alone.of: attributes.tier is in")));
  }
}
