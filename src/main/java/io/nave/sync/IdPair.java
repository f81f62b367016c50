package io.nave.sync;

/** Two records by their ids, the lower one first. */
record IdPair(long low, long high) {
  static IdPair of(long a, long b) {
    return new IdPair(Math.min(a, b), Math.max(a, b));
  }

  /** Spread: the usual hash of two neighbours collides. */
  @Override
  public int hashCode() {
    return Long.hashCode((low * 0x9e3779b97f4a7c15L) ^ (high * 0xc2b2ae3d27d4eb4fL));
  }
}
