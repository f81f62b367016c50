package io.nave.identity;

import java.util.List;
import java.util.Map;

/** The suffixes that tell father and son apart, wherever in a name a source writes them. */
final class Generations {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("jr", "jr"),
          Map.entry("junior", "jr"),
          Map.entry("jnr", "jr"),
          Map.entry("fils", "jr"),
          Map.entry("sr", "sr"),
          Map.entry("senior", "sr"),
          Map.entry("snr", "sr"),
          Map.entry("i", "i"),
          Map.entry("1st", "i"),
          Map.entry("ii", "ii"),
          Map.entry("2nd", "ii"),
          Map.entry("iii", "iii"),
          Map.entry("3rd", "iii"),
          Map.entry("iv", "iv"),
          Map.entry("4th", "iv"));

  /** The levels of comparing two. */
  static final List<String> LEVELS = List.of("same", "different");

  private Generations() {}

  /** The generation the folded word says, or the empty text. */
  static String of(String word) {
    return KNOWN.getOrDefault(word, "");
  }

  /**
   * Level of two generations, or {@link Comparison#NOTHING}: the first may call himself senior, the
   * second junior.
   */
  static int level(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Comparison.NOTHING;
    }
    if (a.equals(b)) {
      return 0;
    }
    boolean mayBe = either(a, b, "i", "sr") || either(a, b, "ii", "jr") || either(a, b, "ii", "sr");
    return mayBe || either(a, b, "iii", "jr") ? Comparison.NOTHING : 1;
  }

  private static boolean either(String a, String b, String one, String other) {
    return a.equals(one) && b.equals(other) || a.equals(other) && b.equals(one);
  }
}
