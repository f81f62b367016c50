package io.nave.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The pairs of positions that share a blocking key. A block larger than the limit is put in the
 * order of names, and each record is paired with the next ones up to the limit: the work stays
 * linear, and neighbours in that order are the likely matches.
 */
final class Candidates {
  private static final Comparator<Profile> BY_NAME =
      Comparator.comparing((Profile p) -> p.stance.name().familySolid())
          .thenComparing(p -> p.stance.name().givenSolid())
          .thenComparing(p -> p.organisation);

  private final List<Profile> profiles;
  private final int limit;

  Candidates(List<Profile> profiles, int limit) {
    this.profiles = profiles;
    this.limit = limit;
  }

  /** Each pair once, lower position first: {@code low << 32 | high}; in order. */
  long[] pairs(BlockingKeys keys) {
    Map<String, List<Integer>> blocks = new HashMap<>();
    for (int i = 0; i < profiles.size(); i++) {
      for (String key : keys.of(profiles.get(i))) {
        blocks.computeIfAbsent(key, k -> new ArrayList<>(4)).add(i);
      }
    }
    return pairs(blocks.values());
  }

  private long[] pairs(Collection<List<Integer>> blocks) {
    LongStream.Builder pairs = LongStream.builder();
    for (List<Integer> block : blocks) {
      if (block.size() > limit) {
        block.sort(Comparator.comparing(profiles::get, BY_NAME));
      }
      for (int i = 0; i < block.size(); i++) {
        for (int j = i + 1; j < Math.min(block.size(), i + limit); j++) {
          pairs.add(pair(block.get(i), block.get(j)));
        }
      }
    }
    return pairs.build().sorted().distinct().toArray();
  }

  private static long pair(int a, int b) {
    return (long) Math.min(a, b) << 32 | Math.max(a, b);
  }
}
