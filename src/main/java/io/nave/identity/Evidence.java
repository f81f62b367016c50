package io.nave.identity;

/**
 * Adds up evidence in bits. Of a group, whose comparisons lean on each other, only the strongest
 * for and the strongest against count in full.
 */
final class Evidence {
  /** How much of the lesser evidence of one group counts. */
  private static final double LESSER = 0.35;

  private static final int BEST = 0;
  private static final int WORST = 1;
  private static final int ALL = 2;
  private static final int WIDTH = 3;

  private final double[] sums;

  /**
   * @param groups how many there are, with group 0, which is none
   */
  Evidence(int groups, double prior) {
    sums = new double[groups * WIDTH];
    sums[ALL] = prior;
  }

  void add(int group, double weight) {
    int at = group * WIDTH;
    sums[at + ALL] += weight;
    sums[at + BEST] = Math.max(sums[at + BEST], weight);
    sums[at + WORST] = Math.min(sums[at + WORST], weight);
  }

  double total() {
    double total = sums[ALL];
    for (int at = WIDTH; at < sums.length; at += WIDTH) {
      double extremes = sums[at + BEST] + sums[at + WORST];
      total += extremes + LESSER * (sums[at + ALL] - extremes);
    }
    return total;
  }
}
