package io.nave.console;

import com.ibm.icu.text.RelativeDateTimeFormatter;
import com.ibm.icu.text.RelativeDateTimeFormatter.AbsoluteUnit;
import com.ibm.icu.text.RelativeDateTimeFormatter.Direction;
import com.ibm.icu.text.RelativeDateTimeFormatter.RelativeUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as people read it.
 *
 * @param iso for machines
 * @param exact to the second, in UTC
 * @param relative such as "3 minutes ago"
 */
public record Moment(String iso, String exact, String relative) {
  private static final Locale LOCALE = Locale.ENGLISH;
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", LOCALE).withZone(ZoneOffset.UTC);

  /** Null for null. */
  static Moment of(Instant at, Instant now) {
    return at == null
        ? null
        : new Moment(at.toString(), EXACT.format(at), relative(Duration.between(at, now)));
  }

  private static String relative(Duration age) {
    var words = RelativeDateTimeFormatter.getInstance(LOCALE);
    var direction = age.isNegative() ? Direction.NEXT : Direction.LAST;
    long seconds = age.abs().toSeconds();
    if (seconds < 2) {
      return words.format(Direction.PLAIN, AbsoluteUnit.NOW);
    }
    var unit = unit(seconds);
    return words.format(seconds / length(unit), direction, unit);
  }

  private static RelativeUnit unit(long seconds) {
    for (var unit :
        new RelativeUnit[] {
          RelativeUnit.YEARS,
          RelativeUnit.MONTHS,
          RelativeUnit.DAYS,
          RelativeUnit.HOURS,
          RelativeUnit.MINUTES
        }) {
      if (seconds >= 2 * length(unit)) {
        return unit;
      }
    }
    return RelativeUnit.SECONDS;
  }

  private static long length(RelativeUnit unit) {
    return switch (unit) {
      case YEARS -> 31_556_952;
      case MONTHS -> 2_629_746;
      case DAYS -> 86_400;
      case HOURS -> 3600;
      case MINUTES -> 60;
      default -> 1;
    };
  }
}
