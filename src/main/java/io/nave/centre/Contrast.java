package io.nave.centre;

/** How well one colour can be read on another: WCAG 2.2, from 1 to 21. */
final class Contrast {
  private Contrast() {}

  static double of(String one, String other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** Whether it is a colour such as {@code #0b6b66}. */
  static boolean isColour(String text) {
    return text.matches("#[0-9a-fA-F]{6}");
  }

  private static double luminance(String colour) {
    return 0.2126 * part(colour, 1) + 0.7152 * part(colour, 3) + 0.0722 * part(colour, 5);
  }

  private static double part(String colour, int at) {
    double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
