package io.nave.identity;

import java.util.List;
import java.util.Set;

/**
 * A rule of {@code config/matching.yaml}, which beats the score: it holds where every comparison
 * that it names has one of the levels it allows.
 */
record LevelRule(String name, List<Condition> when, Outcome outcome) {
  private static final Set<String> CONTRADICTIONS = Set.of("different", "distinct");

  /**
   * The levels that one comparison may have.
   *
   * @param at the comparison's position among {@link Comparisons#ALL}
   * @param levels a bit for each level, one up: bit 0 is {@link Comparison#NOTHING}
   */
  record Condition(int at, int levels) {
    boolean holds(Pair pair) {
      return allows(pair.level(at));
    }

    private boolean allows(int level) {
      return (levels >> level + 1 & 1) == 1;
    }

    /** Whether it holds only where the two say different things. */
    private boolean isContradiction() {
      List<String> names = Comparisons.ALL.get(at).levels();
      boolean only = !allows(Comparison.NOTHING);
      for (int level = 0; only && level < names.size(); level++) {
        only = !allows(level) || CONTRADICTIONS.contains(names.get(level));
      }
      return only;
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

  /** What the two contradict each other in where the rule holds: a bit for each comparison. */
  int contradictions() {
    int bits = 0;
    for (Condition condition : when) {
      bits |= condition.isContradiction() ? 1 << condition.at() : 0;
    }
    return bits;
  }
}
