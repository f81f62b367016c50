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
        guards: [suffix, horoscope]
        largestBlok: 3
        placeholders:
          birthDates: [yesterday]
        rules:
          - {name: a, when: [email, aura], outcome: MATCH}
          - {name: a, when: [], outcome: NO_MATCH, weight: heavy}
        """;
    assertThatThrownBy(() -> MatchingConfig.parse("m.yaml", text, CONFIG))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .anyMatch(m -> m.startsWith("m.yaml:1: guards: horoscope (expected: one of"))
                    .anyMatch(m -> m.startsWith("m.yaml:2: largestBlok: unknown key"))
                    .anyMatch(m -> m.startsWith("m.yaml:4: placeholders.birthDates: yesterday"))
                    .anyMatch(m -> m.startsWith("m.yaml:6: rules[].when: aura"))
                    .anyMatch(m -> m.startsWith("m.yaml:7: rules[].when: nothing"))
                    .anyMatch(m -> m.startsWith("m.yaml:7: rules[].outcome: NO_MATCH"))
                    .anyMatch(m -> m.startsWith("m.yaml:7: rules[].weight: heavy"))
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
