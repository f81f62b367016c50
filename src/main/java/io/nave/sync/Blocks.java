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
  private final Map<Long, Block> blocks = new LinkedHashMap<>();
  private final Map<Long, List<Block>> of = new HashMap<>();

  /** The records that have a key: those that are compared anew, and others. */
  private static final class Block {
    private final int most;
    private final List<Long> own = new ArrayList<>(2);
    private final IdSet others = new IdSet();
    private boolean worn;

    Block(int most) {
      this.most = most;
    }

    boolean isTooMuch() {
      return own.size() + others.size() > most;
    }

    boolean says() {
      return !worn && !isTooMuch();
    }
  }

  Blocks(BlockingKeys limits) {
    this.limits = limits;
  }

  /** A record that is compared anew has these keys. */
  void add(long record, long[] keys) {
    var all = new ArrayList<Block>(keys.length);
    for (long key : keys) {
      var block = blocks.computeIfAbsent(key, k -> new Block(limits.most(key)));
      block.own.add(record);
      all.add(block);
    }
    of.put(record, all);
  }

  /** The keys that records compared anew have, worn or not. */
  Collection<Long> keys() {
    return blocks.keySet();
  }

  boolean isWorn(long key) {
    var block = blocks.get(key);
    return block != null && block.worn;
  }

  /**
   * A look found this record, or {@link #WORN}, to have that key, of those that were asked for.
   * Those that are compared anew are passed over.
   */
  void found(long key, long record) {
    var block = blocks.get(key);
    if (record == WORN) {
      block.worn = true;
    } else if (!of.containsKey(record)) {
      block.others.add(record);
    }
  }

  /**
   * What has changed since the look.
   *
   * @param changed the other records that changed
   * @param now the keys that they have now
   */
  void changed(IdSet changed, Map<Long, long[]> now, Set<Long> wornNow) {
    if (changed.size() > 0) {
      blocks.values().forEach(block -> block.others.removeIf(changed::contains));
    }
    now.forEach(
        (record, keys) -> {
          for (long key : keys) {
            var block = blocks.get(key);
            if (block != null) {
              block.others.add(record);
            }
          }
        });
    for (var key : wornNow) {
      var block = blocks.get(key);
      if (block != null) {
        block.worn = true;
      }
    }
  }

  /**
   * Wears out the keys that too many records have now.
   *
   * @return by such a key, the other records that had it
   */
  Map<Long, Set<Long>> wearOut() {
    var now = new HashMap<Long, Set<Long>>();
    blocks.forEach(
        (key, block) -> {
          if (!block.worn && block.isTooMuch()) {
            block.worn = true;
            var others = new HashSet<Long>();
            block.others.forEach(others::add);
            now.put(key, others);
          }
        });
    return now;
  }

  /**
   * The records that share a key with one that is compared anew; of those that are compared anew
   * only those with a higher id, so that each pair is found once.
   */
  IdSet candidates(long record) {
    var found = new IdSet();
    for (var block : of.get(record)) {
      if (block.says()) {
        block.others.forEach(found::add);
        for (long own : block.own) {
          if (own > record) {
            found.add(own);
          }
        }
      }
    }
    return found;
  }
}
