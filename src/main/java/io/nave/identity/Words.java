package io.nave.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Words of folded text, which one blank parts. */
final class Words {
  private Words() {}

  static List<String> of(String folded) {
    List<String> words = new ArrayList<>(4);
    each(folded, words::add);
    return words;
  }

  static void each(String folded, Consumer<String> word) {
    int start = 0;
    while (start < folded.length()) {
      int blank = folded.indexOf(' ', start);
      int end = blank < 0 ? folded.length() : blank;
      if (end > start) {
        word.accept(folded.substring(start, end));
      }
      start = end + 1;
    }
  }

  /** How many words of the one list are in the other; for lists of distinct words symmetric. */
  static int shared(List<String> a, List<String> b) {
    int shared = 0;
    for (int i = 0; i < a.size(); i++) {
      shared += b.contains(a.get(i)) ? 1 : 0;
    }
    return shared;
  }

  /** As {@link #shared}, where words that differ by a typing mistake are one. */
  static int sharedNearly(List<String> a, List<String> b) {
    return Math.min(foundNearly(a, b), foundNearly(b, a));
  }

  private static int foundNearly(List<String> words, List<String> among) {
    int found = 0;
    for (int i = 0; i < words.size(); i++) {
      found += containsNearly(among, words.get(i)) ? 1 : 0;
    }
    return found;
  }

  private static boolean containsNearly(List<String> words, String word) {
    for (int i = 0; i < words.size(); i++) {
      String other = words.get(i);
      boolean typo = word.length() >= 4 && other.length() >= 4 && Spelling.typo(word, other);
      if (typo || word.equals(other)) {
        return true;
      }
    }
    return false;
  }
}
