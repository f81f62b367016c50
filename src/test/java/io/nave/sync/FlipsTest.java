package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.sync.CustomerHistory.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlipsTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private final List<Version> versions = new ArrayList<>();

  private void version(String language, String spoke) {
    var state =
        language == null
            ? "{\"customer\":{}}"
            : "{\"customer\":{\"language\":\"" + language + "\"}}";
    var lineage =
        spoke == null ? "{}" : "{\"language\":{\"spoke\":\"" + spoke + "\",\"recordId\":\"1\"}}";
    versions.add(
        new Version(
            versions.size() + 1,
            BEGIN.plusSeconds(versions.size()),
            CanonicalJson.parse(state),
            CanonicalJson.parse(lineage)));
  }

  private boolean isMoreThan(int flips) {
    return !Flips.of(versions).moreThan(flips).isEmpty();
  }

  @Test
  void aValueThatGoesFromOneSpokeToAnotherFlips() {
    for (int i = 0; i < 4; i++) {
      version("cy", "crm");
      version("en", "esp");
    }
    assertThat(isMoreThan(5)).isTrue();
    assertThat(isMoreThan(6)).isFalse();
    assertThat(Flips.of(versions).of("language"))
        .extracting(Frozen.Step::from)
        .containsExactly("crm:1", "esp:1", "crm:1", "esp:1", "crm:1", "esp:1", "crm:1", "esp:1");
  }

  @Test
  void changesOfOneSpokeAreNoFlips() {
    version("cy", "crm");
    for (int i = 0; i < 9; i++) {
      version("x" + i, "esp");
    }
    assertThat(isMoreThan(1)).isFalse();
  }

  @Test
  void aValueThatIsTakenAwayFlipsOnlyWhenAnotherBringsOne() {
    version("cy", "crm");
    version(null, null);
    version("cy", "crm");
    version(null, null);
    version("en", "esp");
    assertThat(Flips.of(versions).of("language"))
        .extracting(Frozen.Step::from)
        .containsExactly("crm:1", "esp:1");
  }

  @Test
  void recordsThatComeInOneAfterTheOtherFlipNothing() {
    for (int i = 0; i < 9; i++) {
      version("x" + i, "spoke" + i);
    }
    assertThat(isMoreThan(0)).isFalse();
  }

  @Test
  void aStewardsWordEndsARowOfFlips() {
    version("cy", "crm");
    version("en", "esp");
    version("cy", "crm");
    version("de", "steward");
    version("en", "esp");
    assertThat(isMoreThan(0)).isFalse();
  }

  @Test
  void ofAListTheOrderCounts() {
    for (var order : List.of("crm,esp", "esp,crm", "crm,esp")) {
      var spokes = order.split(",");
      versions.add(
          new Version(
              versions.size() + 1,
              BEGIN,
              CanonicalJson.parse(
                  "{\"customer\":{\"emails\":[{\"value\":\"%s@x.example\"}]}}"
                      .formatted(order.replace(",", "."))),
              CanonicalJson.parse(
                  ("{\"emails[0]\":{\"spoke\":\"%s\",\"recordId\":\"1\"},"
                          + "\"emails[1]\":{\"spoke\":\"%s\",\"recordId\":\"1\"}}")
                      .formatted(spokes[0], spokes[1]))));
    }
    assertThat(Flips.of(versions).of("emails"))
        .extracting(Frozen.Step::from)
        .containsExactly("crm:1, esp:1", "esp:1, crm:1", "crm:1, esp:1");
    assertThat(isMoreThan(0)).isTrue();
  }
}
