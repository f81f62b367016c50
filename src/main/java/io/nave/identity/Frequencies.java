package io.nave.identity;

import io.nave.platform.ConfigSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Frequent values in a file of learned numbers: {@code digest:count}, some to a line. */
final class Frequencies {
  private static final int TO_A_LINE = 5;
  private static final String EXPECTED =
      "digest:count, the digest with 16 hexadecimal digits, in ascending order";

  private Frequencies() {}

  static void write(StringBuilder out, Terms terms) {
    out.append(terms.counts().isEmpty() ? "" : "  frequencies:\n");
    new TreeMap<>(terms.counts())
        .forEach(
            (key, counts) -> {
              out.append("    ").append(YamlText.of(key)).append(":\n      values: ");
              out.append(counts.values()).append("\n      counts: [");
              write(out, counts);
              out.append("]\n");
            });
  }

  private static void write(StringBuilder out, Terms.Counts counts) {
    for (int i = 0; i < counts.digests().length; i++) {
      out.append(i == 0 ? "\n        \"" : i % TO_A_LINE == 0 ? "\",\n        \"" : " ");
      out.append(String.format("%016x:%d", counts.digests()[i], counts.counts()[i]));
    }
    out.append(counts.digests().length == 0 ? "" : "\"");
  }

  static Terms read(ConfigSection section) {
    Map<String, Terms.Counts> byComparison = new LinkedHashMap<>();
    for (String key : section.keys()) {
      byComparison.put(key, counts(section.section(key)));
    }
    return byComparison.isEmpty() ? Terms.NONE : new Terms(byComparison);
  }

  private static Terms.Counts counts(ConfigSection section) {
    int values = section.count("values", 0, 0, Integer.MAX_VALUE);
    List<Long> digests = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (String line : section.texts("counts")) {
      for (String entry : Words.of(line)) {
        if (!add(entry, digests, counts)) {
          section.mistake("counts", entry, EXPECTED);
        }
      }
    }
    return new Terms.Counts(
        values,
        digests.stream().mapToLong(d -> d).toArray(),
        counts.stream().mapToInt(n -> n).toArray());
  }

  private static boolean add(String entry, List<Long> digests, List<Integer> counts) {
    int colon = entry.indexOf(':');
    try {
      long digest = Long.parseUnsignedLong(entry.substring(0, Math.max(0, colon)), 16);
      int count = Integer.parseInt(entry.substring(colon + 1));
      boolean ordered = digests.isEmpty() || digests.get(digests.size() - 1) < digest;
      if (ordered && count > 0 && colon == 16) {
        digests.add(digest);
        counts.add(count);
        return true;
      }
    } catch (NumberFormatException notNumbers) {
      // told by the caller
    }
    return false;
  }
}
