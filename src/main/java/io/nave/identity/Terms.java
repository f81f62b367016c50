package io.nave.identity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How frequent values are: agreeing on a rare one says more. Values are kept as digests, so that a
 * file of frequencies names nobody. Immutable once built.
 */
final class Terms {
  static final Terms NONE = new Terms(Map.of());

  /** The key under which the words of organisations' names are counted. */
  static final String ORGANISATION_WORDS = "organisation-word";

  /** Frequencies count as much as this many records seen before with the usual frequency. */
  private static final double PSEUDO = 200;

  /** A rare value counts at most as much rarer than usual. */
  private static final double RAREST = 16;

  private final Map<String, Counts> byComparison;
  private final Counts words;

  /**
   * The counts of one comparison.
   *
   * @param values how many customers have a value
   * @param digests of what is frequent, in order
   * @param counts how many customers have it, beside the digests
   */
  record Counts(long values, long[] digests, int[] counts) {
    static final Counts NONE = new Counts(0, new long[0], new int[0]);

    /** How many have the value; at least 1. */
    int of(long digest) {
      int at = Arrays.binarySearch(digests, digest);
      return at < 0 ? 1 : counts[at];
    }
  }

  Terms(Map<String, Counts> byComparison) {
    this.byComparison = Map.copyOf(byComparison);
    this.words = of(ORGANISATION_WORDS);
  }

  /** The counts by comparison. */
  Map<String, Counts> counts() {
    return byComparison;
  }

  Counts of(String comparison) {
    return byComparison.getOrDefault(comparison, Counts.NONE);
  }

  /**
   * The probability that another record has this value by chance.
   *
   * @param usual the probability where nothing was counted
   */
  static double frequency(Counts of, String value, double usual) {
    if (of.values == 0) {
      return usual;
    }
    int others = of.of(digest(value)) - 1;
    double frequency = (others + PSEUDO * usual) / (of.values + PSEUDO);
    return Math.max(frequency, usual / RAREST);
  }

  /** How much an organisation's word says, in nats: the logarithm of its rarity. */
  double rarity(long word) {
    return words.values == 0 ? 1 : Math.log((words.values + 1.0) / words.of(word)) + 0.1;
  }

  /** A digest of 64 bits of the text's characters: FNV-1a and the finaliser of MurmurHash3. */
  static long digest(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
    return hash ^ hash >>> 33;
  }

  /** Counts values. */
  static final class Counter {
    private static final int FREQUENT = 3;
    private static final int MOST = 10_000;
    private final Map<String, Map<Long, Integer>> counts = new HashMap<>();
    private final Map<String, Long> values = new HashMap<>();

    void add(String comparison, long digest) {
      counts.computeIfAbsent(comparison, c -> new HashMap<>()).merge(digest, 1, Integer::sum);
      values.merge(comparison, 1L, Long::sum);
    }

    Terms terms() {
      Map<String, Counts> frequent = new HashMap<>();
      counts.forEach((key, all) -> frequent.put(key, frequent(values.get(key), all)));
      return new Terms(frequent);
    }

    /** The count that so many values have that a file of them stays small. */
    private static int least(Map<Long, Integer> all) {
      int[] counts = all.values().stream().mapToInt(n -> n).sorted().toArray();
      return counts.length <= MOST ? 0 : counts[counts.length - MOST];
    }

    private static Counts frequent(long values, Map<Long, Integer> all) {
      int least = Math.max(FREQUENT, least(all));
      Map<Long, Integer> kept = new TreeMap<>(all);
      kept.values().removeIf(n -> n < least);
      return new Counts(
          values,
          kept.keySet().stream().mapToLong(d -> d).toArray(),
          kept.values().stream().mapToInt(n -> n).toArray());
    }
  }
}
