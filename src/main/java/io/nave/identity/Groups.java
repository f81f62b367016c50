package io.nave.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Joins record positions into groups by average linkage. Only records that a chain of matches holds
 * together are looked at; among those, all pairs count. A chain that is too long breaks at its
 * weakest matches first. A group that fits two others about as well, which a rule sees contradict
 * each other in what the group says nothing about, joins neither.
 */
final class Groups {
  /** One pair's evidence counts at most this much for a group, in bits. */
  private static final double MOST = 6;

  /** A contradiction counts for more: who stands between two customers does not fuse them. */
  private static final double LEAST = -20;

  /** Two groups are joined when their records fit by more than this on average, in bits. */
  private static final double FIT = 0;

  /** A steward keeps the two apart. */
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** A rule keeps the two apart; so much that no average makes up for it. */
  private static final double FORBIDDEN = -1e9;

  /** By so many bits the matches of a chain that is too long have to be stronger. */
  private static final double STEP = 2;

  private final MatchRules rules;
  private final List<SourceRecord> records;
  private final Function<SourceRecord, Profile> profileOf;
  private final Profile[] profiles;
  private final Map<Long, Edge> edges = new HashMap<>();
  private final Map<Integer, Set<Integer>> matches = new HashMap<>();
  private final Map<Long, Boolean> decided = new HashMap<>();
  private final int[] group;

  /**
   * @param records by position
   * @param profileOf asked once a record, and only where it is needed
   */
  Groups(MatchRules rules, List<SourceRecord> records, Function<SourceRecord, Profile> profileOf) {
    this.rules = rules;
    this.records = records;
    this.profileOf = profileOf;
    this.profiles = new Profile[records.size()];
    this.group = IntStream.range(0, records.size()).toArray();
  }

  /** As above, for profiles that are nobody's records. */
  static Groups of(MatchRules rules, List<Profile> profiles) {
    List<SourceRecord> none = new ArrayList<>();
    profiles.forEach(p -> none.add(null));
    Groups groups = new Groups(rules, none, record -> null);
    profiles.toArray(groups.profiles);
    return groups;
  }

  /** A steward's word; where two contradict each other, the two stay apart. */
  void decided(int a, int b, boolean same) {
    decided.merge(pair(a, b), same, Boolean::logicalAnd);
    if (same) {
      connect(a, b);
    }
  }

  /** What is known about two records. */
  void take(int a, int b, Edge edge) {
    edges.put(pair(a, b), edge);
    if (edge.outcome() == Outcome.MATCH) {
      connect(a, b);
    }
  }

  boolean keptApart(int a, int b) {
    return Boolean.FALSE.equals(decided.get(pair(a, b)));
  }

  boolean together(int a, int b) {
    return group[a] == group[b];
  }

