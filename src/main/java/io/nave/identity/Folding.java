package io.nave.identity;

import com.ibm.icu.text.Transliterator;
import java.util.Locale;

/** Text for comparison: Latin, lower case, no accents; letters and digits only. */
final class Folding {
  private static final Transliterator LATIN = Transliterator.getInstance("Any-Latin; Latin-ASCII");

  private Folding() {}

  /** Words separated by single blanks; never null. */
  static String words(String text) {
    if (text == null || text.isBlank()) {
      return "";
    }
    return plain(ascii(text), true);
  }

  /** One run of letters and digits; never null. */
  static String solid(String text) {
    return text == null ? "" : plain(ascii(text), false);
  }

  private static String ascii(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 128);
    return (ascii ? text : LATIN.transliterate(text)).toLowerCase(Locale.ROOT);
  }

  private static String plain(String text, boolean blanks) {
    StringBuilder out = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        if (gap && blanks && out.length() > 0) {
          out.append(' ');
        }
        out.append(c);
        gap = false;
      } else if (c != '\'' && c != '`' && c != '\u02bc') {
        gap = true;
      }
    }
    return out.toString();
  }
}
