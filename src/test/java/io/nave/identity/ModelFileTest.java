package io.nave.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final MatchingConfig.Models LEARNED =
      Training.learn(People.RULES, Generated.profiles(200, 0.1));

  @TempDir private Path folder;

  @Test
  void readsBackExactlyWhatWasWritten() {
    String written = ModelFile.write(LEARNED);
    MatchingConfig.Models read = ModelFile.parse("model.yaml", written);
    assertThat(read.person().levels()).isEqualTo(LEARNED.person().levels());
    assertThat(read.organisation().levels()).isEqualTo(LEARNED.organisation().levels());
    assertThat(read.person().prior()).isEqualTo(LEARNED.person().prior());
    assertThat(ModelFile.write(read)).isEqualTo(written);
  }

  @Test
  void namesNobody() {
    String written = ModelFile.write(LEARNED);
    assertThat(written.toLowerCase()).contains("frequencies").doesNotContain("commonson");
  }

  @Test
  void isUsedWhereItLiesBesideTheConfiguration() throws IOException {
    Path config = configured();
    assertThat(MatchingConfig.read(config).models().person().prior()).isEqualTo(0.00003);
    Files.writeString(folder.resolve("matching-model.yaml"), ModelFile.write(LEARNED));
    assertThat(MatchingConfig.read(config).models().person().prior())
        .isEqualTo(LEARNED.person().prior());
    assertThat(MatchingConfig.untrained(config).models().person().prior()).isEqualTo(0.00003);
  }

  @Test
  void tellsEveryMistakeWithItsLine() throws IOException {
    Path config = configured();
    Files.writeString(
        folder.resolve("matching-model.yaml"),
        """
        person:
          prior: often
          comparators:
            given: {same: [1, 2, 3]}
          frequencies:
            given:
              values: 10
              counts:
                - "000000000000000a:3 smith:4"
        organisation: {}
        weather: fine
        """);
    assertThatThrownBy(() -> MatchingConfig.read(config))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.mistakes())
                    .anyMatch(m -> m.contains("matching-model.yaml:2: person.prior: often"))
                    .anyMatch(m -> m.contains(":4: person.comparators.given.same: [1, 2, 3]"))
                    .anyMatch(m -> m.contains("person.frequencies.given.counts: smith:4 (expec"))
                    .anyMatch(m -> m.contains(":11: weather: unknown key")));
  }

  private Path configured() throws IOException {
    Files.copy(Path.of("config", "nicknames.csv"), folder.resolve("nicknames.csv"));
    return Files.copy(Path.of("config", "matching.yaml"), folder.resolve("matching.yaml"));
  }
}