  /** The positions of each group, in order. */
  Collection<List<Integer>> all() {
    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < group.length; i++) {
      groups.computeIfAbsent(group[i], g -> new ArrayList<>()).add(i);
    }
    return groups.values();
  }

  void join() {
    int[] all = matches.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    join(all, 0);
  }

  /** Joins within the chains of matches that are so many steps stronger than a match has to be. */
  private void join(int[] positions, int steps) {
    double strength = steps == 0 ? NEVER : rules.config().matchBits() + steps * STEP;
    BitSet left = new BitSet();
    Arrays.stream(positions).forEach(left::set);
    int most = rules.config().limits().records();
    for (int at = left.nextSetBit(0); at >= 0; at = left.nextSetBit(at + 1)) {
      int[] chain = chain(at, left, weight -> weight >= strength);
      if (chain.length > most) {
        join(chain, steps + 1);
      } else if (chain.length > 1) {
        new Component(chain).join();
      }
    }
  }

  /** The positions that can be reached; they are taken out of those that are left. */
  private int[] chain(int start, BitSet left, DoublePredicate strong) {
    List<Integer> found = new ArrayList<>(List.of(start));
    left.clear(start);
    for (int next = 0; next < found.size(); next++) {
      int from = found.get(next);
      for (int to : matches.getOrDefault(from, Set.of())) {
        if (left.get(to) && strong.test(strength(from, to))) {
          left.clear(to);
          found.add(to);
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private double strength(int a, int b) {
    Edge edge = edges.get(pair(a, b));
    if (Boolean.TRUE.equals(decided.get(pair(a, b)))) {
      return Double.POSITIVE_INFINITY;
    }
    return edge == null ? NEVER : edge.weight();
  }

  private void connect(int a, int b) {
    matches.computeIfAbsent(a, x -> new HashSet<>()).add(b);
    matches.computeIfAbsent(b, x -> new HashSet<>()).add(a);
  }

  private static long pair(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }

  private Profile profile(int at) {
    if (profiles[at] == null) {
      profiles[at] = profileOf.apply(records.get(at));
    }
    return profiles[at];
  }

  /** Records that a chain of matches holds together. */
  private final class Component {
    private final int[] at;

    /** Between two records: the weight, bounded. */
    private final double[][] weights;

    /** Between two groups: the sum of the weights of all pairs. */
    private final double[][] sums;

    /** Between two groups: how well they fit, in bits. */
    private final double[][] fits;

    /** Between two groups: the weight of the pair that fits best, not bounded. */
    private final double[][] strongest;

    /** What rules see two groups contradict each other in: a bit for each comparison. */
    private final int[][] contradictions;

    private boolean isContradicted;
    private final int[] sizes;
    private final BitSet alive = new BitSet();

    /** The weight of a pair in bits, and what a rule sees the two contradict each other in. */
    private record Known(double weight, int contradictions) {
      static final Known NOTHING = new Known(0, 0);
    }

    /** How many records of each spoke a group has, and its e-mail addresses. */
    private record Content(Map<String, Integer> spokes, Set<String> emails) {}

    Component(int[] positions) {
      at = positions;
      weights = new double[at.length][at.length];
      sums = new double[at.length][at.length];
      fits = new double[at.length][at.length];
      strongest = new double[at.length][at.length];
      contradictions = new int[at.length][at.length];
      sizes = new int[at.length];
      Arrays.fill(sizes, 1);
      alive.set(0, at.length);
      for (int i = 0; i < at.length; i++) {
        for (int j = i + 1; j < at.length; j++) {
          note(i, j, known(at[i], at[j]));
        }
      }
    }

    private void note(int i, int j, Known known) {
      boolean bounded = known.weight != FORBIDDEN && known.weight != NEVER;
      double weight = bounded ? Math.max(LEAST, Math.min(MOST, known.weight)) : known.weight;
      weights[i][j] = weight;
      weights[j][i] = weight;
      answer(i, j, weight, known.contradictions);
      strongest[i][j] = known.weight;
      strongest[j][i] = known.weight;
      isContradicted |= known.contradictions != 0;
    }

    /** What is known about two records: by a steward, by an edge, or by comparing them now. */
    private Known known(int a, int b) {
      Boolean word = decided.get(pair(a, b));
      if (word != null) {
        return new Known(word ? Double.MAX_VALUE : NEVER, 0);
      }
      Edge edge = edges.get(pair(a, b));
      if (edge != null) {
        boolean match = edge.outcome() == Outcome.MATCH;
        return new Known(edge.weight(), match ? 0 : rules.contradictions(edge.rule()));
      }
      return isSilent(a) || isSilent(b) ? Known.NOTHING : compared(a, b);
    }

    private Known compared(int a, int b) {
      Score score = rules.score(rules.pair(profile(a), profile(b)));
      return score.isForbidden()
          ? new Known(FORBIDDEN, rules.contradictions(score.rule()))
          : new Known((float) score.weight(), 0);
    }

    /** A record that says nothing: the hub made it, and its source has added nothing. */
    private boolean isSilent(int a) {
      return profile(a).saysNothing();
    }

    void join() {
      mustLinks();
      if (alive.cardinality() == 2 && at.length == 2) {
        joinTwo();
        return;
      }
      for (long best = best(); best >= 0; best = best()) {
        merge((int) (best >> 32), (int) best);
      }
    }

    private void joinTwo() {
      if (sums[0][1] > FIT && !isTooMuch(0, 1)) {
        merge(0, 1);
      }
    }

    private void mustLinks() {
      for (int i = 0; i < at.length; i++) {
        for (int j = i + 1; j < at.length; j++) {
          int a = home(i);
          int b = home(j);
          boolean same = Boolean.TRUE.equals(decided.get(pair(at[i], at[j])));
          if (same && a != b && sums[a][b] != NEVER) {
            fuse(Math.min(a, b), Math.max(a, b));
          }
        }
      }
    }

    /**
     * Records that stewards joined speak together, as one: they contradict another only where all
     * of them do that say anything of it.
     */
    private void fuse(int into, int gone) {
      for (int k = alive.nextSetBit(0); k >= 0; k = alive.nextSetBit(k + 1)) {
        if (speaksAlone(gone, into, k)) {
          answer(into, k, sums[gone][k], contradictions[gone][k]);
        } else if (!speaksAlone(into, gone, k)) {
          boolean apart = sums[into][k] == NEVER || sums[gone][k] == NEVER;
          double sum = apart ? NEVER : Math.max(sums[into][k], sums[gone][k]);
          answer(into, k, sum, contradictions[into][k] & contradictions[gone][k]);
        }
        strengthen(into, gone, k);
      }
      take(into, gone);
    }

    /**
     * Whether the second of the two says nothing at all, or nothing of what the first contradicts
     * the third in.
     */
    private boolean speaksAlone(int first, int second, int third) {
      int in = contradictions[first][third];
      return sums[second][third] != NEVER
          && (isSilentGroup(second) || in != 0 && saysNothingOf(in, second));
    }

    private boolean isSilentGroup(int group) {
      return IntStream.range(0, at.length)
          .filter(k -> home(k) == group)
          .allMatch(k -> isSilent(at[k]));
    }

    private void answer(int group, int other, double sum, int contradicted) {
      sums[group][other] = sum;
      sums[other][group] = sum;
      fits[group][other] = sum;
      fits[other][group] = sum;
      contradictions[group][other] = contradicted;
      contradictions[other][group] = contradicted;
    }

    private int home(int i) {
      return Arrays.binarySearch(at, group[at[i]]);
    }

    /** The two groups that fit best and may be joined, or -1. */
    private long best() {
      double most = FIT;
      long best = -1;
      for (int i = alive.nextSetBit(0); i >= 0; i = alive.nextSetBit(i + 1)) {
        for (int j = alive.nextSetBit(i + 1); j >= 0; j = alive.nextSetBit(j + 1)) {
          double average = fits[i][j];
          if (average > most) {
            if (isTooMuch(i, j)) {
              answer(i, j, NEVER, contradictions[i][j]);
            } else if (!isBetween(i, j) && !isBetween(j, i)) {
              most = average;
              best = pair(i, j);
            }
          }
        }
      }
      return best;
    }

    /**
     * Whether the group would be joined to this customer as well as to a rival: the two contradict
     * each other, the group does not say which of them it means, and what speaks for the one does
     * not outweigh what speaks for the other as a match has to. A steward decides.
     */
    private boolean isBetween(int group, int customer) {
      if (!isContradicted) {
        return false;
      }
      double enough = strongest[group][customer] - rules.config().matchBits();
      for (int k = alive.nextSetBit(0); k >= 0; k = alive.nextSetBit(k + 1)) {
        if (k != group
            && k != customer
            && contradictions[customer][k] != 0
            && fits[customer][k] <= FIT
            && fits[group][k] > FIT
            && strongest[group][k] > enough
            && saysNothingOf(contradictions[customer][k], group)) {
          return true;
        }
      }
      return false;
    }

    private boolean saysNothingOf(int comparisons, int group) {
      return speakers(group, comparisons).isEmpty();
    }

    private boolean isTooMuch(int i, int j) {
      MatchingConfig.Limits limits = rules.config().limits();
      int size = sizes[i] + sizes[j];
      if (size <= Math.min(limits.ofOneSpoke(), limits.emails())) {
        return false;
      }
      Content both = content(i, j);
      return both.emails.size() > limits.emails()
          || both.spokes.values().stream().anyMatch(n -> n > limits.ofOneSpoke());
    }

    private Content content(int i, int j) {
      Map<String, Integer> spokes = new HashMap<>();
      Set<String> emails = new HashSet<>();
      for (int k = 0; k < at.length; k++) {
        int home = home(k);
        if (home == i || home == j) {
          SourceRecord record = records.get(at[k]);
          spokes.merge(record == null ? "" : record.key().spoke(), 1, Integer::sum);
          emails.addAll(profile(at[k]).contacts.emails());
        }
      }
      return new Content(spokes, emails);
    }

    private void merge(int into, int gone) {
      for (int k = alive.nextSetBit(0); k >= 0; k = alive.nextSetBit(k + 1)) {
        double sum = sums[into][k] + sums[gone][k];
        answer(into, k, sum, contradictions[into][k] | contradictions[gone][k]);
        strengthen(into, gone, k);
      }
      sizes[into] += sizes[gone];
      take(into, gone);
      for (int k = alive.nextSetBit(0); k >= 0; k = alive.nextSetBit(k + 1)) {
        fits[into][k] = fit(into, k);
        fits[k][into] = fits[into][k];
      }
    }

    private double fit(int i, int j) {
      boolean apart = sums[i][j] <= FORBIDDEN / 2;
      return apart || contradictions[i][j] == 0
          ? sums[i][j] / ((double) sizes[i] * sizes[j])
          : fitOfSpeakers(i, j, contradictions[i][j]);
    }

    /**
     * How well two groups fit that contradict each other, by those alone who say anything of it: a
     * record that is silent there fits both, and does not make them one.
     */
    private double fitOfSpeakers(int i, int j, int in) {
      BitSet ofI = speakers(i, in);
      BitSet ofJ = speakers(j, in);
      double sum = 0;
      for (int x = ofI.nextSetBit(0); x >= 0; x = ofI.nextSetBit(x + 1)) {
        for (int y = ofJ.nextSetBit(0); y >= 0; y = ofJ.nextSetBit(y + 1)) {
          sum += weights[x][y];
        }
      }
      return sum / ((double) ofI.cardinality() * ofJ.cardinality());
    }

    /** The records of the group that say something in one of these comparisons. */
    private BitSet speakers(int group, int comparisons) {
      BitSet speakers = new BitSet();
      for (int k = 0; k < at.length; k++) {
        if (home(k) == group && !rules.isSilentOn(comparisons, profile(at[k]))) {
          speakers.set(k);
        }
      }
      return speakers;
    }

    private void strengthen(int into, int gone, int k) {
      strongest[into][k] = Math.max(strongest[into][k], strongest[gone][k]);
      strongest[k][into] = strongest[into][k];
    }

    private void take(int into, int gone) {
      alive.clear(gone);
      int lead = group[at[into]];
      int old = group[at[gone]];
      for (int member : at) {
        if (group[member] == old) {
          group[member] = lead;
        }
      }
    }
  }
}
