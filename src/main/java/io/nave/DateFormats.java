package io.nave;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Ways to write a date, the likeliest first. Two digits for a year mean 1930 to 2029. There is no
 * 30th of February.
 */
final class DateFormats {
  /** Year, month and day with hyphens. */
  static final DateFormats ISO = of(List.of("uuuu-MM-dd"));

  private static final int FIRST_YEAR = 1930;
  private static final List<String> PLAIN =
      List.of(
          "uuuu-M-d",
          "uuuuMMdd",
          "uuuu/M/d",
          "d.M.uuuu",
          "d.M.uu",
          "d-MMM-uuuu",
          "d-MMM-uu",
          "d MMM uuuu",
          "d MMMM uuuu",
          "MMM d uuuu",
          "MMM d, uuuu",
          "MMMM d, uuuu");
  private static final List<String> DAY_FIRST = List.of("d/M/uuuu", "d/M/uu", "d-M-uuuu", "d-M-uu");
  private static final List<String> MONTH_FIRST =
      List.of("M/d/uuuu", "M/d/uu", "M-d-uuuu", "M-d-uu");

  private final List<DateTimeFormatter> formatters;

  private DateFormats(List<DateTimeFormatter> formatters) {
    this.formatters = formatters;
  }

  /**
   * As {@link DateTimeFormatter} writes patterns.
   *
   * @throws IllegalArgumentException for what is no pattern
   */
  static DateFormats of(List<String> patterns) {
    return new DateFormats(patterns.stream().map(DateFormats::formatter).toList());
  }

  /** All usual ways; whether the day or the month is first is decided by all values together. */
  static DateFormats usual(Collection<String> values) {
    long dayFirst = values.stream().filter(of(DAY_FIRST)::isDate).count();
    long monthFirst = values.stream().filter(of(MONTH_FIRST)::isDate).count();
    var all = new ArrayList<>(PLAIN);
    all.addAll(monthFirst > dayFirst ? MONTH_FIRST : DAY_FIRST);
    all.addAll(monthFirst > dayFirst ? DAY_FIRST : MONTH_FIRST);
    return of(all);
  }

  boolean isDate(String text) {
    return parse(text) != null;
  }

  /** The day, or null where the text is none of the ways; a time behind an ISO date is left out. */
  LocalDate parse(String text) {
    boolean timed = text.length() > 10 && text.charAt(4) == '-' && text.indexOf(':') > 10;
    var day = timed ? text.substring(0, 10) : text;
    for (var formatter : formatters) {
      try {
        return LocalDate.parse(day, formatter);
      } catch (DateTimeParseException another) {
        continue;
      }
    }
    return null;
  }

  private static DateTimeFormatter formatter(String pattern) {
    var builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    var years = pattern.replace("yyyy", "uuuu").replace("yy", "uu");
    int at = years.contains("uuuu") ? -1 : years.indexOf("uu");
    if (at < 0) {
      builder.appendPattern(years);
    } else {
      append(builder, years.substring(0, at));
      builder.appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_YEAR);
      append(builder, years.substring(at + 2));
    }
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  private static void append(DateTimeFormatterBuilder builder, String pattern) {
    if (!pattern.isEmpty()) {
      builder.appendPattern(pattern);
    }
  }
}
