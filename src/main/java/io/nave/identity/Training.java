package io.nave.identity;

import io.nave.canonical.Customer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Learns the model's numbers from records alone, without labels: u from random pairs, frequencies
 * of values by counting, m and the prior by expectation maximisation over the candidates (after W.
 * E. Winkler, Using the EM Algorithm for Weight Computation in the Fellegi-Sunter Model, 1988).
 * What the configuration says counts like some pairs seen before, so that few records learn little.
 * What relatives share is not learned: it is what tells them from one customer who is seen twice.
 *
 * <p>Deterministic: the same records give the same numbers.
 */
public final class Training {
  private static final int RANDOM_PAIRS = 300_000;
  private static final int ROUNDS = 12;
  private static final double PSEUDO_MATCHES = 100;

  /** Of given names: they alone tell the members of a household apart. */
  private static final double PSEUDO_GIVEN = 400;

  private static final double PSEUDO_PAIRS = 2000;
  private static final int FEWEST = 20;

  /** So many records may be expected to have a duplicate for each one. */
  private static final double DUPLICATES = 0.5;

  private static final double SEEN = 10_000;
  private static final int MOST_PAIRS = 100_000;

  private final MatchRules rules;
  private final boolean organisations;
  private final List<Profile> profiles;
  private final List<Comparison> comparisons;

  /** The rules with models that fit the customers. */
  public static MatchRules learn(MatchRules rules, Collection<Customer> customers) {
    List<Profile> profiles = customers.stream().map(rules::profile).toList();
    return rules.with(learn(rules, profiles));
  }

  /** Models that fit the profiles. */
  static MatchingConfig.Models learn(MatchRules rules, List<Profile> profiles) {
    return new MatchingConfig.Models(
        new Training(rules, profiles, false).learn(), new Training(rules, profiles, true).learn());
  }

  private Training(MatchRules rules, List<Profile> all, boolean organisations) {
    this.rules = rules;
    this.organisations = organisations;
    this.profiles = all.stream().filter(p -> p.isOrganisation() == organisations).toList();
    this.comparisons = new ArrayList<>(Comparisons.ALL);
    Scoring.attributeNames(profiles).forEach(a -> comparisons.add(Comparisons.attribute(a)));
    comparisons.removeIf(c -> start().of(c.key()) == null);
    comparisons.remove(Comparisons.ORDER);
  }

  /** Learns twice: the second time each customer found counts once in the frequencies. */
  MatchModel learn() {
    if (profiles.size() < FEWEST) {
      return start();
    }
    MatchModel first = learn(terms(profiles), start());
    return learn(terms(onePerCustomer(with(first))), first);
  }

  /** The configured model; where there are few records, a pair of them is likelier to be one. */
  private MatchModel start() {
    var models = rules.config().models();
    MatchModel configured = organisations ? models.organisation() : models.person();
    double ofFew = Math.min(0.05, DUPLICATES / Math.max(1, profiles.size()));
    return configured.withPrior(Math.max(configured.prior(), ofFew));
  }

  private MatchRules with(MatchModel model) {
    return rules.with(new MatchingConfig.Models(model, model));
  }

  private MatchModel learn(Terms terms, MatchModel before) {
    MatchModel start = start();
    MatchModel model = start.with(start.prior(), start.relatives(), u(start, before), terms);
    long[] all = candidates();
    long[] pairs = some(all);
    double part = (double) pairs.length / Math.max(1, all.length);
    byte[][] levels = new byte[pairs.length][];
    MatchRules now = with(model);
    for (int i = 0; i < pairs.length; i++) {
      levels[i] = levels(pair(now, pairs[i]));
    }
    for (int round = 0; round < ROUNDS; round++) {
      model = step(model, start, pairs, levels, part);
    }
    return model;
  }

  // -- what is frequent

  private List<Profile> onePerCustomer(MatchRules learned) {
    Groups groups = Groups.of(learned, profiles);
    for (long pair : candidates()) {
      int low = (int) (pair >> 32);
      int high = (int) pair;
      Edge edge = learned.edge(low, profiles.get(low), high, profiles.get(high));
      if (edge != null) {
        groups.take(low, high, edge);
      }
    }
    groups.join();
    return groups.all().stream().map(g -> profiles.get(g.get(0))).toList();
  }

