package io.nave;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/**
 * Made-up words of which few are frequent and most are rare, as names, towns and their sizes are:
 * the weight of the n-th is 1 / (n + shift). The same seed gives the same words.
 */
final class BenchNames {
  private static final String[] ONSETS =
      "b br c ch cl d dr f fl g gr h j k l m n p pr qu r s sh sl st t th tr v w y z".split(" ");
  private static final String[] VOWELS = "a e i o u ai ee ia ou".split(" ");
  private static final String[] CODAS =
      " b ck d g l ll m n nd ng p r rd rn s ss t th x".split(" ", -1);

  private final String[] words;
  private final double[] upTo;

  /**
   * @param shift the greater, the rarer is the most frequent
   */
  BenchNames(long seed, int count, double shift, Function<String, String> form) {
    var random = new Random(seed);
    words = new String[count];
    upTo = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      words[i] = form.apply(word(random, i));
      sum += 1 / (i + shift);
      upTo[i] = sum;
    }
  }

  /** The frequent ones are short, as everywhere. */
  private static String word(Random random, int rank) {
    int syllables = rank < 20 ? 1 : 2 + (random.nextInt(4) == 0 ? 1 : 0);
    var word = new StringBuilder();
    for (int i = 0; i < syllables; i++) {
      word.append(any(ONSETS, random)).append(any(VOWELS, random));
    }
    word.append(any(CODAS, random));
    return word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
  }

  private static String any(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }

  /** One of them, as often as its weight says. */
  String any(Random random) {
    return words[anyIndex(random)];
  }

  int anyIndex(Random random) {
    int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return Math.min(words.length - 1, at < 0 ? -at - 1 : at);
  }

  String get(int index) {
    return words[index];
  }

  /** The share of all that comes before the index. */
  double shareBefore(int index) {
    return index == 0 ? 0 : upTo[index - 1] / upTo[upTo.length - 1];
  }

  double share(int index) {
    return shareBefore(index + 1) - shareBefore(index);
  }
}
