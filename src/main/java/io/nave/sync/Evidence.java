package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.identity.MatchRules;
import io.nave.identity.MatchWords;
import io.nave.identity.Verdict;
import java.util.List;

/**
 * What speaks for and against two records being one customer, comparison by comparison.
 *
 * @param outcome MATCH, POSSIBLE_MATCH or NO_MATCH
 * @param weight in bits, prior included
 * @param rule the rule that decides, or {@code score}
 * @param objections the rule that keeps the two apart, whatever speaks for them
 */
public record Evidence(
    String outcome, double weight, String rule, List<Reason> reasons, List<String> objections) {

  /**
   * One comparison's part in it.
   *
   * @param attribute what was compared
   * @param words without the customers' values
   * @param weight in bits: above zero it speaks for, below zero against
   */
  public record Reason(String attribute, String words, double weight) {}

  static Evidence of(MatchRules rules, Customer a, Customer b) {
    return of(rules.compare(a, b));
  }

  static Evidence of(Verdict verdict) {
    var reasons =
        verdict.reasons().stream()
            .map(r -> new Reason(r.comparison(), MatchWords.of(r), r.weight()))
            .toList();
    return new Evidence(
        verdict.outcome().name(),
        verdict.weight(),
        verdict.rule(),
        reasons,
        verdict.isForbidden() ? List.of(verdict.rule()) : List.of());
  }
}
