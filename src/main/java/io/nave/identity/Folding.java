package io.nave.identity;

import io.nave.canonical.Fold;

/** Folded text, as words or as one run of letters and digits. */
final class Folding {
  private Folding() {}

  /** Words separated by single blanks; never null. */
  static String words(String text) {
    return Fold.text(text);
  }

  /** One run of letters and digits; never null. */
  static String solid(String text) {
    return Fold.text(text).replace(" ", "");
  }
}
