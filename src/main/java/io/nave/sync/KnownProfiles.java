package io.nave.sync;

import io.nave.identity.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The profiles of records that were compared lately, so that they need not be read and made again.
 * The database tells by a digest whether a record still says the same. Holds so many and no more;
 * thread-safe.
 */
final class KnownProfiles {
  /** Of two kilobytes each. */
  private static final int MOST = 40_000;

  private final Map<Long, Known> known = new LinkedHashMap<>(1024, 0.75f, true);

  /**
   * A profile.
   *
   * @param digest of the content it was made of
   */
  record Known(long digest, Profile profile) {}

  /** Null where it is not known. */
  synchronized Known of(long record) {
    return known.get(record);
  }

  synchronized void put(long record, Known profile) {
    known.put(record, profile);
    if (known.size() > MOST) {
      var eldest = known.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
