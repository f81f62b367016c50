package io.nave.identity;

import java.util.List;

/**
 * A rule of {@code config/matching.yaml}, which beats the score: it holds where every comparison
 * that it names has one of the levels it allows.
 */
record LevelRule(String name, List<Condition> when, Outcome outcome) {

  /**
   * The levels that one comparison may have.
   *
   * @param at the comparison's position among {@link Comparisons#ALL}
   * @param levels a bit for each level, one up: bit 0 is {@link Comparison#NOTHING}
   */
  record Condition(int at, int levels) {
    boolean holds(Pair pair) {
      return (levels >> pair.level(at) + 1 & 1) == 1;
    }
  }

  boolean holds(Pair pair) {
    for (int i = 0; i < when.size(); i++) {
      if (!when.get(i).holds(pair)) {
        return false;
      }
    }
    return true;
  }
}
