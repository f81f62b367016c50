package io.nave.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A rule of {@code config/matching.yaml}: all of its evidence must be there. */
record EvidenceRule(String name, Scope scope, List<Evidence> when, Outcome outcome, double weight)
    implements MatchRule {

  /** What the rule is for. */
  enum Scope {
    person,
    organisation,
    any
  }

  @Override
  public Optional<Match> compare(Pair pair) {
    return missing(pair).isPresent()
        ? Optional.empty()
        : Optional.of(new Match(name, outcome, weight, because()));
  }

  @Override
  public String explain(Pair pair) {
    return missing(pair)
        .map(missing -> name + ": no (expected: " + missing + ")")
        .orElseGet(() -> name + ": " + outcome + ", weight " + weight + ": " + because());
  }

  private Optional<String> missing(Pair pair) {
    if (!applies(pair)) {
      return Optional.of("two records of type " + scope);
    }
    for (Evidence evidence : when) {
      if (!evidence.in(pair)) {
        return Optional.of(evidence.words());
      }
    }
    return Optional.empty();
  }

  private boolean applies(Pair pair) {
    return switch (scope) {
      case any -> true;
      case organisation -> pair.a.isOrganisation() && pair.b.isOrganisation();
      case person -> !pair.a.isOrganisation() && !pair.b.isOrganisation();
    };
  }

  private String because() {
    return when.stream().map(Evidence::words).collect(Collectors.joining(", "));
  }
}
