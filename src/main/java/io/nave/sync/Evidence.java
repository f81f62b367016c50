package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.identity.MatchRules;
import io.nave.identity.Verdict;
import java.util.List;

/**
 * What speaks for and against two records being one customer, attribute by attribute.
 *
 * @param outcome what the rules say now: MATCH, POSSIBLE_MATCH or NO_MATCH
 * @param weight the sum of the reasons' weights
 * @param objections what keeps the two apart, whatever speaks for them
 */
public record Evidence(
    String outcome, double weight, List<Reason> reasons, List<String> objections) {

  /**
   * One attribute's part in it.
   *
   * @param words without the customers' values
   * @param weight above zero it speaks for, below zero against
   */
  public record Reason(String attribute, String words, double weight) {}

  static Evidence of(MatchRules rules, Customer a, Customer b) {
    return of(rules.compare(a, b));
  }

  /** The one place that knows how a verdict is made up. */
  private static Evidence of(Verdict verdict) {
    var reasons =
        verdict.reasons().stream()
            .map(r -> new Reason(r.comparison(), r.comparison() + ": " + r.level(), r.weight()))
            .toList();
    var objections = verdict.isForbidden() ? List.of(verdict.rule()) : List.<String>of();
    return new Evidence(verdict.outcome().name(), verdict.weight(), reasons, objections);
  }
}
