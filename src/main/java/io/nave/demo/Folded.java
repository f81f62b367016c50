package io.nave.demo;

import java.text.Normalizer;
import java.util.Locale;

/** Text without case, accents and outer spaces. */
final class Folded {
  private Folded() {}

  static String of(String text) {
    var apart = Normalizer.normalize(text.strip(), Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
    return apart.toLowerCase(Locale.ROOT).replace('ł', 'l');
  }
}
