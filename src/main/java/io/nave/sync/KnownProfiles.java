package io.nave.sync;

import io.nave.identity.Profile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The profiles of records that were compared lately, so that they need not be read and made again.
 * What a record says changes in turns only ({@link Turns}), and each turn tells of which records:
 * who heeds all turns up to the last one knows what is still true. Holds so many profiles and no
 * more; thread-safe.
 */
final class KnownProfiles {
  private static final int BYTES = 2048;

  /** What was read before so many turns comes too late. */
  private static final int RECENT = 100;

  private final int most;
  private final Map<Long, Known> known = new LinkedHashMap<>(1024, 0.75f, true);
  private final TreeMap<Long, Set<Long>> recent = new TreeMap<>();
  private long heeded = -1;

  /** A profile that was true after that turn. */
  private record Known(long turn, Profile profile) {}

  KnownProfiles(int most) {
    this.most = most;
  }

  /** Of about two kilobytes each: a sixth of the heap, which is some 80,000 where it has 1 GiB. */
  static KnownProfiles inHeap() {
    return new KnownProfiles((int) (Runtime.getRuntime().maxMemory() / 6 / BYTES));
  }

  /** The turn up to which all are heeded. */
  synchronized long heeded() {
    return heeded;
  }

  /**
   * Forgets what changed in turns.
   *
   * @param turns what changed in each that was not heeded, and maybe in some before; null where
   *     that is not known, or is everything
   * @param last the last of them
   */
  synchronized void heed(SortedMap<Long, Set<Long>> turns, long last) {
    if (last <= heeded) {
      return;
    }
    if (turns == null) {
      known.clear();
      recent.clear();
    } else {
      turns.tailMap(heeded + 1).forEach(this::heed);
    }
    heeded = last;
    recent.headMap(last - RECENT, true).clear();
  }

  private void heed(long turn, Collection<Long> records) {
    recent.put(turn, Set.copyOf(records));
    for (var record : records) {
      var one = known.get(record);
      if (one != null && one.turn() < turn) {
        known.remove(record);
      }
    }
  }

  /** What is true after the last turn that was heeded, or later; null where it is not known. */
  synchronized Profile of(long record) {
    var one = known.get(record);
    return one == null ? null : one.profile();
  }

  /** Keeps a profile that was true after this turn, unless it may have changed since. */
  synchronized void put(long record, Profile profile, long turn) {
    boolean late = turn < heeded - RECENT;
    if (late || recent.tailMap(turn + 1).values().stream().anyMatch(of -> of.contains(record))) {
      return;
    }
    known.put(record, new Known(turn, profile));
    if (known.size() > most) {
      var eldest = known.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
