package io.nave.identity;

import java.util.List;

/** Compares telephone numbers by the digits that national and international forms share. */
final class PhoneDigits {
  /** The levels. */
  static final List<String> LEVELS = List.of("same", "close", "different");

  private static final int LONGEST = 9;
  private static final int SHORTEST = 7;

  private PhoneDigits() {}

  /** The last digits that tell a subscriber, or null where they are too few. */
  static String of(String phone) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < phone.length(); i++) {
      char c = phone.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    int from = Math.max(start, digits.length() - LONGEST);
    return digits.length() - from < SHORTEST ? null : digits.substring(from);
  }

  static int level(Pair pair) {
    int best = Comparison.NOTHING;
    List<String> a = pair.a.contacts.phones();
    List<String> b = pair.b.contacts.phones();
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        best = Comparisons.better(best, level(a.get(i), b.get(j)));
      }
    }
    return best;
  }

  private static int level(String a, String b) {
    if (a.endsWith(b) || b.endsWith(a)) {
      return 0;
    }
    return a.length() == b.length() && Spelling.within(a, b, 1) ? 1 : 2;
  }
}
