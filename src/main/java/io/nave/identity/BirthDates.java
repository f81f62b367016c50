package io.nave.identity;

import java.time.LocalDate;

/** Compares dates of birth that are both reliable. */
final class BirthDates {
  private static final int MOST_YEARS_APART = 15;

  private BirthDates() {}

  /**
   * A day apart at most (time zones), day and month swapped, or one digit wrong within 15 years
   * (not father and son).
   */
  static boolean compatible(LocalDate a, LocalDate b) {
    return dayOff(a, b) || swapped(a, b) || oneDigitOff(a, b);
  }

  private static boolean dayOff(LocalDate a, LocalDate b) {
    return Math.abs(a.toEpochDay() - b.toEpochDay()) <= 1;
  }

  private static boolean swapped(LocalDate a, LocalDate b) {
    return a.getYear() == b.getYear()
        && a.getMonthValue() == b.getDayOfMonth()
        && a.getDayOfMonth() == b.getMonthValue();
  }

  private static boolean oneDigitOff(LocalDate a, LocalDate b) {
    if (Math.abs(a.getYear() - b.getYear()) >= MOST_YEARS_APART) {
      return false;
    }
    String one = a.toString();
    String other = b.toString();
    int off = 0;
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      off += one.charAt(i) == other.charAt(i) ? 0 : 1;
    }
    return off == 1;
  }
}
