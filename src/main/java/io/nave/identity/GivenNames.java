package io.nave.identity;

import java.util.Set;

/** Compares single words of names; symmetric. */
final class GivenNames {
  private static final Set<String> FEMININE_ENDINGS =
      Set.of("a", "e", "ina", "ine", "la", "le", "tte", "ette");

  private static final int SCRAMBLED = 5;

  private final Nicknames nicknames;

  GivenNames(Nicknames nicknames) {
    this.nicknames = nicknames;
  }

  /** The level of two words of given names. */
  int level(GivenName one, GivenName other) {
    String a = one.text();
    String b = other.text();
    if (a.equals(b)) {
      return NameComparison.SAME;
    }
    if (one.isInitial() || other.isInitial()) {
      return initial(one, other) ? NameComparison.INITIAL : NameComparison.DIFFERENT;
    }
    if (one.related(other)) {
      return NameComparison.CLOSE;
    }
    if (one.isListed() && other.isListed() || otherGender(a, b)) {
      return Spelling.typo(a, b) ? NameComparison.DIFFERENT : NameComparison.DISTINCT;
    }
    if (spelt(a, b) || misspeltForm(one, other) || misspeltForm(other, one)) {
      return NameComparison.CLOSE;
    }
    boolean like = shortened(a, b) || similar(a, b) || vowelsApart(a, b) || isShort(a, b);
    return like ? NameComparison.LIKE : NameComparison.DIFFERENT;
  }

  private static boolean initial(GivenName a, GivenName b) {
    return a.isInitial() && b.beginsWith(a.text().charAt(0))
        || b.isInitial() && a.beginsWith(b.text().charAt(0));
  }

  /** Whether both are one word, but for a typing mistake or the way of transliteration. */
  static boolean spelt(String a, String b) {
    return Spelling.typo(a, b)
        || Math.min(a.length(), b.length()) >= 4
            && Math.abs(a.length() - b.length()) <= 4
            && Spelling.isOneSkeleton(a, b);
  }

  /** Whether both are alike as a whole. */
  static boolean similar(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    double threshold = a.charAt(0) == b.charAt(0) ? 0.88 : 0.92;
    return scrambled(a, b)
        || shorter >= 3 && Spelling.alike(a, b, threshold) && Spelling.edits(a, b) * 2 <= shorter;
  }

  /** Whether the letters of the one are those of the other in another order. */
  private static boolean scrambled(String a, String b) {
    if (a.length() != b.length() || a.length() < SCRAMBLED) {
      return false;
    }
    long counts = 0;
    for (int i = 0; i < a.length(); i++) {
      counts += weight(a.charAt(i)) - weight(b.charAt(i));
    }
    return counts == 0;
  }

  private static long weight(char letter) {
    return (letter * 0x9E3779B97F4A7C15L) >>> 8;
  }

  /** Keeley and Kaylee: the same consonants in the same places, and other vowels. */
  private static boolean vowelsApart(String a, String b) {
    if (a.charAt(0) != b.charAt(0) || Math.abs(a.length() - b.length()) > 1 || a.length() < 5) {
      return false;
    }
    String consonants = Spelling.consonants(a);
    return consonants.length() >= 2 && consonants.equals(Spelling.consonants(b));
  }

  /** Mhd and Mohamed, Wm and William: letters of the name, without vowels. */
  private static boolean isShort(String a, String b) {
    String shorter = a.length() < b.length() ? a : b;
    String longer = a.length() < b.length() ? b : a;
    if (shorter.length() > 4
        || longer.length() < shorter.length() + 2
        || shorter.charAt(0) != longer.charAt(0)) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < shorter.length() && at >= 0; i++) {
      char c = shorter.charAt(i);
      at = "aeiouy".indexOf(c) >= 0 && i > 0 ? -1 : longer.indexOf(c, at);
      at = at < 0 ? -1 : at + 1;
    }
    return at > 0;
  }

  /** Haarry for Harold: an unlisted word that is a form of the name but for a typing mistake. */
  private boolean misspeltForm(GivenName word, GivenName name) {
    return word.text().length() >= 5
        && !word.isListed()
        && nicknames.misspeltForm(word.text(), name);
  }

  private static boolean shortened(String a, String b) {
    return Math.min(a.length(), b.length()) >= 3 && (a.startsWith(b) || b.startsWith(a));
  }

  /**
   * Mario and Maria, Zbigniew and Zbigniewa: the feminine form is another name. Where only the
   * longer one is a listed name, the shorter is taken for a typing mistake (Olivi).
   */
  private boolean otherGender(String a, String b) {
    if (a.length() == b.length()) {
      int last = a.length() - 1;
      return a.regionMatches(0, b, 0, last) && genders(a.charAt(last), b.charAt(last));
    }
    String shorter = a.length() < b.length() ? a : b;
    String longer = a.length() < b.length() ? b : a;
    return longer.startsWith(shorter)
        && !shorter.endsWith("a")
        && FEMININE_ENDINGS.contains(longer.substring(shorter.length()))
        && !nicknames.listed(longer);
  }

  private static boolean genders(char a, char b) {
    char first = a < b ? a : b;
    char second = a < b ? b : a;
    return first == 'a' && (second == 'o' || second == 'e');
  }
}
