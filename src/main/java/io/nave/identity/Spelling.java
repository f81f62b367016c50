package io.nave.identity;

/** How alike two folded words are: typing mistakes and ways of transliteration. Pure. */
final class Spelling {
  private static final int LONG = 8;

  private Spelling() {}

  /**
   * Whether one is the other with a typing mistake: one edit from four letters on; two from eight
   * letters on, where the words are alike as a whole. Swapping two neighbours is one edit.
   */
  static boolean typo(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int longer = Math.max(a.length(), b.length());
    int most = shorter >= LONG ? 2 : 1;
    if (shorter < 3 || longer < 4 || longer - shorter > most) {
      return false;
    }
    return within(a, b, 1) || most == 2 && within(a, b, 2) && alike(a, b, 0.88);
  }

  /**
   * Whether at most so many edits lie between the two. For one or two it tries each edit where they
   * begin to differ, which is the quickest.
   */
  static boolean within(String a, String b, int most) {
    if (Math.abs(a.length() - b.length()) > most) {
      return false;
    }
    int start = 0;
    int endA = a.length();
    int endB = b.length();
    while (start < endA && start < endB && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    while (endA > start && endB > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    if (start == endA || start == endB) {
      return endA - start + endB - start <= most;
    }
    return switch (most) {
      case 0 -> false;
      case 1 -> isOneEdit(a, start, endA, b, start, endB);
      case 2 -> isTwoEdits(a, start, endA, b, start, endB);
      default -> edits(a, b) <= most;
    };
  }

  /** Between parts whose first letters and whose last letters differ. */
  private static boolean isTwoEdits(String a, int i, int endA, String b, int j, int endB) {
    return isOneMore(a, i + 1, endA, b, j + 1, endB)
        || isOneMore(a, i + 1, endA, b, j, endB)
        || isOneMore(a, i, endA, b, j + 1, endB)
        || isSwap(a, i, endA, b, j, endB) && isOneMore(a, i + 2, endA, b, j + 2, endB);
  }

  /** Whether at most one edit lies between what is left. */
  private static boolean isOneMore(String a, int i, int endA, String b, int j, int endB) {
    if (Math.abs(endA - i - endB + j) > 1) {
      return false;
    }
    int same = 0;
    while (i + same < endA && j + same < endB && a.charAt(i + same) == b.charAt(j + same)) {
      same++;
    }
    return isOneEdit(a, i + same, endA, b, j + same, endB);
  }

  /** Between parts whose first letters and whose last letters differ, or of which one is empty. */
  private static boolean isOneEdit(String a, int i, int endA, String b, int j, int endB) {
    int left = endA - i;
    int right = endB - j;
    return left <= 1 && right <= 1 || left == 2 && right == 2 && isSwap(a, i, endA, b, j, endB);
  }

  private static boolean isSwap(String a, int i, int endA, String b, int j, int endB) {
    return endA - i > 1
        && endB - j > 1
        && a.charAt(i) == b.charAt(j + 1)
        && a.charAt(i + 1) == b.charAt(j);
  }

  /** Whether the Jaro-Winkler similarity reaches the threshold; symmetric. */
  static boolean alike(String a, String b, double threshold) {
    if (JaroWinkler.bound(a, b) < threshold) {
      return false;
    }
    double similarity =
        a.compareTo(b) <= 0 ? JaroWinkler.similarity(a, b) : JaroWinkler.similarity(b, a);
    return similarity >= threshold;
  }

  /** Optimal string alignment distance: insert, delete, replace, swap neighbours. */
  static int edits(String a, String b) {
    int start = 0;
    int endA = a.length();
    int endB = b.length();
    while (start < endA && start < endB && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    while (endA > start && endB > start && a.charAt(endA - 1) == b.charAt(endB - 1)) {
      endA--;
      endB--;
    }
    return endA == start || endB == start
        ? endA - start + endB - start
        : table(a, b, start, endA - start, endB - start);
  }

  private static int table(String a, String b, int start, int lengthA, int lengthB) {
    int[] before = new int[lengthB + 1];
    int[] last = new int[lengthB + 1];
    int[] row = new int[lengthB + 1];
    for (int j = 0; j <= lengthB; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= lengthA; i++) {
      row[0] = i;
      for (int j = 1; j <= lengthB; j++) {
        int change = a.charAt(start + i - 1) == b.charAt(start + j - 1) ? 0 : 1;
        int best = Math.min(last[j - 1] + change, 1 + Math.min(last[j], row[j - 1]));
        row[j] = swapped(a, b, start, i, j) ? Math.min(best, before[j - 2] + 1) : best;
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[lengthB];
  }

  private static boolean swapped(String a, String b, int start, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(start + i - 1) == b.charAt(start + j - 2)
        && a.charAt(start + i - 2) == b.charAt(start + j - 1);
  }

  /** Whether the skeletons of two words are equal. */
  static boolean isOneSkeleton(String a, String b) {
    return !a.isEmpty() && !b.isEmpty() && first(a) == first(b) && skeleton(a).equals(skeleton(b));
  }

  /** The first letter of the skeleton. */
  private static char first(String word) {
    char pair = word.length() > 1 ? pair(word.charAt(0), word.charAt(1)) : 0;
    return word.startsWith("sch") ? 's' : pair != 0 ? pair : letter(word.charAt(0));
  }

  /** The word with the letters that transliterations disagree on made one; doubles once. */
  static String skeleton(String word) {
    StringBuilder out = new StringBuilder(word.length());
    int i = 0;
    while (i < word.length()) {
      char next = i + 1 < word.length() ? word.charAt(i + 1) : 0;
      char c = word.charAt(i);
      boolean sch = c == 's' && next == 'c' && word.startsWith("sch", i);
      char pair = sch ? 's' : pair(c, next);
      if (pair != 0) {
        once(out, pair);
        i += sch ? 3 : 2;
      } else {
        once(out, letter(c));
        if (c == 'x') {
          once(out, 's');
        }
        i++;
      }
    }
    return out.toString();
  }

  private static void once(StringBuilder out, char c) {
    if (out.length() == 0 || out.charAt(out.length() - 1) != c) {
      out.append(c);
    }
  }

  private static char pair(char c, char next) {
    if (next == 'h') {
      return switch (c) {
        case 's', 'c' -> c;
        case 'p' -> 'f';
        case 'k' -> 'h';
        default -> 0;
      };
    }
    return next == 'e' && (c == 'a' || c == 'o' || c == 'u') ? c : 0;
  }

  private static char letter(char c) {
    return switch (c) {
      case 'j', 'y' -> 'i';
      case 'w' -> 'v';
      case 'k', 'q', 'x' -> 'c';
      case 'z' -> 's';
      default -> c;
    };
  }

  /**
   * The consonants by the place where they are spoken: what is left of a name when it goes through
   * a script that writes no vowels, or knows fewer sounds. Sounds that some script does not tell
   * apart are one: l and r; b, f, p and v; d and t; g, k and q; s, z, j and ch.
   */
  static String consonants(String word) {
    StringBuilder out = new StringBuilder(word.length());
    char before = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char next = i + 1 < word.length() ? word.charAt(i + 1) : 0;
      char sound = c == 'c' || c == 's' && next == 'c' ? hiss(c, next) : consonant(c);
      if (sound != 0 && sound != before) {
        out.append(sound);
        if (c == 'x') {
          out.append('s');
        }
      }
      boolean glides = c == 'h' && before != 0;
      before = glides ? before : sound;
    }
    return out.toString();
  }

  private static char hiss(char c, char next) {
    return c == 's' || next == 'h' || next == 'e' || next == 'i' || next == 'y' ? 's' : 'k';
  }

  private static char consonant(char c) {
    return switch (c) {
      case 'b', 'f', 'p', 'v' -> 'p';
      case 'l', 'r' -> 'r';
      case 'g', 'k', 'q', 'x' -> 'k';
      case 's', 'z', 'j' -> 's';
      case 'd', 't' -> 't';
      case 'm', 'n' -> c;
      default -> 0;
    };
  }
}
