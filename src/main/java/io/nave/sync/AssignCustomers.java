package io.nave.sync;

import io.nave.golden.GoldenRecords;
import io.nave.platform.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Which customer each cluster of records is. The oldest customer among a cluster's records gives it
 * its id; where a customer falls apart, the part with its first record keeps the id, and each other
 * part becomes the customer that it once was ({@link Revival}), or a new one. An id that no cluster
 * has any more redirects to the customer that has its first record now.
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
    var claimed = new HashMap<UUID, List<StoredRecord>>();
    var firstOf = new HashMap<UUID, UUID>();
    var moved = new HashSet<UUID>();
    var clusters = inOrder(work);
    var revival = new Revival(work, clusters);
    for (var cluster : clusters) {
      var before = previous(cluster, work.heads);
      var customer =
          revival
              .exactly(cluster)
              .or(() -> before.stream().filter(id -> !claimed.containsKey(id)).findFirst())
              .or(() -> revival.nearest(cluster))
              .orElseGet(() -> Ids.timeOrdered(now));
      claimed.put(customer, cluster);
      before.forEach(id -> firstOf.putIfAbsent(id, customer));
      cluster.stream()
          .map(StoredRecord::customerId)
          .filter(id -> !customer.equals(id))
          .forEach(
              id -> {
                moved.add(customer);
                if (id != null) moved.add(id);
              });
    }
    claimed.forEach((customer, cluster) -> assigned.take(work, moved, customer, cluster));
    work.heads.values().stream()
        .filter(head -> head.redirectTo() == null && !claimed.containsKey(head.id()))
        .forEach(head -> assigned.retired.put(head.id(), firstOf.get(head.id())));
    return assigned;
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
