package io.nave.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.InvalidConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingConfigTest {
  private static final Path CONFIG = Path.of("config");

  @Test
  void reportsAllMistakesTogetherWithTheirLines() {
    String text =
        """
        match: 1.5
        largestBlok: 3
        limits: {recordsWithOneKey: many}
        person:
          prior: 7
          comparators:
            aura: {same: [0.5, 0.5, 0.5]}
            gender: {same: [0.9, 0.5], different: [0.1, zero, 0.5]}
            suffix:
              same: [0.9, 0.5, 0.5]
              different: [0.1, 0.5, 0]
              alike: [0.1, 0.5, 0.5]
        placeholders:
          birthDates: [yesterday]
        rules:
          - {name: a, when: {aura: [same], email: [bright]}, outcome: MATCH}
          - {name: a, when: {}, outcome: PERHAPS, weight: heavy}
        """;
    assertThatThrownBy(() -> MatchingConfig.parse("m.yaml", text, CONFIG))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .anyMatch(m -> m.startsWith("m.yaml:1: match: 1.5 (expected: a number"))
                    .anyMatch(m -> m.startsWith("m.yaml:2: largestBlok: unknown key"))
                    .anyMatch(m -> m.startsWith("m.yaml:3: limits.recordsWithOneKey: many"))
                    .anyMatch(m -> m.startsWith("m.yaml:5: person.prior: 7 (expected: a number"))
                    .anyMatch(m -> m.startsWith("m.yaml:7: person.comparators.aura: unknown (exp"))
                    .anyMatch(m -> m.startsWith("m.yaml:8: person.comparators.gender.same: [0.9,"))
                    .anyMatch(m -> m.startsWith("m.yaml:8: person.comparators.gender.different:"))
                    .anyMatch(m -> m.startsWith("m.yaml:11: person.comparators.suffix.different:"))
                    .anyMatch(m -> m.startsWith("m.yaml:12: person.comparators.suffix.alike: unk"))
                    .anyMatch(m -> m.startsWith("m.yaml:14: placeholders.birthDates: yesterday"))
                    .anyMatch(m -> m.startsWith("m.yaml:16: rules[].when.aura: unknown (expec"))
                    .anyMatch(m -> m.startsWith("m.yaml:16: rules[].when.email: bright (expecte"))
                    .anyMatch(m -> m.startsWith("m.yaml:17: rules[].outcome: PERHAPS (expected"))
                    .anyMatch(m -> m.startsWith("m.yaml:17: rules[].weight: unknown key"))
                    .anyMatch(m -> m.contains("when: nothing (expected: comparisons and their"))
                    .anyMatch(m -> m.contains("rules: a twice")));
  }

  @Test
  void refusesWhatIsNotYaml() {
    assertThatThrownBy(() -> MatchingConfig.parse("m.yaml", "rules: [", CONFIG))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith("m.yaml:1: not YAML");
    assertThatThrownBy(() -> MatchingConfig.parse("m.yaml", "", CONFIG))
        .hasMessage("m.yaml:1: the file: no keys (expected: key: value lines)");
  }

  @Test
  void refusesABrokenTableOfNicknames() {
    assertThatThrownBy(
            () -> Nicknames.parse("n.csv", List.of("language,name,forms", "en,robert rob")))
        .hasMessage("n.csv:2: en,robert rob (expected: language,name,forms)");
  }
}
