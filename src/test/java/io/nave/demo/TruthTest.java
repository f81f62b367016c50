package io.nave.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
  private final Truth truth = new Truth();

  @BeforeEach
  void threeRecordsOfOnePersonAndOneOfAnother() {
    truth.put("a", "1", 1);
    truth.put("a", "2", 1);
    truth.put("b", "1", 1);
    truth.put("b", "2", 2);
  }

  @Test
  void countsPairs() {
    var score = truth.score(Map.of("a:1", "x", "a:2", "x", "b:1", "y", "b:2", "y", "z:9", "x"));

    assertThat(score.recall()).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(score.precision()).isEqualTo(0.5);
    assertThat(score.duplicates()).isEqualTo(2);
    assertThat(score.duplicatesFound()).isEqualTo(2);
  }

  @Test
  void aRecordThatTheCrosswalkDoesNotNameIsUnlinked() {
    var score = truth.score(Map.of("a:1", "x"));

    assertThat(score.missing()).isEqualTo(3);
    assertThat(score.recall()).isZero();
    assertThat(score.precision()).isEqualTo(1);
    assertThat(score.customers()).isEqualTo(4);
  }

  @Test
  void namesCustomersThatAreSeveralPeople() {
    var crosswalk = Map.of("a:1", "x", "a:2", "x", "b:1", "y", "b:2", "y");

    assertThat(truth.mixed(crosswalk, 9)).singleElement();
    assertThat(truth.mixed(crosswalk, 9).get(0))
        .containsExactlyInAnyOrderElementsOf(List.of("b:1", "b:2"));
  }

  @Test
  void isKeptInAFile(@TempDir Path folder) throws IOException {
    var file = folder.resolve("truth.tsv");
    truth.put("s", "tab\there", 5);

    truth.write(file);

    var read = Truth.read(file);
    assertThat(read.size()).isEqualTo(5);
    assertThat(read.person("s", "tab\there")).isEqualTo(5);
    assertThat(read.person("a", "2")).isEqualTo(1);
  }
}
