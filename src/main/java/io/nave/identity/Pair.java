package io.nave.identity;

import java.util.Arrays;

/**
 * Two candidates. Where the given name of the one is the family name of the other, the two names
 * are compared crosswise. Every comparison is made once. Not thread-safe.
 */
final class Pair {
  private static final byte UNKNOWN = -2;

  final Profile a;
  final Profile b;
  final boolean crossed;
  final NameComparison names;
  final Terms terms;
  private final byte[] levels = new byte[Comparisons.ALL.size()];

  /** The order of the two plays no part: they are put into that of their names. */
  Pair(Profile one, Profile other, NameComparison names, Terms terms) {
    boolean ordered = one.name.givenSolid().compareTo(other.name.givenSolid()) <= 0;
    this.a = ordered ? one : other;
    this.b = ordered ? other : one;
    this.names = names;
    this.terms = terms;
    this.crossed = names.crossed(a.name, b.name);
    Arrays.fill(levels, UNKNOWN);
  }

  /** The level of the comparison at this position among {@link Comparisons#ALL}. */
  int level(int comparison) {
    byte known = levels[comparison];
    if (known == UNKNOWN) {
      known = (byte) Comparisons.ALL.get(comparison).level(this);
      levels[comparison] = known;
    }
    return known;
  }
}
