package io.nave;

import io.nave.identity.Clustering;
import io.nave.identity.MatchRules;
import io.nave.identity.SourceRecord;
import io.nave.identity.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How right the matching is, held against the truth. A record without a truth is nobody else's.
 *
 * @param rightPairs pairs of records that are together and belong together
 * @param pairs pairs that are together
 * @param truePairs pairs that belong together
 * @param rightCustomers customers that are exactly one of the true ones
 * @param found the customers that were found, each as its records
 * @param trueCustomers the true ones
 * @param scored the compared pairs that are worth a look, each with its weight
 * @param wrong what is together and must not be, the surest first
 * @param missed what is apart and must not be, the surest first
 */
record Evaluation(
    long rightPairs,
    long pairs,
    long truePairs,
    long rightCustomers,
    Collection<Set<Long>> found,
    long trueCustomers,
    List<Scored> scored,
    List<Mistake> wrong,
    List<Mistake> missed) {
  private static final int SHOWN = 50;
  private static final int FROM_ONE_CUSTOMER = 3;

  /** A compared pair. */
  record Scored(double weight, boolean same) {}

  /** A pair that the matching has wrong, and what it says about it. */
  record Mistake(String a, String b, Verdict verdict) {}

  static Evaluation of(MatchRules rules, List<SourceRecord> records, Map<Long, String> truth) {
    return new Held(rules, records, truth).evaluation();
  }

  long customers() {
    return found.size();
  }

  double precision() {
    return share(rightPairs, pairs);
  }

  double recall() {
    return share(rightPairs, truePairs);
  }

  double f1() {
    return f1(precision(), recall());
  }

  double customerPrecision() {
    return share(rightCustomers, customers());
  }

  double customerRecall() {
    return share(rightCustomers, trueCustomers);
  }

  double customerF1() {
    return f1(customerPrecision(), customerRecall());
  }

  static double f1(double precision, double recall) {
    return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  static double share(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }

  /** The clusters beside the truth. */
  private static final class Held {
    private final MatchRules rules;
    private final Map<Long, SourceRecord> byId = new HashMap<>();
    private final Map<Long, String> truth = new HashMap<>();
    private final Map<String, List<Long>> entities = new HashMap<>();
    private final Collection<Set<Long>> found;
    private final Map<Long, Integer> home = new HashMap<>();
    private final List<Scored> scored = new ArrayList<>();

    Held(MatchRules rules, List<SourceRecord> records, Map<Long, String> truth) {
      this.rules = rules;
      for (var record : records) {
        byId.put(record.id(), record);
        var said = truth.getOrDefault(record.id(), "");
        var entity = said.isEmpty() ? "record " + record.id() : "entity " + said;
        this.truth.put(record.id(), entity);
        entities.computeIfAbsent(entity, e -> new ArrayList<>()).add(record.id());
      }
      var clusters = new Clustering(rules).resolve(records, List.of());
      found = clusters.sets();
      int customer = 0;
      for (var set : found) {
        for (long id : set) {
          home.put(id, customer);
        }
        customer++;
      }
      for (var candidate : rules.candidates(records)) {
        scored.add(new Scored(candidate.weight(), same(candidate.a(), candidate.b())));
      }
    }

    private boolean same(long a, long b) {
      return truth.get(a).equals(truth.get(b));
    }

    Evaluation evaluation() {
      long right = 0;
      long exact = 0;
      for (var set : found) {
        var parts = new HashMap<String, Integer>();
        set.forEach(id -> parts.merge(truth.get(id), 1, Integer::sum));
        right += parts.values().stream().mapToLong(Held::pairs).sum();
        var only = parts.keySet().iterator().next();
        exact += parts.size() == 1 && entities.get(only).size() == set.size() ? 1 : 0;
      }
      return new Evaluation(
          right,
          found.stream().mapToLong(set -> pairs(set.size())).sum(),
          entities.values().stream().mapToLong(ids -> pairs(ids.size())).sum(),
          exact,
          found,
          entities.size(),
          scored,
          worst(found, true),
          worst(entities.values(), false));
    }

    private static long pairs(long n) {
      return n * (n - 1) / 2;
    }

    private List<Mistake> worst(Collection<? extends Collection<Long>> groups, boolean together) {
      var mistakes = new ArrayList<Mistake>();
      for (var group : groups) {
        var ofOne = new ArrayList<Mistake>();
        mistaken(List.copyOf(group), together, ofOne);
        ofOne.sort(surest(together));
        mistakes.addAll(ofOne.subList(0, Math.min(FROM_ONE_CUSTOMER, ofOne.size())));
      }
      mistakes.sort(surest(together));
      return List.copyOf(mistakes.subList(0, Math.min(SHOWN, mistakes.size())));
    }

    private static Comparator<Mistake> surest(boolean together) {
      var byWeight = Comparator.comparingDouble((Mistake m) -> m.verdict().weight());
      return (together ? byWeight.reversed() : byWeight)
          .thenComparing(Mistake::a)
          .thenComparing(Mistake::b);
    }

    private void mistaken(List<Long> ids, boolean together, List<Mistake> mistakes) {
      var seen = new HashSet<String>();
      for (int i = 0; i < ids.size(); i++) {
        for (int j = i + 1; j < ids.size(); j++) {
          long a = ids.get(i);
          long b = ids.get(j);
          boolean wrong = together ? !same(a, b) : !home.get(a).equals(home.get(b));
          var which = together ? truth.get(a) + truth.get(b) : home.get(a) + "-" + home.get(b);
          if (wrong && seen.add(which)) {
            mistakes.add(mistake(byId.get(a), byId.get(b)));
          }
        }
      }
    }

    private Mistake mistake(SourceRecord a, SourceRecord b) {
      var verdict = rules.compare(a.customer(), b.customer());
      return new Mistake(a.key().recordId(), b.key().recordId(), verdict);
    }
  }
}
