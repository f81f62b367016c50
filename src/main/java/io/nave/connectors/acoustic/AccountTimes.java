package io.nave.connectors.acoustic;

import io.nave.platform.VendorError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;

/** Local times of an account, read and written in its zone. */
final class AccountTimes {
  private static final DateTimeFormatter WINDOW = format("MM/dd/yyyy HH:mm:ss");
  private static final DateTimeFormatter SECONDS = format("M/d/yyyy H:mm:ss");
  private static final List<DateTimeFormatter> MINUTES =
      List.of(format("M/d/yyyy h:mm a"), format("M/d/yy h:mm a"), format("M/d/yyyy H:mm"));
  private final ZoneId zone;

  /**
   * @param first the earliest moment that the text can mean
   * @param last the latest second that it can mean
   */
  record Moment(Instant first, Instant last) {
    /** The moment, narrowed by knowing that it was not before {@code bound}. */
    Instant notBefore(Instant bound) {
      Instant later = bound.isAfter(first) ? bound : first;
      Instant end = last.plusMillis(999);
      return later.isAfter(end) ? end : later;
    }
  }

  AccountTimes(String zone) {
    this.zone = ZoneId.of(zone);
  }

  /**
   * The start of a window. Where the clocks go back, an hour comes twice; then the window starts
   * before that hour, so that nothing is missed whichever the vendor means.
   */
  String start(Instant from) {
    LocalDateTime local = LocalDateTime.ofInstant(from, zone);
    ZoneOffsetTransition twice = zone.getRules().getTransition(local);
    boolean ambiguous = zone.getRules().getValidOffsets(local).size() > 1;
    return WINDOW.format(ambiguous ? twice.getDateTimeAfter().minusSeconds(1) : local);
  }

  String end(Instant to) {
    return WINDOW.format(LocalDateTime.ofInstant(to, zone));
  }

  /**
   * Reads a local time, precise to the second or the minute.
   *
   * @throws VendorError {@code malformed}
   */
  Moment read(String text) {
    LocalDateTime second = parse(SECONDS, text);
    if (second != null) {
      return moment(second, 0);
    }
    return MINUTES.stream()
        .map(format -> parse(format, text))
        .filter(time -> time != null)
        .findFirst()
        .map(time -> moment(time, 59))
        .orElseThrow(() -> new VendorError("malformed", "a local time of unknown form"));
  }

  private Moment moment(LocalDateTime local, int seconds) {
    ZonedDateTime earlier = local.atZone(zone).withEarlierOffsetAtOverlap();
    ZonedDateTime later = local.atZone(zone).withLaterOffsetAtOverlap();
    return new Moment(earlier.toInstant(), later.toInstant().plusSeconds(seconds));
  }

  private static LocalDateTime parse(DateTimeFormatter format, String text) {
    try {
      return LocalDateTime.parse(text.strip(), format);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US);
  }
}
