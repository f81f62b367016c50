package io.nave.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Groups source records into customers. A pure function of the records' keys and contents and of
 * the stewards' decisions: the order of the input plays no part.
 *
 * <p>Records that a chain of MATCH edges holds together are looked at as a whole: the two groups
 * that fit best are joined, again and again, as long as two fit (average linkage). So a record
 * joins a customer when it fits the customer, and a record that stands between two customers does
 * not fuse them. Stewards' decisions come before all edges. A deleted record keeps its place
 * through its last known content.
 */
public final class Clustering {
  private final MatchRules rules;
  private final BlockingKeys blockingKeys;
  private final Function<SourceRecord, Profile> profileOf;

  public Clustering(MatchRules rules) {
    this(rules, record -> rules.profile(record.customer()));
  }

  /**
   * As above, for records whose profiles are kept: their contents are not looked at.
   *
   * @param profileOf a record's profile, made by these rules
   */
  public Clustering(MatchRules rules, Function<SourceRecord, Profile> profileOf) {
    this.rules = rules;
    this.blockingKeys = new BlockingKeys(rules);
    this.profileOf = profileOf;
  }

  /** The ids of the records of each customer; every record is in exactly one set. */
  public List<Set<Long>> cluster(Collection<SourceRecord> records, List<Decision> decisions) {
    return resolve(records, decisions).sets();
  }

  /** The customers, and the edges that made them or are left for a steward. */
  public Clusters resolve(Collection<SourceRecord> records, List<Decision> decisions) {
    return resolve(records, edges(records), decisions);
  }

  /**
   * As {@link #resolve(Collection, List)}, for records whose edges are known.
   *
   * @param edges every edge between two of the records; others are passed over
   */
  public Clusters resolve(
      Collection<SourceRecord> records, Collection<Edge> edges, List<Decision> decisions) {
    return new Run(records, edges, decisions).clusters();
  }

  /** Compares all records that share a blocking key. */
  public List<Edge> edges(Collection<SourceRecord> records) {
    List<SourceRecord> all = List.copyOf(records);
    List<Profile> profiles = all.stream().map(profileOf).toList();
    List<Edge> edges = new ArrayList<>();
    for (long pair : new Candidates(profiles, blockingKeys).pairs()) {
      int low = (int) (pair >> 32);
      int high = (int) pair;
      Edge edge =
          rules.edge(all.get(low).id(), profiles.get(low), all.get(high).id(), profiles.get(high));
      if (edge != null) {
        edges.add(edge);
      }
    }
    return edges;
  }

  private final class Run {
    private static final Comparator<Edge> STRONGEST_FIRST =
        Comparator.comparingDouble((Edge e) -> -e.weight());

    private final List<SourceRecord> records;
    private final Map<Long, Integer> positions = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final Groups groups;

    Run(Collection<SourceRecord> input, Collection<Edge> known, List<Decision> decisions) {
      records = input.stream().sorted(Comparator.comparing(SourceRecord::key)).toList();
      for (int i = 0; i < records.size(); i++) {
        positions.put(records.get(i).id(), i);
      }
      groups = new Groups(rules, records, profileOf);
      decide(decisions);
      for (Edge edge : known) {
        if (positions.containsKey(edge.a()) && positions.containsKey(edge.b())) {
          groups.take(position(edge.a()), position(edge.b()), edge);
          edges.add(edge);
        }
      }
      edges.sort(
          STRONGEST_FIRST
              .thenComparing(e -> Math.min(position(e.a()), position(e.b())))
              .thenComparing(e -> Math.max(position(e.a()), position(e.b()))));
      groups.join();
    }

    Clusters clusters() {
      List<Set<Long>> sets = groups.all().stream().map(this::ids).toList();
      return new Clusters(sets, edges, across(Outcome.POSSIBLE_MATCH), across(Outcome.MATCH));
    }

    private void decide(List<Decision> decisions) {
      Map<Object, Integer> byKey = new HashMap<>();
      for (int i = 0; i < records.size(); i++) {
        byKey.put(records.get(i).key(), i);
      }
      for (Decision d : decisions) {
        Integer a = byKey.get(d.a());
        Integer b = byKey.get(d.b());
        if (a != null && b != null && !a.equals(b)) {
          groups.decided(a, b, d.same());
        }
      }
    }

    private int position(long id) {
      return positions.get(id);
    }

    private List<Edge> across(Outcome outcome) {
      return edges.stream()
          .filter(e -> e.outcome() == outcome)
          .filter(e -> !groups.together(position(e.a()), position(e.b())))
          .filter(e -> !groups.keptApart(position(e.a()), position(e.b())))
          .toList();
    }

    private Set<Long> ids(List<Integer> members) {
      Set<Long> ids = new LinkedHashSet<>();
      members.forEach(p -> ids.add(records.get(p).id()));
      return ids;
    }
  }
}
