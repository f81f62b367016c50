package io.nave.identity;

import java.util.Arrays;

/** What the levels of one comparison weigh. Immutable. */
final class Levels {
  private static final double LN2 = Math.log(2);

  private final String group;
  private final double[] m;
  private final double[] u;
  private final double[] r;
  private final double[] againstStrangers;
  private final double[] againstRelatives;

  /**
   * @param group comparisons of one group lean on each other, so that they are not added up in
   *     full; null where it stands alone
   * @param m by level, the probability among records of one customer
   * @param u by level, the probability among records of two strangers
   * @param r by level, the probability among records of two relatives: people of one household, or
   *     two branches of an organisation
   */
  Levels(String group, double[] m, double[] u, double[] r) {
    this.group = group;
    this.m = m.clone();
    this.u = u.clone();
    this.r = r.clone();
    this.againstStrangers = bits(m, u);
    this.againstRelatives = bits(m, r);
  }

  private static double[] bits(double[] m, double[] other) {
    double[] bits = new double[m.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = log2(m[i] / other[i]);
    }
    return bits;
  }

  String group() {
    return group;
  }

  int size() {
    return m.length;
  }

  double m(int level) {
    return m[level];
  }

  double u(int level) {
    return u[level];
  }

  double r(int level) {
    return r[level];
  }

  double[] m() {
    return m.clone();
  }

  double[] u() {
    return u.clone();
  }

  double[] r() {
    return r.clone();
  }

  /** The same with other probabilities among records of one customer. */
  Levels withM(double[] other) {
    return new Levels(group, other, u, r);
  }

  /** The same with other probabilities among strangers. */
  Levels withU(double[] other) {
    return new Levels(group, m, other, r);
  }

  /** The evidence of a level against strangers, in bits: above zero speaks for one customer. */
  double againstStrangers(int level) {
    return againstStrangers[level];
  }

  /** The evidence of agreeing on a value that so large a part of all records has. */
  double againstStrangers(int level, double frequency) {
    return log2(m[level] / frequency);
  }

  /** The evidence of a level against relatives, in bits. */
  double againstRelatives(int level) {
    return againstRelatives[level];
  }

  static double log2(double x) {
    return Math.log(x) / LN2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Levels that
        && java.util.Objects.equals(group, that.group)
        && Arrays.equals(m, that.m)
        && Arrays.equals(u, that.u)
        && Arrays.equals(r, that.r);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(m) * 31 + Arrays.hashCode(u);
  }
}
