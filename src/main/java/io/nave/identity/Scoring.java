package io.nave.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Weighs pairs by the model. Pure and thread-safe. */
final class Scoring {
  /** A given name that is in the table of nicknames is at least as frequent as this. */
  private static final double COMMON = 0.01;

  /** What a reason is called that lies in the model, not in the records. */
  static final String PRIOR = "prior";

  private static final Weighed NOT_WEIGHED = new Weighed(null, -1, null, 0, null);

  private final MatchModel model;
  private final NameComparison names;
  private final Weighed[] fixed;
  private final int groups;
  private final double strangersPrior;
  private final double relativesPrior;
  private final Map<String, Integer> groupNumbers = new HashMap<>();
  private final Map<String, Weighed> attributes = new ConcurrentHashMap<>();

  /**
   * A comparison and what it weighs.
   *
   * @param at the comparison's position among all, or -1
   * @param group 0 is no group
   */
  private record Weighed(
      Comparison comparison, int at, Levels levels, int group, Terms.Counts counts) {
    int level(Pair pair) {
      return at < 0 ? comparison.level(pair) : pair.level(at);
    }
  }

  Scoring(MatchModel model, NameComparison names) {
    this.model = model;
    this.names = names;
    this.fixed =
        Comparisons.ALL.stream()
            .filter(c -> model.of(c.key()) != null)
            .map(c -> weighed(c, Comparisons.at(c)))
            .toArray(Weighed[]::new);
    this.groups = groupNumbers.size() + 1;
    this.strangersPrior = model.priorAgainstStrangers();
    this.relativesPrior = model.priorAgainstRelatives();
  }

  private Weighed weighed(Comparison comparison, int at) {
    Levels levels = model.of(comparison.key());
    int group =
        levels.group() == null
            ? 0
            : groupNumbers.computeIfAbsent(levels.group(), g -> groupNumbers.size() + 1);
    return new Weighed(comparison, at, levels, group, model.terms().of(comparison.key()));
  }

  Pair pair(Profile a, Profile b) {
    return new Pair(a, b, names, model.terms());
  }

  /** The evidence in bits, prior included. */
  double weight(Pair pair) {
    return odds(pair).bits();
  }

  /** The classes of the pair, by their evidence. */
  Odds odds(Pair pair) {
    return weigh(pair, null).odds();
  }

  /**
   * What each comparison says that has something to compare, in the order of the comparisons,
   * against the likelier of the two other explanations; the prior comes last.
   */
  List<Reason> reasons(Pair pair) {
    List<Seen> seen = new ArrayList<>();
    Odds odds = weigh(pair, seen).odds();
    boolean relatives = odds.relatives < odds.strangers;
    List<Reason> reasons = new ArrayList<>();
    for (Seen one : seen) {
      Comparison comparison = one.what.comparison;
      double weight = relatives ? one.againstRelatives : one.againstStrangers;
      reasons.add(new Reason(comparison.key(), comparison.levels().get(one.level), weight));
    }
    reasons.add(
        relatives
            ? new Reason(PRIOR, "relatives", relativesPrior)
            : new Reason(PRIOR, "strangers", strangersPrior));
    return reasons;
  }

  /**
   * The evidence for one customer, in bits.
   *
   * @param strangers against two strangers, prior included
   * @param relatives against two relatives, prior included
   */
  record Odds(double strangers, double relatives) {
    /** Against both. */
    double bits() {
      double least = Math.min(strangers, relatives);
      return least - Levels.log2(1 + Math.pow(2, -Math.abs(strangers - relatives)));
    }
  }

  /** One comparison's answer. */
  private record Seen(Weighed what, int level, double againstStrangers, double againstRelatives) {}

  private Weighing weigh(Pair pair, List<Seen> seen) {
    Weighing weighing = new Weighing(pair, seen);
    for (Weighed what : fixed) {
      weighing.add(what);
    }
    Map<String, String> ofB = pair.b.attributes;
    if (!ofB.isEmpty()) {
      for (String name : pair.a.attributes.keySet()) {
        Weighed what = ofB.containsKey(name) ? attribute(name) : NOT_WEIGHED;
        if (what != NOT_WEIGHED) {
          weighing.add(what);
        }
      }
    }
    return weighing;
  }

  private Weighed attribute(String name) {
    Weighed known = attributes.get(name);
    return known != null ? known : attributes.computeIfAbsent(name, this::newAttribute);
  }

  private Weighed newAttribute(String name) {
    Comparison comparison = Comparisons.attribute(name);
    Levels levels = model.of(comparison.key());
    return levels == null
        ? NOT_WEIGHED
        : new Weighed(comparison, -1, levels, 0, model.terms().of(comparison.key()));
  }

  /** The evidence on one pair. */
  private final class Weighing {
    private final Pair pair;
    private final List<Seen> seen;
    private final Evidence strangers = new Evidence(groups, strangersPrior);
    private final Evidence relatives = new Evidence(groups, relativesPrior);

    Weighing(Pair pair, List<Seen> seen) {
      this.pair = pair;
      this.seen = seen;
    }

    void add(Weighed what) {
      int level = what.level(pair);
      if (level == Comparison.NOTHING) {
        return;
      }
      double againstStrangers = againstStrangers(what, level);
      double againstRelatives = what.levels.againstRelatives(level);
      strangers.add(what.group, againstStrangers);
      relatives.add(what.group, againstRelatives);
      if (seen != null) {
        seen.add(new Seen(what, level, againstStrangers, againstRelatives));
      }
    }

    private double againstStrangers(Weighed what, int level) {
      Comparison.Agreed agreed = what.comparison.agreed();
      String value = level == 0 && agreed != null ? agreed.value(pair) : null;
      if (value == null) {
        return what.levels.againstStrangers(level);
      }
      double usual = what.levels.u(0);
      if (what.comparison == Comparisons.GIVEN && names.isCommon(value)) {
        usual = Math.max(usual, COMMON);
      }
      return what.levels.againstStrangers(0, Terms.frequency(what.counts, value, usual));
    }

    Odds odds() {
      return new Odds(strangers.total(), relatives.total());
    }
  }

  /** The names of the free-form attributes of the profiles. */
  static Set<String> attributeNames(Iterable<Profile> profiles) {
    Set<String> names = new TreeSet<>();
    profiles.forEach(p -> names.addAll(p.attributes.keySet()));
    return names;
  }
}
