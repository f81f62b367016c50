package io.nave.identity;

import java.time.LocalDate;
import java.util.List;

/** Compares dates of birth. */
final class BirthDates {
  /**
   * The levels: {@code year} where the year is all that one source knows, or the day or the month
   * was mistaken; {@code near} where several digits differ, but the days are not far apart.
   */
  static final List<String> LEVELS = List.of("same", "close", "year", "near", "different");

  private static final int SAME = 0;
  private static final int CLOSE = 1;
  private static final int YEAR = 2;
  private static final int NEAR = 3;
  private static final int DIFFERENT = 4;
  private static final int DAYS = 400;

  private BirthDates() {}

  static int level(Pair pair) {
    LocalDate a = pair.a.birthDate;
    LocalDate b = pair.b.birthDate;
    if (a == null || b == null) {
      return Comparison.NOTHING;
    }
    if (a.equals(b)) {
      return SAME;
    }
    if (dayOff(a, b) || swapped(a, b) || digitsOff(a, b) == 1) {
      return CLOSE;
    }
    boolean sameYear = a.getYear() == b.getYear();
    boolean sameMonth = a.getMonthValue() == b.getMonthValue();
    boolean sameDay = a.getDayOfMonth() == b.getDayOfMonth();
    boolean yearOnly = a.getDayOfYear() == 1 || b.getDayOfYear() == 1;
    if (sameYear && (yearOnly || sameMonth || sameDay) || sameMonth && sameDay) {
      return YEAR;
    }
    boolean near = digitsOff(a, b) <= 3 || Math.abs(a.toEpochDay() - b.toEpochDay()) <= DAYS;
    return near ? NEAR : DIFFERENT;
  }

  private static boolean dayOff(LocalDate a, LocalDate b) {
    return Math.abs(a.toEpochDay() - b.toEpochDay()) <= 1;
  }

  private static boolean swapped(LocalDate a, LocalDate b) {
    return a.getYear() == b.getYear()
        && a.getMonthValue() == b.getDayOfMonth()
        && a.getDayOfMonth() == b.getMonthValue();
  }

  private static int digitsOff(LocalDate a, LocalDate b) {
    return off(a.getYear(), b.getYear())
        + off(a.getMonthValue(), b.getMonthValue())
        + off(a.getDayOfMonth(), b.getDayOfMonth());
  }

  private static int off(int a, int b) {
    int off = 0;
    int one = a;
    int other = b;
    while (one > 0 || other > 0) {
      off += one % 10 == other % 10 ? 0 : 1;
      one /= 10;
      other /= 10;
    }
    return off;
  }
}
