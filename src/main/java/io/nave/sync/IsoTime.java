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

  private static final String FORM = "0000-00-00T00:00:00.";

  private IsoTime() {}

  /** The time in UTC, cut to the microsecond; null where the text is none. */
  static Instant read(String text) {
    if (text == null || text.length() < 17 || text.length() > 40) {
      return null;
    }
    if (isOurs(text)) {
      return ours(text);
    }
    try {
      Instant time = parse(text).truncatedTo(ChronoUnit.MICROS);
      return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    } catch (DateTimeException notATime) {
      return null;
    }
  }

  /**
   * The form in which the hub itself writes times, {@code 2026-01-31T08:00:00[.123456]Z}, of days
   * that every month has; reading them by hand is much quicker, and the hub reads many.
   */
  private static boolean isOurs(String text) {
    int length = text.length();
    if (length != 20 && length != 24 && length != 27 || text.charAt(length - 1) != 'Z') {
      return false;
    }
    for (int i = 0; i < length - 1; i++) {
      char expected = i < FORM.length() ? FORM.charAt(i) : '0';
      char c = text.charAt(i);
      if (expected == '0' ? c < '0' || c > '9' : c != expected) {
        return false;
      }
    }
    return number(text, 0, 4) > 0
        && between(number(text, 5, 7), 1, 12)
        && between(number(text, 8, 10), 1, 28)
        && number(text, 11, 13) < 24
        && number(text, 14, 16) < 60
        && number(text, 17, 19) < 60;
  }

  private static Instant ours(String text) {
    int fraction = text.length() == 20 ? 0 : number(text, 20, text.length() - 1);
    int nanos = text.length() == 24 ? fraction * 1_000_000 : fraction * 1_000;
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    int second = number(text, 11, 13) * 3600 + number(text, 14, 16) * 60 + number(text, 17, 19);
    return Instant.ofEpochSecond(day * 86_400 + second, nanos);
  }

  /**
   * As {@link Instant#toString}, cut to the microsecond; by hand, too, for the years that have four
   * digits.
   */
  static String text(Instant time) {
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      return time.truncatedTo(ChronoUnit.MICROS).toString();
    }
    long seconds = time.getEpochSecond();
    var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
    int second = (int) Math.floorMod(seconds, 86_400L);
    var text = new StringBuilder(27);
    digits(text, date.getYear(), 1000);
    digits(text.append('-'), date.getMonthValue(), 10);
    digits(text.append('-'), date.getDayOfMonth(), 10);
    digits(text.append('T'), second / 3600, 10);
    digits(text.append(':'), second / 60 % 60, 10);
    digits(text.append(':'), second % 60, 10);
    int micros = time.getNano() / 1000;
    if (micros > 0) {
      boolean isMillis = micros % 1000 == 0;
      digits(text.append('.'), isMillis ? micros / 1000 : micros, isMillis ? 100 : 100_000);
    }
    return text.append('Z').toString();
  }

  private static void digits(StringBuilder text, int number, int first) {
    for (int place = first; place > 0; place /= 10) {
      text.append((char) ('0' + number / place % 10));
    }
  }

  private static boolean between(int number, int least, int most) {
    return number >= least && number <= most;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
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
