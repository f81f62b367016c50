package io.nave.golden;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts what several statements claim of one attribute in order, best first, and tells what decided.
 * Time is measured against the newest of the claims, never against a clock.
 */
final class Ranking<T> {
  /** The rule where the others are too old. */
  static final String FRESH = "fresh";

  /** The rule where nothing but the name of the source record tells two claims apart. */
  static final String ORDER = "order";

  private record Step<T>(String rule, Comparator<Claim<T>> order) {}

  private final Strategy strategy;
  private final Map<Object, Set<Statement>> support = new HashMap<>();
  private final List<Step<T>> steps = new ArrayList<>();

  Ranking(String attribute, Strategy strategy, List<Claim<T>> claims) {
    this.strategy = strategy;
    var criteria = strategy.criteria(attribute);
    if (criteria.contains(Criterion.frequent)) {
      claims.forEach(
          c -> support.computeIfAbsent(c.identity(), i -> new HashSet<>()).add(c.from()));
    }
    if (strategy.window() != null) {
      var newest = claims.stream().map(Claim::at).max(Instant::compareTo).orElse(Instant.MIN);
      steps.add(new Step<>(FRESH, Comparator.comparing(c -> isStale(c, newest))));
    }
    criteria.forEach(c -> steps.add(new Step<>(c.name(), order(c))));
    steps.add(new Step<>(ORDER, (a, b) -> a.from().key().compareTo(b.from().key())));
  }

  private boolean isStale(Claim<T> claim, Instant newest) {
    return Duration.between(claim.at(), newest).compareTo(strategy.window()) > 0;
  }

  private Comparator<Claim<T>> order(Criterion criterion) {
    return switch (criterion) {
      case recent -> (a, b) -> b.at().compareTo(a.at());
      case priority -> (a, b) -> strategy.rank(a.from()) - strategy.rank(b.from());
      case frequent -> most(c -> support.get(c.identity()).size());
      case complete -> most(c -> Measure.filled(c.value()));
      case verified -> most(c -> Measure.isVerified(c.value()));
      case longest -> most(c -> Measure.length(c.value()));
      case minimum -> (a, b) -> Measure.compare(a.value(), b.value());
      case maximum -> (a, b) -> Measure.compare(b.value(), a.value());
    };
  }

  private <U extends Comparable<U>> Comparator<Claim<T>> most(
      java.util.function.Function<Claim<T>, U> of) {
    return Comparator.comparing(of).reversed();
  }

  /** Best first; total on claims of distinct source records. */
  Comparator<Claim<T>> order() {
    return this::compare;
  }

  private int compare(Claim<T> a, Claim<T> b) {
    for (Step<T> step : steps) {
      int order = step.order().compare(a, b);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /**
   * What puts the first before the best of those that say something else, or, where all say the
   * same, before the second.
   *
   * @param ordered at least two claims, best first
   */
  String rule(List<Claim<T>> ordered) {
    Claim<T> first = ordered.get(0);
    Claim<T> rival = rival(ordered);
    for (Step<T> step : steps) {
      if (step.order().compare(first, rival) != 0) {
        return step.rule();
      }
    }
    return ORDER;
  }

  private Claim<T> rival(List<Claim<T>> ordered) {
    for (Claim<T> claim : ordered) {
      if (!claim.identity().equals(ordered.get(0).identity())) {
        return claim;
      }
    }
    return ordered.get(1);
  }
}
