package io.nave.platform;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** New identifiers. */
public final class Ids {

  private Ids() {}

  /**
   * A UUID of version 7 (RFC 9562): it sorts by the given time, so that indexes grow at one end.
   */
  public static UUID timeOrdered(Instant now) {
    var random = ThreadLocalRandom.current();
    long high = now.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
    long low = random.nextLong() >>> 2 | 1L << 63;
    return new UUID(high, low);
  }
}
