package io.nave.identity;

import io.nave.canonical.Customer;
import java.util.ArrayList;
import java.util.List;

/**
 * All rules of {@code config/matching.yaml}: guards say what cannot be one customer, match rules
 * say what is one, or may be. Pure, symmetric and thread-safe.
 */
public final class MatchRules {
  private final MatchingConfig config;
  private final NameComparison names;
  private final Profiles profiles;

  public MatchRules(MatchingConfig config) {
    this.config = config;
    this.names = new NameComparison(config.nicknames());
    this.profiles =
        new Profiles(config.placeholders(), config.personalIdentifiers(), config.legalForms());
  }

  /** The customer as the rules see it; make it once where it is compared often. */
  public Profile profile(Customer customer) {
    return profiles.of(customer);
  }

  /** What the rules say about the two. */
  public Verdict compare(Profile a, Profile b) {
    List<Match> matches = matches(new Pair(a, b, names));
    return matches.isEmpty() ? Verdict.NOTHING : Verdict.of(matches, objections(a, b));
  }

  /** What the rules say about the two. */
  public Verdict compare(Customer a, Customer b) {
    return compare(profile(a), profile(b));
  }

  /** The verdict, then each guard and each rule in words, without the customers' values. */
  public List<String> explain(Customer a, Customer b) {
    Profile one = profile(a);
    Profile other = profile(b);
    Pair pair = new Pair(one, other, names);
    List<String> lines = new ArrayList<>();
    Verdict verdict = Verdict.of(matches(pair), objections(one, other));
    lines.add(verdict.outcome() + ", weight " + verdict.weight());
    verdict.objections().forEach(o -> lines.add("guard " + o));
    config.rules().forEach(r -> lines.add(r.explain(pair)));
    return lines;
  }

  boolean contradict(Stance a, Stance b) {
    return !a.equals(b) && config.guards().stream().anyMatch(g -> g.objects(a, b, names));
  }

  int largestBlock() {
    return config.largestBlock();
  }

  private List<Match> matches(Pair pair) {
    List<Match> matches = new ArrayList<>();
    for (MatchRule rule : config.rules()) {
      rule.compare(pair).ifPresent(matches::add);
    }
    return matches;
  }

  private List<String> objections(Profile a, Profile b) {
    return config.guards().stream()
        .filter(g -> g.objects(a.stance, b.stance, names))
        .map(Guard::words)
        .toList();
  }
}
