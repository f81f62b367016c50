package io.nave.identity;

import io.nave.canonical.SourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups source records into customers. A pure function of the records' keys and contents and of
 * the stewards' decisions: the order of the input plays no part.
 *
 * <p>Pairs that share a blocking key are compared; edges that say MATCH join their groups, the
 * strongest first, unless two records of the groups contradict each other. So a chain of matches
 * that ends in a contradiction breaks at its weakest edge. Stewards' decisions come before all
 * edges. A deleted record keeps its place through its last known content.
 *
 * <p>Another source of edges (a probabilistic matcher) is one more {@link MatchRule}, whose matches
 * bring their own weight.
 */
public final class Clustering {
  private final MatchRules rules;
  private final BlockingKeys blockingKeys;

  public Clustering(MatchRules rules) {
    this.rules = rules;
    this.blockingKeys = new BlockingKeys(rules);
  }

  /** The ids of the records of each customer; every record is in exactly one set. */
  public List<Set<Long>> cluster(Collection<SourceRecord> records, List<Decision> decisions) {
    return resolve(records, decisions).sets();
  }

  /** The customers, and the edges that made them or are left for a steward. */
  public Clusters resolve(Collection<SourceRecord> records, List<Decision> decisions) {
    return new Run(records, decisions).clusters();
  }

  /** Two positions, lower first, and what is known about them. */
  private record Link(int low, int high, Edge edge) {}

  private final class Run {
    private static final Comparator<Link> STRONGEST_FIRST =
        Comparator.comparingDouble((Link l) -> -l.edge().weight())
            .thenComparingInt(Link::low)
            .thenComparingInt(Link::high);

    private final List<SourceRecord> records;
    private final List<Profile> profiles;
    private final List<Link> links = new ArrayList<>();
    private final Groups groups;

    Run(Collection<SourceRecord> input, List<Decision> decisions) {
      records = input.stream().sorted(Comparator.comparing(SourceRecord::key)).toList();
      profiles = records.stream().map(r -> rules.profile(r.customer())).toList();
      groups = new Groups(rules, records.size());
      decide(decisions);
      groups.take(profiles.stream().map(p -> p.stance).toList());
      compareCandidates();
      links.sort(STRONGEST_FIRST);
      links.stream().filter(this::joins).forEach(l -> groups.joinUnlessContradicted(l.low, l.high));
    }

    Clusters clusters() {
      List<Set<Long>> sets = groups.all().stream().map(this::ids).toList();
      return new Clusters(
          sets,
          links.stream().map(Link::edge).toList(),
          across(Outcome.POSSIBLE_MATCH),
          across(Outcome.MATCH));
    }

    private void decide(List<Decision> decisions) {
      Map<SourceKey, Integer> positions = new HashMap<>();
      for (int i = 0; i < records.size(); i++) {
        positions.put(records.get(i).key(), i);
      }
      List<Link> decided = new ArrayList<>();
      for (Decision d : decisions) {
        Integer a = positions.get(d.a());
        Integer b = positions.get(d.b());
        if (a != null && b != null && !a.equals(b)) {
          decided.add(decided(Math.min(a, b), Math.max(a, b), d.same()));
        }
      }
      apply(decided.stream().distinct().sorted(STRONGEST_FIRST).toList());
    }

    private Link decided(int low, int high, boolean same) {
      Outcome outcome = same ? Outcome.MATCH : Outcome.NO_MATCH;
      return link(low, high, outcome, "steward", Double.POSITIVE_INFINITY);
    }

    private void apply(List<Link> decided) {
      decided.stream()
          .filter(l -> l.edge().outcome() == Outcome.NO_MATCH)
          .forEach(l -> groups.keepApart(l.low, l.high));
      decided.stream().filter(this::joins).forEach(l -> groups.join(l.low, l.high));
      links.addAll(decided);
    }

    private void compareCandidates() {
      for (long pair : new Candidates(profiles, rules.largestBlock()).pairs(blockingKeys)) {
        int low = (int) (pair >> 32);
        int high = (int) pair;
        Verdict verdict = rules.compare(profiles.get(low), profiles.get(high));
        if (!verdict.matches().isEmpty()) {
          links.add(link(low, high, verdict.outcome(), verdict.rule(), verdict.weight()));
        }
      }
    }

    private Link link(int low, int high, Outcome outcome, String rule, double weight) {
      long a = records.get(low).id();
      long b = records.get(high).id();
      return new Link(low, high, new Edge(a, b, outcome, rule, weight));
    }

    private boolean joins(Link link) {
      return link.edge().outcome() == Outcome.MATCH;
    }

    private List<Edge> across(Outcome outcome) {
      return links.stream()
          .filter(l -> l.edge().outcome() == outcome && !groups.together(l.low, l.high))
          .filter(l -> !groups.keptApart(l.low, l.high))
          .map(Link::edge)
          .toList();
    }

    private Set<Long> ids(List<Integer> positions) {
      Set<Long> ids = new LinkedHashSet<>();
      positions.forEach(p -> ids.add(records.get(p).id()));
      return ids;
    }
  }
}
