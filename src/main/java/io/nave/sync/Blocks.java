package io.nave.sync;

import io.nave.identity.BlockingKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which records share a blocking key with those that are compared anew: what a look found, and what
 * has changed since. A key that more records have than may have it is worn out and says nothing.
 */
final class Blocks {
  /** The row of a key that is worn out is of no record. */
  static final long WORN = 0;

  private final BlockingKeys limits;
  private final Map<Long, List<Long>> own = new LinkedHashMap<>();
  private final Map<Long, Set<Long>> others = new HashMap<>();
  private final Set<Long> worn = new HashSet<>();

  Blocks(BlockingKeys limits) {
    this.limits = limits;
  }

  /** A record that is compared anew has these keys. */
  void add(long record, long[] keys) {
    for (long key : keys) {
      own.computeIfAbsent(key, k -> new ArrayList<>(2)).add(record);
    }
  }

  /** The keys that records compared anew have, worn or not. */
  Collection<Long> keys() {
    return own.keySet();
  }

  boolean isWorn(long key) {
    return worn.contains(key);
  }

  /**
   * What a look found.
   *
   * @param rows by key, the records that have it; those that are compared anew are passed over
   */
  void found(Map<Long, List<Long>> rows, Set<Long> anew) {
    rows.forEach(
        (key, records) -> {
          if (records.contains(WORN)) {
            worn.add(key);
          } else {
            records.stream().filter(record -> !anew.contains(record)).forEach(r -> put(key, r));
          }
        });
  }

  private void put(long key, long record) {
    others.computeIfAbsent(key, k -> new HashSet<>()).add(record);
  }

  /**
   * What has changed since the look.
   *
   * @param now the keys of the other records that changed
   */
  void changed(Map<Long, long[]> now, Set<Long> wornNow) {
    others.values().forEach(records -> records.removeAll(now.keySet()));
    now.forEach(
        (record, keys) -> {
          for (long key : keys) {
            if (own.containsKey(key)) {
              put(key, record);
            }
          }
        });
    wornNow.stream().filter(own::containsKey).forEach(worn::add);
  }

  /**
   * Wears out the keys that too many records have now.
   *
   * @return by such a key, the other records that had it
   */
  Map<Long, Set<Long>> wearOut() {
    var now = new HashMap<Long, Set<Long>>();
    own.forEach(
        (key, records) -> {
          if (!worn.contains(key) && isTooMuch(key, records)) {
            now.put(key, others(key));
          }
        });
    worn.addAll(now.keySet());
    return now;
  }

  /** Each pair once that shares a key, and of which one is compared anew. */
  Set<IdPair> pairs() {
    var pairs = new HashSet<IdPair>();
    own.forEach(
        (key, records) -> {
          if (!worn.contains(key) && !isTooMuch(key, records)) {
            pair(records, others(key), pairs);
          }
        });
    return pairs;
  }

  private boolean isTooMuch(long key, List<Long> records) {
    return records.size() + others(key).size() > limits.most(key);
  }

  private Set<Long> others(long key) {
    return others.getOrDefault(key, Set.of());
  }

  private static void pair(List<Long> records, Set<Long> others, Set<IdPair> into) {
    for (int i = 0; i < records.size(); i++) {
      long one = records.get(i);
      for (int j = i + 1; j < records.size(); j++) {
        into.add(IdPair.of(one, records.get(j)));
      }
      for (long other : others) {
        into.add(IdPair.of(one, other));
      }
    }
  }
}
