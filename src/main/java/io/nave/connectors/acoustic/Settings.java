package io.nave.connectors.acoustic;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the values of settings. */
final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  private Settings() {}

  /**
   * Reads {@code 500ms}, {@code 30s}, {@code 10m}, {@code 1h}; a number alone is milliseconds.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException("duration: " + text + " (expected: such as 30s)");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofMillis(number);
    };
  }
}
