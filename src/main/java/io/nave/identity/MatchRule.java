package io.nave.identity;

import java.util.Optional;

/** A named comparison of two customers: symmetric and pure. */
interface MatchRule {
  /** The name in {@code config/matching.yaml}. */
  String name();

  /** The match, or nothing where the rule does not agree. */
  Optional<Match> compare(Pair pair);

  /** The rule's answer in words, without the customers' values. */
  String explain(Pair pair);
}
