package io.nave.sync;

import io.nave.golden.GoldenRecords.Former;
import io.nave.golden.GoldenRecords.Head;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Gives the parts of a customer that falls apart the ids back that they had before they were merged
 * into it. A part that is exactly what a retired id stood for becomes that customer again; any
 * other part becomes the one that it has most in common with, if any.
 */
final class Revival {
  private final List<Former> formers;
  private final Map<UUID, Head> heads;
  private final Map<UUID, Integer> claimants = new HashMap<>();
  private final Map<List<StoredRecord>, UUID> exact = new HashMap<>();

  /**
   * @param clusters in the order in which they claim ids
   * @param before the ids of each cluster's records until now, the oldest first
   */
  Revival(Working work, List<List<StoredRecord>> clusters, List<List<UUID>> before) {
    this.formers = new ArrayList<>(work.formers);
    this.heads = work.heads;
    if (formers.isEmpty()) {
      return;
    }
    before.forEach(
        ids -> ids.stream().limit(1).forEach(id -> claimants.merge(id, 1, Integer::sum)));
    for (int i = clusters.size() - 1; i >= 0; i--) {
      match(clusters.get(i), before.get(i));
    }
  }

  /**
   * Somebody else must be left to keep an id that the part leaves; but one that is younger than
   * what the part was once may go.
   */
  private void match(List<StoredRecord> cluster, List<UUID> before) {
    var unkept =
        before.stream()
            .filter(id -> claimants.getOrDefault(id, 0) <= own(id, before))
            .map(id -> heads.get(id).createdAt())
            .toList();
    if (unkept.size() < before.size()) {
      formers.stream()
          .filter(former -> isExactly(former, cluster))
          .filter(former -> unkept.stream().allMatch(former.createdAt()::isBefore))
          .findFirst()
          .ifPresent(
              former -> {
                formers.remove(former);
                exact.put(cluster, former.id());
                claimants.merge(before.get(0), -1, Integer::sum);
              });
    }
  }

  private static int own(UUID id, List<UUID> before) {
    return id.equals(before.get(0)) ? 1 : 0;
  }

  /**
   * Records that say nothing do not count: the hub makes them in its spokes, and no version tells
   * of that.
   */
  private static boolean isExactly(Former former, List<StoredRecord> cluster) {
    var saying = cluster.stream().filter(r -> !r.content().equals(StoredRecord.NOTHING)).toList();
    return !former.records().isEmpty()
        && former.records().containsAll(keys(saying))
        && keys(cluster).containsAll(former.records());
  }

  /** The id that stood for exactly these records. */
  Optional<UUID> exactly(List<StoredRecord> cluster) {
    return Optional.ofNullable(exact.get(cluster));
  }

  /** The id whose records have most in common with these; each id is given once. */
  Optional<UUID> nearest(List<StoredRecord> cluster) {
    var keys = keys(cluster);
    var nearest =
        formers.stream()
            .filter(former -> common(former, keys) > 0)
            .max(
                Comparator.comparingDouble((Former former) -> common(former, keys))
                    .thenComparing(Former::createdAt, Comparator.reverseOrder())
                    .thenComparing(Former::id));
    nearest.ifPresent(formers::remove);
    return nearest.map(Former::id);
  }

  /** The share that is common, between 0 and 1. */
  private static double common(Former former, Set<String> keys) {
    var both = new HashSet<>(former.records());
    both.retainAll(keys);
    return both.size() / (double) (former.records().size() + keys.size() - both.size());
  }

  private static Set<String> keys(List<StoredRecord> cluster) {
    return cluster.stream().map(record -> record.key().toString()).collect(Collectors.toSet());
  }
}
