package io.nave.connectors;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads and writes times as vendors do. A date without a time is the start of that day in the zone.
 */
final class LocalTimes {
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ENGLISH);
  private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();

  private LocalTimes() {}

  /** Reads ISO 8601; the zone counts where the text names no offset. */
  static Instant instant(String iso, String zone) {
    return parse(ISO, iso, ZoneId.of(zone));
  }

  /** Writes a moment by a pattern of {@link DateTimeFormatter} in a zone. */
  static String format(String pattern, Instant moment, String zone) {
    return format(pattern).format(moment.atZone(ZoneId.of(zone)));
  }

  /** Reads a text by a pattern; an offset in the text beats the zone. */
  static Instant parse(String pattern, String text, String zone) {
    return parse(format(pattern), text.strip(), ZoneId.of(zone));
  }

  private static Instant parse(DateTimeFormatter format, String text, ZoneId zone) {
    TemporalQuery<ZonedDateTime> zoned = ZonedDateTime::from;
    TemporalAccessor read = format.parseBest(text, zoned, LocalDateTime::from, LocalDate::from);
    if (read instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    return read instanceof LocalDateTime time
        ? time.atZone(zone).toInstant()
        : ((LocalDate) read).atStartOfDay(zone).toInstant();
  }

  private static DateTimeFormatter format(String pattern) {
    return FORMATS.computeIfAbsent(pattern, LocalTimes::compiled);
  }

  private static DateTimeFormatter compiled(String pattern) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .toFormatter(Locale.ENGLISH);
  }
}
