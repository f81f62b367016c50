package io.nave.sync;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/**
 * Ids of records, which are above zero, in no order: a hash table without boxes, since one batch
 * meets a hundred thousand. Not thread-safe.
 */
final class IdSet {
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final long[] NONE = new long[1];

  private long[] ids = NONE;
  private int size;

  int size() {
    return size;
  }

  boolean contains(long id) {
    return ids[place(id)] == id;
  }

  /** True where it was not there. */
  boolean add(long id) {
    int place = place(id);
    if (ids[place] == id) {
      return false;
    }
    if (++size * 2 > ids.length) {
      rehash(Math.max(8, ids.length * 2), any -> true);
      place = place(id);
    }
    ids[place] = id;
    return true;
  }

  void forEach(LongConsumer visit) {
    for (long id : ids) {
      if (id != 0) {
        visit.accept(id);
      }
    }
  }

  void removeIf(LongPredicate gone) {
    int left = 0;
    for (long id : ids) {
      left += id != 0 && !gone.test(id) ? 1 : 0;
    }
    if (left < size) {
      rehash(ids.length, gone.negate());
      size = left;
    }
  }

  private void rehash(int length, LongPredicate kept) {
    long[] old = ids;
    ids = new long[length];
    for (long id : old) {
      if (id != 0 && kept.test(id)) {
        ids[place(id)] = id;
      }
    }
  }

  /** Where the id is, or would be put. */
  private int place(long id) {
    int mask = ids.length - 1;
    int place = (int) (id * SPREAD >>> 32) & mask;
    while (ids[place] != id && ids[place] != 0) {
      place = place + 1 & mask;
    }
    return place;
  }
}
