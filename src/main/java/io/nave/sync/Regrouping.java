package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** How one way to group records differs from another: what is joined, and what comes apart. */
final class Regrouping {
  private final Map<Long, SourceKey> keys = new HashMap<>();
  private final Map<Long, UUID> homes;
  private final List<Set<Long>> groups;

  /** One merge or split: its parts, each of one customer today. */
  record Found(List<Records> parts) {
    int size() {
      return parts.stream().mapToInt(part -> part.keys().size()).sum();
    }
  }

  /** Records of one customer that stay together, in order. */
  record Records(UUID customerId, List<SourceKey> keys) {}

  /**
   * @param homes the customer of each record today
   * @param groups the records of each customer then
   */
  Regrouping(Collection<SourceRecord> records, Map<Long, UUID> homes, List<Set<Long>> groups) {
    records.forEach(record -> keys.put(record.id(), record.key()));
    this.homes = homes;
    this.groups = groups;
  }

  /** The groups with records of several of today's customers, the largest first. */
  List<Found> merges() {
    var found = new ArrayList<Found>();
    for (var group : groups) {
      var parts = new LinkedHashMap<UUID, List<SourceKey>>();
      group.forEach(
          id -> parts.computeIfAbsent(homes.get(id), h -> new ArrayList<>()).add(keys.get(id)));
      if (parts.size() > 1) {
        var records = new ArrayList<Records>();
        parts.forEach((customer, of) -> records.add(new Records(customer, of)));
        found.add(new Found(records));
      }
    }
    return largestFirst(found);
  }

  /** Today's customers whose records are in several groups, the largest first. */
  List<Found> splits() {
    var parts = new LinkedHashMap<UUID, Map<Integer, List<SourceKey>>>();
    for (int at = 0; at < groups.size(); at++) {
      for (long id : groups.get(at)) {
        parts
            .computeIfAbsent(homes.get(id), h -> new LinkedHashMap<>(2))
            .computeIfAbsent(at, group -> new ArrayList<>(2))
            .add(keys.get(id));
      }
    }
    var found = new ArrayList<Found>();
    parts.forEach(
        (customer, byGroup) -> {
          if (byGroup.size() > 1) {
            found.add(
                new Found(byGroup.values().stream().map(of -> new Records(customer, of)).toList()));
          }
        });
    return largestFirst(found);
  }

  private static List<Found> largestFirst(List<Found> found) {
    found.sort(
        Comparator.comparingInt((Found f) -> -f.parts().size()).thenComparing(f -> -f.size()));
    return found;
  }
}