  private Terms terms(List<Profile> counted) {
    Terms.Counter counter = new Terms.Counter();
    for (Profile p : counted) {
      Pair self = rules.pair(p, p);
      for (Comparison c : comparisons) {
        if (c.agreed() != null && c.level(self) == 0) {
          String value = c.agreed().value(self);
          if (value != null && !value.isEmpty()) {
            counter.add(c.key(), Terms.digest(value));
          }
        }
      }
      p.organisation
          .distinct()
          .forEach(word -> counter.add(Terms.ORGANISATION_WORDS, word.digest()));
    }
    return counter.terms();
  }

  // -- what agrees by chance

  /** Random pairs, less those that may be of one customer as the model before sees it. */
  private Map<String, Levels> u(MatchModel start, MatchModel before) {
    Random random = new Random(1);
    MatchRules now = with(before);
    double[][] counts = counts();
    int n = profiles.size();
    for (int i = 0; i < Math.min(RANDOM_PAIRS, (long) n * (n - 1) / 2); i++) {
      int a = random.nextInt(n);
      int b = random.nextInt(n);
      if (a != b) {
        Pair pair = now.pair(profiles.get(a), profiles.get(b));
        add(counts, levels(pair), 1 / (1 + Math.pow(2, now.odds(pair).strangers())));
      }
    }
    Map<String, Levels> learned = new LinkedHashMap<>();
    for (int c = 0; c < comparisons.size(); c++) {
      String key = comparisons.get(c).key();
      Levels old = start.of(key);
      double[] u = smoothed(counts[c], old.u(), PSEUDO_PAIRS);
      learned.put(key, old.withU(u));
    }
    return learned;
  }

  // -- what agrees among records of one customer

  private MatchModel step(
      MatchModel model, MatchModel start, long[] pairs, byte[][] levels, double part) {
    MatchRules now = with(model);
    double[][] same = counts();
    double matches = 0;
    for (int i = 0; i < pairs.length; i++) {
      Scoring.Odds odds = now.odds(pair(now, pairs[i]));
      double strangers = Math.pow(2, -odds.strangers());
      double ofRelatives = Math.pow(2, -odds.relatives());
      double all = 1 + strangers + ofRelatives;
      add(same, levels[i], 1 / all);
      matches += 1 / all;
    }
    Map<String, Levels> learned = new LinkedHashMap<>();
    for (int c = 0; c < comparisons.size(); c++) {
      String key = comparisons.get(c).key();
      Levels first = start.of(key);
      Levels old = model.of(key);
      double pseudo = comparisons.get(c) == Comparisons.GIVEN ? PSEUDO_GIVEN : PSEUDO_MATCHES;
      learned.put(key, old.withM(smoothed(same[c], first.m(), pseudo)));
    }
    return model.with(prior(matches / part, start), start.relatives(), learned, model.terms());
  }

  private double prior(double matches, MatchModel start) {
    double all = (double) profiles.size() * (profiles.size() - 1) / 2;
    return (matches + SEEN * start.prior()) / (all + SEEN);
  }

  private long[] candidates() {
    return new Candidates(profiles, new BlockingKeys(rules)).pairs();
  }

  /** An even part of the pairs where they are many. */
  private static long[] some(long[] pairs) {
    int step = Math.max(1, pairs.length / MOST_PAIRS);
    long[] some = new long[(pairs.length + step - 1) / step];
    for (int i = 0; i < some.length; i++) {
      some[i] = pairs[i * step];
    }
    return some;
  }

  private Pair pair(MatchRules now, long pair) {
    return now.pair(profiles.get((int) (pair >> 32)), profiles.get((int) pair));
  }

  private byte[] levels(Pair pair) {
    byte[] levels = new byte[comparisons.size()];
    for (int c = 0; c < levels.length; c++) {
      levels[c] = (byte) comparisons.get(c).level(pair);
    }
    return levels;
  }

  private double[][] counts() {
    double[][] counts = new double[comparisons.size()][];
    for (int c = 0; c < counts.length; c++) {
      counts[c] = new double[comparisons.get(c).levels().size()];
    }
    return counts;
  }

  private static void add(double[][] counts, byte[] levels, double weight) {
    for (int c = 0; c < levels.length; c++) {
      if (levels[c] >= 0) {
        counts[c][levels[c]] += weight;
      }
    }
  }

  private static double[] smoothed(double[] counts, double[] before, double pseudo) {
    double all = Arrays.stream(counts).sum();
    double sum = Arrays.stream(before).sum();
    double[] smoothed = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      smoothed[i] = (counts[i] + pseudo * before[i] / sum) / (all + pseudo);
    }
    return smoothed;
  }
}
