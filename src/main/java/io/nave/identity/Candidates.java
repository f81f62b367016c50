package io.nave.identity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The pairs of positions that share a blocking key. A key that more records have than the limit
 * says nothing: who shares only that is not compared.
 */
final class Candidates {
  private final List<Profile> profiles;
  private final BlockingKeys keys;

  Candidates(List<Profile> profiles, BlockingKeys keys) {
    this.profiles = profiles;
    this.keys = keys;
  }

  /** Each pair once, lower position first: {@code low << 32 | high}; in order. */
  long[] pairs() {
    Map<String, List<Integer>> blocks = new HashMap<>();
    for (int i = 0; i < profiles.size(); i++) {
      for (String key : keys.of(profiles.get(i))) {
        blocks.computeIfAbsent(key, k -> new ArrayList<>(4)).add(i);
      }
    }
    LongStream.Builder pairs = LongStream.builder();
    blocks.forEach(
        (key, block) -> {
          if (block.size() <= keys.most(key)) {
            add(pairs, block);
          }
        });
    return pairs.build().sorted().distinct().toArray();
  }

  private static void add(LongStream.Builder pairs, List<Integer> block) {
    for (int i = 0; i < block.size(); i++) {
      for (int j = i + 1; j < block.size(); j++) {
        pairs.add((long) block.get(i) << 32 | block.get(j));
      }
    }
  }
}
