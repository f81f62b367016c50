package io.nave.identity;

import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** How alike two folded words are: typing mistakes and ways of transliteration. */
final class Spelling {
  private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
  private static final int LONG = 8;

  private Spelling() {}

  /**
   * Whether one is the other with a typing mistake: one edit from four letters on; two from eight
   * letters on, where the words are alike as a whole. Swapping two neighbours is one edit.
   */
  static boolean typo(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    if (shorter < 3
        || Math.max(a.length(), b.length()) < 4
        || Math.abs(a.length() - b.length()) > 2) {
      return false;
    }
    int edits = edits(a, b);
    return edits <= 1 || edits == 2 && shorter >= LONG && JARO_WINKLER.apply(a, b) >= 0.88;
  }

  /** Whether the two are ways to write one sound: Mueller and Muller, Yuliya and Julija. */
  static boolean transliterated(String a, String b) {
    return Math.min(a.length(), b.length()) >= 5 && skeleton(a).equals(skeleton(b));
  }

  /** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
  static int edits(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = row(a, b, i, last, before);
      before = last;
      last = row;
    }
    return last[b.length()];
  }

  private static int[] row(String a, String b, int i, int[] last, int[] before) {
    int[] row = new int[b.length() + 1];
    row[0] = i;
    for (int j = 1; j <= b.length(); j++) {
      int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
      row[j] = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
      if (swapped(a, b, i, j)) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    return row;
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }

  /** The word with the letters that transliterations disagree on made one; doubles once. */
  static String skeleton(String word) {
    String same =
        word.replace("sch", "s")
            .replace("sh", "s")
            .replace("ch", "c")
            .replace("ph", "f")
            .replace("kh", "h")
            .replace("x", "ks")
            .replace("ae", "a")
            .replace("oe", "o")
            .replace("ue", "u");
    StringBuilder out = new StringBuilder(same.length());
    for (int i = 0; i < same.length(); i++) {
      char c = letter(same.charAt(i));
      if (out.length() == 0 || out.charAt(out.length() - 1) != c) {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static char letter(char c) {
    return switch (c) {
      case 'j', 'y' -> 'i';
      case 'w' -> 'v';
      case 'k', 'q' -> 'c';
      case 'z' -> 's';
      default -> c;
    };
  }
}
