package io.nave.sync;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** ISO 8601 times with an offset, and ISO dates, of the years 1 to 9999. */
final class IsoTime {
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private IsoTime() {}

  /** The time in UTC, cut to the microsecond; null where the text is none. */
  static Instant read(String text) {
    if (text == null || text.length() < 17 || text.length() > 40) {
      return null;
    }
    try {
      Instant time = parse(text).truncatedTo(ChronoUnit.MICROS);
      return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  private static Instant parse(String text) {
    if (text.charAt(text.length() - 1) == 'Z') {
      return LocalDateTime.parse(text.substring(0, text.length() - 1)).toInstant(ZoneOffset.UTC);
    }
    return OffsetDateTime.parse(withColon(text)).toInstant();
  }

  /** Some systems write the offset +0100. */
  private static String withColon(String text) {
    int sign = text.length() - 5;
    boolean bare = text.charAt(sign) == '+' || text.charAt(sign) == '-';
    return bare ? text.substring(0, sign + 3) + ":" + text.substring(sign + 3) : text;
  }

  /** The date; null where the text is none. */
  static LocalDate readDate(String text) {
    if (text == null || text.length() != 10) {
      return null;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() < 1 ? null : date;
    } catch (DateTimeException notADate) {
      return null;
    }
  }
}
