package io.nave.centre;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.platform.InvalidConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentreConfigTest {
  private static final String BRANDS = "brands: [{name: example}]\n";

  private static CentreConfig parse(String text) {
    return CentreConfig.parse(BRANDS + text, Path.of("config"));
  }

  @Test
  void readsWhoMayEmbedAndWhoSendsMessages() {
    var config = parse("confirmations: acoustic\norigins: ['https://www.example.com:8443']");
    assertThat(config.origins()).containsExactly("https://www.example.com:8443");
    assertThat(config.confirmations()).isEqualTo("acoustic");
    assertThat(parse("").confirmations()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "https://*.example.com", "www.example.com", "https://a.example/", "null"})
  void refusesOriginsThatNoBrowserSends(String origin) {
    assertThatThrownBy(() -> parse("origins: ['" + origin + "']"))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("origins: " + origin + " (expected: origins such as");
  }
}
