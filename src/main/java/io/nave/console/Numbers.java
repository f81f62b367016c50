package io.nave.console;

import java.text.NumberFormat;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
  private static final Locale LOCALE = Locale.ENGLISH;

  private Numbers() {}

  /** With groups: {@code 12,345}. */
  static String whole(long n) {
    return NumberFormat.getIntegerInstance(LOCALE).format(n);
  }

  /** A rate: one decimal below ten, none above. */
  static String rate(double perSecond) {
    if (perSecond <= 0) {
      return "0";
    }
    if (perSecond < 0.1) {
      return "< 0.1";
    }
    var format = NumberFormat.getNumberInstance(LOCALE);
    format.setMaximumFractionDigits(perSecond < 9.95 ? 1 : 0);
    return format.format(perSecond);
  }

  /** A coordinate in a drawing. */
  static String at(double coordinate) {
    double rounded = Math.round(coordinate * 10) / 10.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
