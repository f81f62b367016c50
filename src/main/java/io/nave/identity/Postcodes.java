package io.nave.identity;

import java.util.List;

/** Finds a postal code in an address that is written in one line. */
final class Postcodes {
  private static final int SHORTEST = 4;
  private static final int LONGEST = 6;

  private Postcodes() {}

  /** The postal code behind the street, solid and folded; null where there is none. */
  static String in(String line) {
    List<String> words = Words.of(Folding.words(line));
    for (int i = words.size() - 1; i > 1; i--) {
      String word = words.get(i);
      if (isNumber(word)) {
        return word;
      }
      if (isInward(word) && isOutward(words.get(i - 1))) {
        return words.get(i - 1) + word;
      }
    }
    return null;
  }

  private static boolean isNumber(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return word.length() >= SHORTEST && word.length() <= LONGEST;
  }

  /** The second half of a British code: a digit and two letters. */
  private static boolean isInward(String word) {
    return word.length() == 3
        && Character.isDigit(word.charAt(0))
        && Character.isLetter(word.charAt(1))
        && Character.isLetter(word.charAt(2));
  }

  private static boolean isOutward(String word) {
    return word.length() >= 2
        && word.length() <= 4
        && Character.isLetter(word.charAt(0))
        && (Character.isDigit(word.charAt(1)) || Character.isDigit(word.charAt(word.length() - 1)));
  }
}
