package io.nave.identity;

import java.util.List;
import java.util.stream.Collectors;

/**
 * All that the rules say about two customers.
 *
 * @param outcome NO_MATCH when a guard objects or no rule agrees
 * @param weight the sum of the weights of the rules that agree
 * @param matches the rules that agree
 * @param objections the guards that object, in words
 */
public record Verdict(
    Outcome outcome, double weight, List<Match> matches, List<String> objections) {

  static final Verdict NOTHING = new Verdict(Outcome.NO_MATCH, 0, List.of(), List.of());

  static Verdict of(List<Match> matches, List<String> objections) {
    if (matches.isEmpty() && objections.isEmpty()) {
      return NOTHING;
    }
    double weight = matches.stream().mapToDouble(Match::weight).sum();
    return new Verdict(outcome(matches, objections), weight, matches, objections);
  }

  private static Outcome outcome(List<Match> matches, List<String> objections) {
    if (!objections.isEmpty() || matches.isEmpty()) {
      return Outcome.NO_MATCH;
    }
    boolean match = matches.stream().anyMatch(m -> m.outcome() == Outcome.MATCH);
    return match ? Outcome.MATCH : Outcome.POSSIBLE_MATCH;
  }

  /** The names of the rules that agree; where a guard objects, what it says. */
  public String rule() {
    return objections.isEmpty()
        ? matches.stream().map(Match::rule).collect(Collectors.joining("+"))
        : String.join("; ", objections);
  }
}
