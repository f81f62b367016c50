package io.nave.sync;

import io.nave.golden.GoldenRecords;
import io.nave.platform.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Which customer each cluster of records is. The oldest customer among a cluster's records gives it
 * its id; where a customer falls apart, the part with its first record keeps the id (that with most
 * of its records, where some move to other customers), and each other part becomes the customer
 * that it once was ({@link Revival}), or a new one. An id that no cluster has any more redirects to
 * the customer that has its first record now.
 *
 * @param members the records of each customer that has changed
 * @param retired the ids that are no more, and where they redirect to
 */
record AssignCustomers(
    Map<UUID, List<StoredRecord>> members,
    Map<UUID, UUID> retired,
    List<StoredRecord> inserted,
    List<StoredRecord> updated) {

  static AssignCustomers to(Working work, Instant now) {
    var assigned =
        new AssignCustomers(
            new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
    var clusters = inOrder(work);
    var before = clusters.stream().map(cluster -> previous(cluster, work.heads)).toList();
    var ids = ids(new Revival(work, clusters, before), clusters, before, now);
    var firstOf = new HashMap<UUID, UUID>();
    var moved = new HashSet<UUID>();
    for (int i = 0; i < clusters.size(); i++) {
      var cluster = clusters.get(i);
      var customer = ids.get(i);
      before.get(i).forEach(id -> firstOf.putIfAbsent(id, customer));
      cluster.stream()
          .map(StoredRecord::customerId)
          .filter(id -> !customer.equals(id))
          .forEach(
              id -> {
                moved.add(customer);
                if (id != null) moved.add(id);
              });
    }
    for (int i = 0; i < clusters.size(); i++) {
      assigned.take(work, moved, ids.get(i), clusters.get(i));
    }
    var claimed = new HashSet<>(ids);
    work.heads.values().stream()
        .filter(head -> head.redirectTo() == null && !claimed.contains(head.id()))
        .forEach(head -> assigned.retired.put(head.id(), firstOf.get(head.id())));
    return assigned;
  }

  /**
   * The id of each cluster. Nobody takes an id from the part that keeps it, whichever comes first:
   * those that are left over are given when each part has claimed its own.
   */
  private static List<UUID> ids(
      Revival revival, List<List<StoredRecord>> clusters, List<List<UUID>> before, Instant now) {
    var ids = new ArrayList<UUID>();
    clusters.forEach(cluster -> ids.add(revival.exactly(cluster).orElse(null)));
    var claimed = new HashSet<>(ids);
    var keepers = keepers(clusters, before, ids);
    IntFunction<Stream<UUID>> free =
        i -> before.get(i).stream().filter(id -> !claimed.contains(id));
    claim(ids, claimed, i -> free.apply(i).filter(id -> keepers.get(id) == i).findFirst());
    claim(ids, claimed, i -> free.apply(i).findFirst().or(() -> revival.nearest(clusters.get(i))));
    claim(ids, claimed, i -> Optional.of(Ids.timeOrdered(now)));
    return ids;
  }

  private static void claim(List<UUID> ids, Set<UUID> claimed, IntFunction<Optional<UUID>> claim) {
    for (int i = 0; i < ids.size(); i++) {
      if (ids.get(i) == null) {
        ids.set(i, claim.apply(i).orElse(null));
        claimed.add(ids.get(i));
      }
    }
  }

  /** A part of a customer. */
  private record Part(int cluster, long first, int size, boolean mixed) {}

  /**
   * The cluster, by its index, that keeps each customer's id, of those that have none: the one with
   * its first record or, where records have moved to other customers, with most of them.
   */
  private static Map<UUID, Integer> keepers(
      List<List<StoredRecord>> clusters, List<List<UUID>> before, List<UUID> ids) {
    var parts = new HashMap<UUID, List<Part>>();
    for (int i = 0; i < clusters.size(); i++) {
      for (var id : ids.get(i) == null ? before.get(i) : List.<UUID>of()) {
        var its = clusters.get(i).stream().filter(one -> id.equals(one.customerId())).toList();
        var part = new Part(i, its.get(0).id(), its.size(), before.get(i).size() > 1);
        parts.computeIfAbsent(id, any -> new ArrayList<>()).add(part);
      }
    }
    var keepers = new HashMap<UUID, Integer>();
    parts.forEach((id, its) -> keepers.put(id, keeper(its).cluster()));
    return keepers;
  }

  private static Part keeper(List<Part> parts) {
    var order = Comparator.comparing(Part::first);
    return Collections.min(
        parts,
        parts.stream().anyMatch(Part::mixed)
            ? Comparator.comparing(Part::size).reversed().thenComparing(order)
            : order);
  }

  private void take(Working work, Set<UUID> moved, UUID customer, List<StoredRecord> cluster) {
    var linked = new ArrayList<StoredRecord>();
    boolean changed = moved.contains(customer);
    for (var record : cluster) {
      boolean isNew = record.customerId() == null;
      boolean isChanged = work.changed.containsKey(record.key());
      boolean isMoved = !customer.equals(record.customerId());
      var rule = rule(record, isMoved, record == cluster.get(0));
      var link = record.linkedTo(customer, rule);
      linked.add(link);
      if (isNew) {
        inserted.add(link);
      } else if (isChanged || isMoved || !rule.equals(record.rule())) {
        updated.add(link);
      }
      changed |= isChanged;
    }
    if (changed) {
      linked.sort(Comparator.comparing(StoredRecord::key));
      members.put(customer, linked);
    }
  }

  /** Does not depend on how the record came here, so that an unmerge leaves no trace of a merge. */
  private static String rule(StoredRecord record, boolean isMoved, boolean isFirst) {
    if (record.rule().equals(CreatedRecords.RULE)) {
      return CreatedRecords.RULE;
    }
    if (isFirst) {
      return "alone";
    }
    return isMoved || record.rule().equals("alone") ? "matched" : record.rule();
  }

  /** By their first record, so that every hub would do the same. */
  private static List<List<StoredRecord>> inOrder(Working work) {
    var clusters = new ArrayList<List<StoredRecord>>();
    for (var ids : work.clusters) {
      clusters.add(
          ids.stream().map(work.all::get).sorted(Comparator.comparing(StoredRecord::id)).toList());
    }
    clusters.sort(Comparator.comparing(cluster -> cluster.get(0).id()));
    return clusters;
  }

  private static List<UUID> previous(
      List<StoredRecord> cluster, Map<UUID, GoldenRecords.Head> heads) {
    return cluster.stream()
        .map(StoredRecord::customerId)
        .filter(Objects::nonNull)
        .distinct()
        .map(heads::get)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing(GoldenRecords.Head::createdAt)
                .thenComparing(GoldenRecords.Head::id))
        .map(GoldenRecords.Head::id)
        .toList();
  }
}
