package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.platform.VendorError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static Optional<Duration> of(String header) {
    return RetryAfter.of(new VendorError("HTTP 429", "no", null, header), NOW);
  }

  @Test
  void isReadInSecondsAndAsADate() {
    assertThat(of("120")).contains(Duration.ofMinutes(2));
    assertThat(of(" 0 ")).contains(Duration.ZERO);
    assertThat(of("Mon, 01 Jun 2026 12:00:30 GMT")).contains(Duration.ofSeconds(30));
    assertThat(of("Mon, 01 Jun 2026 11:00:00 GMT")).contains(Duration.ZERO);
  }

  @Test
  void whatCannotBeReadSaysNothing() {
    assertThat(of(null)).isEmpty();
    assertThat(of("")).isEmpty();
    assertThat(of("soon")).isEmpty();
    assertThat(of("-5")).isEmpty();
    assertThat(of("99999999999")).isEmpty();
    assertThat(RetryAfter.of(new IllegalStateException(), NOW)).isEmpty();
  }

  @Test
  void isFoundBehindOtherFailuresAndInCamelsOwn() {
    var http =
        new HttpOperationFailedException(
            "https://vendor.example", 429, "no", null, Map.of("retry-after", "7"), null);
    assertThat(RetryAfter.of(new IllegalStateException(http), NOW)).contains(Duration.ofSeconds(7));
    assertThat(RetryAfter.of(ErrorCodes.inShort(http), NOW)).contains(Duration.ofSeconds(7));
  }
}
