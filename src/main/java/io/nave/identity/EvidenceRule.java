package io.nave.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A rule of {@code config/matching.yaml}: all of its evidence must be there.
 *
 * @param when in the order of the file, for people
 * @param cheapFirst the same in the order in which it is looked for
 */
record EvidenceRule(
    String name, Scope scope, List<Evidence> when, List<Evidence> cheapFirst, Match match)
    implements MatchRule {

  /** What the rule is for. */
  enum Scope {
    person,
    organisation,
    any
  }

  @Override
  public Optional<Match> compare(Pair pair) {
    return agrees(pair) ? Optional.of(match) : Optional.empty();
  }

  @Override
  public String explain(Pair pair) {
    return missing(pair)
        .map(missing -> name + ": no (expected: " + missing + ")")
        .orElseGet(() -> name + ": " + answer());
  }

  static EvidenceRule of(
      String name, Scope scope, List<Evidence> when, Outcome outcome, double weight) {
    String because = when.stream().map(Evidence::words).collect(Collectors.joining(", "));
    var cheapFirst = when.stream().sorted(Comparator.comparing(Evidence::isOfNames)).toList();
    return new EvidenceRule(
        name, scope, when, cheapFirst, new Match(name, outcome, weight, because));
  }

  private boolean agrees(Pair pair) {
    if (!applies(pair)) {
      return false;
    }
    for (Evidence evidence : cheapFirst) {
      if (!evidence.in(pair)) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> missing(Pair pair) {
    if (!applies(pair)) {
      return Optional.of("two records of type " + scope);
    }
    return when.stream().filter(e -> !e.in(pair)).findFirst().map(Evidence::words);
  }

  private boolean applies(Pair pair) {
    return switch (scope) {
      case any -> true;
      case organisation -> pair.a.isOrganisation() && pair.b.isOrganisation();
      case person -> !pair.a.isOrganisation() && !pair.b.isOrganisation();
    };
  }

  private String answer() {
    return match.outcome() + ", weight " + match.weight() + ": " + match.because();
  }
}
