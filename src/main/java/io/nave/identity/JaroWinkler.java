package io.nave.identity;

/**
 * The similarity of Jaro and Winkler (M. A. Jaro 1989, W. E. Winkler 1990) of words of at most 64
 * letters; without an allocation, as it runs for each pair of candidates.
 */
final class JaroWinkler {
  private static final int MOST = 64;
  private static final int PREFIX = 4;
  private static final double SCALE = 0.1;
  private static final double BOOSTED_FROM = 0.7;

  private JaroWinkler() {}

  /** From 0, nothing alike, to 1, the same; longer words are cut. */
  static double similarity(String a, String b) {
    int lengthA = Math.min(MOST, a.length());
    int lengthB = Math.min(MOST, b.length());
    if (lengthA == 0 || lengthB == 0) {
      return lengthA == lengthB ? 1 : 0;
    }
    return boosted(jaro(a, lengthA, b, lengthB), a, b);
  }

  /** At least {@link #similarity}, and quicker to tell: letters count wherever they stand. */
  static double bound(String a, String b) {
    int lengthA = Math.min(MOST, a.length());
    int lengthB = Math.min(MOST, b.length());
    if (lengthA == 0 || lengthB == 0) {
      return 1;
    }
    long letters = 0;
    for (int j = 0; j < lengthB; j++) {
      letters |= 1L << b.charAt(j); // of characters that differ by 64 one will do
    }
    int common = 0;
    for (int i = 0; i < lengthA; i++) {
      common += (int) (letters >>> a.charAt(i) & 1);
    }
    common = Math.min(common, lengthB);
    return boosted(((double) common / lengthA + (double) common / lengthB + 1) / 3, a, b);
  }

  private static double boosted(double jaro, String a, String b) {
    return jaro < BOOSTED_FROM ? jaro : jaro + SCALE * prefix(a, b) * (1 - jaro);
  }

  private static double jaro(String a, int lengthA, String b, int lengthB) {
    int window = Math.max(0, Math.max(lengthA, lengthB) / 2 - 1);
    long ofA = 0;
    long ofB = 0;
    for (int i = 0; i < lengthA; i++) {
      int end = Math.min(lengthB - 1, i + window);
      for (int j = Math.max(0, i - window); j <= end; j++) {
        if ((ofB & 1L << j) == 0 && a.charAt(i) == b.charAt(j)) {
          ofA |= 1L << i;
          ofB |= 1L << j;
          break;
        }
      }
    }
    int common = Long.bitCount(ofA);
    if (common == 0) {
      return 0;
    }
    double inOrder = common - outOfOrder(a, ofA, b, ofB) / 2;
    return ((double) common / lengthA + (double) common / lengthB + inOrder / common) / 3;
  }

  private static int outOfOrder(String a, long ofA, String b, long ofB) {
    int count = 0;
    long restB = ofB;
    for (long rest = ofA; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      int j = Long.numberOfTrailingZeros(restB);
      restB &= restB - 1;
      count += a.charAt(i) == b.charAt(j) ? 0 : 1;
    }
    return count;
  }

  private static int prefix(String a, String b) {
    int most = Math.min(PREFIX, Math.min(a.length(), b.length()));
    int same = 0;
    while (same < most && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same;
  }
}
