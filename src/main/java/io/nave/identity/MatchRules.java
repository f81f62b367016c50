package io.nave.identity;

import io.nave.canonical.Customer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that {@code config/matching.yaml} says about two customers: rules first, then the score.
 * Pure, symmetric and thread-safe.
 */
public final class MatchRules {
  /** What a rule that calls for a steward weighs against one customer meanwhile, in bits. */
  private static final double DOUBT = 1;

  private final MatchingConfig config;
  private final Scoring persons;
  private final Scoring organisations;
  private final Profiles profiles;
  private final Map<String, Integer> contradictions = new HashMap<>();

  public MatchRules(MatchingConfig config) {
    this.config = config;
    var names = new NameComparison(config.nicknames());
    this.persons = new Scoring(config.models().person(), names);
    this.organisations = new Scoring(config.models().organisation(), names);
    this.profiles = new Profiles(config);
    config.rules().stream()
        .filter(rule -> rule.outcome() != Outcome.MATCH)
        .forEach(rule -> contradictions.put(rule.name(), rule.contradictions()));
  }

  /** What the rules were made of. */
  public MatchingConfig config() {
    return config;
  }

  /** The customer as the comparisons see it; make it once where it is compared often. */
  public Profile profile(Customer customer) {
    return profiles.of(customer);
  }

  /** What is known about the two. */
  public Verdict compare(Customer a, Customer b) {
    Pair pair = pair(profile(a), profile(b));
    Scoring scoring = scoring(pair.a, pair.b);
    Score score = score(pair);
    return new Verdict(
        score.outcome(), within(score.outcome(), pair), score.rule(), scoring.reasons(pair));
  }

  /** The evidence, as far as the outcome, which a rule may have decided, allows. */
  private double within(Outcome outcome, Pair pair) {
    double weight = scoring(pair.a, pair.b).weight(pair);
    return switch (outcome) {
      case MATCH -> Math.max(weight, config.matchBits());
      case POSSIBLE_MATCH -> Math.max(Math.min(weight, config.matchBits()), config.possibleBits());
      case NO_MATCH -> Math.min(weight, config.possibleBits());
    };
  }

  /**
   * Every pair of records that some blocking key finds, with its weight.
   *
   * @param a the id of the record whose key comes first
   * @param b the id of the other
   * @param weight in bits, as clusters are made by it
   */
  public record Candidate(long a, long b, double weight) {}

  /** The candidates among the records, in the order of their keys. */
  public List<Candidate> candidates(Collection<SourceRecord> input) {
    List<SourceRecord> records =
        input.stream().sorted(Comparator.comparing(SourceRecord::key)).toList();
    List<Profile> all = records.stream().map(r -> profile(r.customer())).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (long both : new Candidates(all, new BlockingKeys(this)).pairs()) {
      int a = (int) (both >> 32);
      int b = (int) both;
      double weight = score(pair(all.get(a), all.get(b))).weight();
      candidates.add(new Candidate(records.get(a).id(), records.get(b).id(), weight));
    }
    return candidates;
  }

  Scoring.Odds odds(Pair pair) {
    return scoring(pair.a, pair.b).odds(pair);
  }

  Pair pair(Profile a, Profile b) {
    return scoring(a, b).pair(a, b);
  }

  /** What is known about the two, in short. */
  Score score(Pair pair) {
    return score(pair, rule(pair));
  }

  private Score score(Pair pair, LevelRule rule) {
    double weight = scoring(pair.a, pair.b).weight(pair);
    return rule == null ? new Score(weight, outcome(weight), Score.BY_SCORE) : ruled(rule, weight);
  }

  /** The first rule that holds, or null. */
  private LevelRule rule(Pair pair) {
    for (LevelRule rule : config.rules()) {
      if (rule.holds(pair)) {
        return rule;
      }
    }
    return null;
  }

  /**
   * The outcome of a rule. What it leaves to a steward speaks against one customer until then, and
   * stays refused where the score refuses it.
   */
  private Score ruled(LevelRule rule, double weight) {
    return switch (rule.outcome()) {
      case MATCH -> new Score(Math.max(weight, config.matchBits()), Outcome.MATCH, rule.name());
      case NO_MATCH ->
          new Score(Math.min(weight, config.possibleBits()), Outcome.NO_MATCH, rule.name());
      case POSSIBLE_MATCH ->
          weight < config.possibleBits()
              ? new Score(weight, Outcome.NO_MATCH, Score.BY_SCORE)
              : new Score(config.possibleBits() - DOUBT, Outcome.POSSIBLE_MATCH, rule.name());
    };
  }

  private Outcome outcome(double weight) {
    if (weight >= config.matchBits()) {
      return Outcome.MATCH;
    }
    return weight >= config.possibleBits() ? Outcome.POSSIBLE_MATCH : Outcome.NO_MATCH;
  }

  /**
   * What is known about two records, or null where nothing speaks for one customer. The weight is
   * as exact as it is stored, so that an edge is the same before and after. Rules are asked first:
   * what they keep apart, as they do most pairs, is not weighed.
   */
  public Edge edge(long a, Profile one, long b, Profile other) {
    Pair pair = pair(one, other);
    LevelRule rule = rule(pair);
    if (rule != null && rule.outcome() == Outcome.NO_MATCH) {
      return null;
    }
    Score score = score(pair, rule);
    return score.outcome() == Outcome.NO_MATCH
        ? null
        : new Edge(a, b, score.outcome(), score.rule(), (float) score.weight());
  }

  /**
   * What two records contradict each other in that this rule keeps apart or leaves to a steward: a
   * bit for each of {@link Comparisons#ALL}; 0 for the score, and for a rule that is no more.
   */
  int contradictions(String rule) {
    return contradictions.getOrDefault(rule, 0);
  }

  /**
   * Whether the record says nothing in full in any of these comparisons, given as bits: an initial,
   * which does not even tell that a name is the same, is no name.
   */
  boolean isSilentOn(int comparisons, Profile profile) {
    Pair self = pair(profile, profile);
    for (int at = 0; at < Comparisons.ALL.size(); at++) {
      if ((comparisons >> at & 1) == 1 && self.level(at) == 0) {
        return false;
      }
    }
    return true;
  }

  /** The same rules with other models, such as learned ones. */
  MatchRules with(MatchingConfig.Models models) {
    return new MatchRules(config.with(models));
  }

  private Scoring scoring(Profile a, Profile b) {
    return a.isOrganisation() && b.isOrganisation() ? organisations : persons;
  }

  List<String> comparisons() {
    return Comparisons.ALL.stream().map(Comparison::key).toList();
  }
}
