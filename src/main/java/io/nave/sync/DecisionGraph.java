package io.nave.sync;

import io.nave.canonical.SourceKey;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What standing decisions say together: records that are the same as a third one are the same. So a
 * new decision can contradict several others.
 */
final class DecisionGraph {
  private final Map<SourceKey, List<StewardDecision>> decisions = new HashMap<>();
  private final Set<SourceKey> read = new HashSet<>();

  DecisionGraph(Collection<StewardDecision> standing) {
    standing.forEach(this::add);
  }

  /** Reads standing decisions. */
  interface Source {
    List<StewardDecision> about(Collection<SourceKey> keys) throws SQLException;
  }

  /** Everything that decisions say about these records, and about those that are the same. */
  static DecisionGraph around(Collection<SourceKey> keys, Source source) throws SQLException {
    var graph = new DecisionGraph(List.of());
    Set<SourceKey> next = new HashSet<>(keys);
    while (!next.isEmpty()) {
      graph.read.addAll(next);
      var found = source.about(next);
      next = new HashSet<>();
      for (var decision : found) {
        graph.add(decision);
        if (decision.same()) {
          next.add(decision.a());
          next.add(decision.b());
        }
      }
      next.removeAll(graph.read);
    }
    return graph;
  }

  private void add(StewardDecision decision) {
    for (var key : List.of(decision.a(), decision.b())) {
      var known = decisions.computeIfAbsent(key, k -> new ArrayList<>());
      if (!known.contains(decision)) {
        known.add(decision);
      }
    }
  }

  /** Takes a new decision in, in place of what stands about its pair. */
  void put(StewardDecision decision) {
    decisions.values().forEach(known -> known.removeIf(d -> d.isOn(decision.a(), decision.b())));
    add(decision);
  }

  /**
   * The decisions that contradict this wish, as a chain from its one record to the other; empty
   * where none do. What stands about the pair itself gives way.
   */
  List<StewardDecision> against(Wish wish) {
    var one = reach(wish.a(), wish);
    if (!wish.same()) {
      return one.containsKey(wish.b()) ? path(wish.b(), one) : List.of();
    }
    var other = reach(wish.b(), wish);
    for (var from : one.keySet()) {
      for (var decision : decisions.getOrDefault(from, List.of())) {
        if (!decision.same()
            && !decision.isOn(wish.a(), wish.b())
            && other.containsKey(decision.besides(from))) {
          var chain = new ArrayList<>(path(from, one));
          chain.add(decision);
          var back = path(decision.besides(from), other);
          Collections.reverse(back);
          chain.addAll(back);
          return chain;
        }
      }
    }
    return List.of();
  }

  /** The records that are the same as this one, each with the decision that leads to it. */
  private Map<SourceKey, StewardDecision> reach(SourceKey from, Wish except) {
    Map<SourceKey, StewardDecision> reached = new LinkedHashMap<>();
    var waiting = new ArrayDeque<>(List.of(from));
    reached.put(from, null);
    while (!waiting.isEmpty()) {
      var here = waiting.remove();
      for (var decision : decisions.getOrDefault(here, List.of())) {
        var there = decision.besides(here);
        if (decision.same()
            && !decision.isOn(except.a(), except.b())
            && !reached.containsKey(there)) {
          reached.put(there, decision);
          waiting.add(there);
        }
      }
    }
    return reached;
  }

  private static List<StewardDecision> path(SourceKey to, Map<SourceKey, StewardDecision> reached) {
    var path = new ArrayList<StewardDecision>();
    var here = to;
    while (reached.get(here) != null) {
      path.add(0, reached.get(here));
      here = reached.get(here).besides(here);
    }
    return path;
  }
}
