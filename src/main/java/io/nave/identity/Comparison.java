package io.nave.identity;

import java.util.List;

/**
 * How one thing that two records say is compared: the answer is a level, and levels have weights.
 *
 * @param key the name in {@code config/matching.yaml}
 * @param levels the names of the levels, best first
 * @param measure how two profiles are compared
 * @param agreed the value that both have at the best level, whose frequency then counts: agreeing
 *     on a rare value says more; null where frequency plays no part
 */
record Comparison(String key, List<String> levels, Measure measure, Agreed agreed) {
  /** The answer where one side says nothing. */
  static final int NOTHING = -1;

  /** Compares; symmetric and pure. */
  interface Measure {
    /** The position of the level, or {@link #NOTHING}. */
    int level(Pair pair);
  }

  /** The value that two profiles share. */
  interface Agreed {
    /** The first value shared in alphabetical order, or null where there is none. */
    String value(Pair pair);
  }

  int level(Pair pair) {
    return measure.level(pair);
  }
}
