package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.Decision;
import io.nave.identity.Edge;
import io.nave.identity.Outcome;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What matches and stewards' decisions tie to some records, without these records.
 *
 * @param ids of the records that a match ties
 * @param keys of the records that a decision ties
 */
record Ties(Set<Long> ids, Set<SourceKey> keys) {

  static Ties of(
      Collection<Long> ids,
      Collection<SourceKey> keys,
      Collection<Edge> edges,
      Collection<Decision> decisions) {
    var others = new HashSet<Long>();
    for (var edge : edges) {
      if (edge.outcome() == Outcome.MATCH) {
        others.add(edge.a());
        others.add(edge.b());
      }
    }
    others.removeAll(new HashSet<>(ids));
    var otherKeys = new HashSet<SourceKey>();
    decisions.stream()
        .filter(Decision::same)
        .flatMap(decision -> Stream.of(decision.a(), decision.b()))
        .forEach(otherKeys::add);
    otherKeys.removeAll(new HashSet<>(keys));
    return new Ties(others, otherKeys);
  }
}
