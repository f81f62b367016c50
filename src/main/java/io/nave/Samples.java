package io.nave;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a column of a file holds, as far as it was looked at. */
final class Samples {
  private static final int MOST = 20_000;

  private final Map<String, Integer> counts = new HashMap<>();
  private long rows;
  private long filled;
  private long letters;

  void add(String value) {
    rows++;
    if (value.isEmpty()) {
      return;
    }
    filled++;
    letters += value.chars().filter(Character::isLetter).count() * 2 > value.length() ? 1 : 0;
    if (counts.size() < MOST) {
      counts.merge(value, 1, Integer::sum);
    }
  }

  long filled() {
    return filled;
  }

  int distinct() {
    return counts.size();
  }

  Set<String> words() {
    return counts.keySet();
  }

  /** Whether nearly all values are words. */
  boolean isText() {
    return filled > 0 && letters * 10 >= filled * 9;
  }

  /** Whether a fifth of the rows say something, and mostly what others say, too. */
  boolean comesAgain() {
    return filled * 5 >= rows && counts.size() * 2L <= filled;
  }
}
