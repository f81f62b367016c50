package io.nave.sandbox.acoustic;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The vendor's several local time formats, all in the account's time zone. */
final class LocalTimes {
  private static final DateTimeFormatter WINDOW = format("M/d/yyyy H:mm:ss");
  private static final DateTimeFormatter DAY = format("M/d/yyyy");
  private final DateTimeFormatter record = format("M/d/yy h:mm a");
  private final DateTimeFormatter list = format("MM/dd/yy hh:mm a");
  private final DateTimeFormatter export = format("MM/dd/yyyy hh:mm a");
  private final DateTimeFormatter event = format("MM/dd/yyyy HH:mm:ss");
  private final DateTimeFormatter file = format("MMM d yyyy hh-mm-ss a");
  private final ZoneId zone;

  LocalTimes(ZoneId zone) {
    this.zone = zone;
  }

  /** As in a contact: {@code 8/10/11 3:15 PM}. */
  String ofRecord(Instant instant) {
    return write(record, instant);
  }

  /** As in a database's description: {@code 02/02/06 04:51 PM}. */
  String ofList(Instant instant) {
    return write(list, instant);
  }

  /** As in the system columns of an exported list: {@code 08/10/2011 03:15 PM}. */
  String ofExport(Instant instant) {
    return write(export, instant);
  }

  /** As in exported events: {@code 08/10/2011 15:15:07}. */
  String ofEvent(Instant instant) {
    return write(event, instant);
  }

  /** As in a file's name: {@code Jul 5 2017 12-53-25 AM}. */
  String ofFile(Instant instant) {
    return write(file, instant);
  }

  /** The start or end of a window, {@code mm/dd/yyyy hh:mm:ss} on a 24 hour clock. */
  Instant window(String text, Instant absent) {
    if (text.isEmpty()) {
      return absent;
    }
    try {
      LocalDateTime local =
          text.contains(":")
              ? LocalDateTime.parse(text, WINDOW)
              : LocalDate.parse(text, DAY).atStartOfDay();
      return local.atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new Fault(Fault.MISSING_PARAMETER, "Invalid date (expected: mm/dd/yyyy hh:mm:ss)");
    }
  }

  private String write(DateTimeFormatter format, Instant instant) {
    return instant == null ? "" : format.format(instant.atZone(zone));
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.US);
  }
}
