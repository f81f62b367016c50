package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.canonical.SourceKey;
import io.nave.identity.MatchRules;
import io.nave.identity.Verdict;
import io.nave.sync.PreviewMatching.Changes;
import io.nave.sync.PreviewMatching.Example;
import io.nave.sync.PreviewMatching.Part;
import io.nave.sync.PreviewMatching.Strongest;
import io.nave.sync.Regrouping.Found;
import io.nave.sync.Regrouping.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Explains merges and splits by what speaks most for two records of different parts. */
final class ComparePairs {
  private static final int EXAMPLES = 20;

  /** So many parts of an example, and so many records of each, are shown and compared. */
  private static final int SHOWN = 10;

  private final Transactions transactions;
  private final SourceRecords records;
  private final MatchRules now;
  private final MatchRules then;

  ComparePairs(Transactions transactions, SourceRecords records, MatchRules now, MatchRules then) {
    this.transactions = transactions;
    this.records = records;
    this.now = now;
    this.then = then;
  }

  Changes explain(List<Found> found) {
    return new Changes(
        found.size(),
        found.stream().mapToLong(f -> f.parts().size()).sum(),
        found.stream().limit(EXAMPLES).map(this::example).toList());
  }

  private Example example(Found found) {
    var parts = found.parts().stream().limit(SHOWN).map(ComparePairs::shown).toList();
    return new Example(parts, strongest(parts));
  }

  private static Part shown(Records of) {
    var some = of.keys().stream().limit(SHOWN).toList();
    return new Part(of.customerId(), some, of.keys().size());
  }

  private record Compared(SourceKey a, SourceKey b, Verdict verdict) {}

  private Strongest strongest(List<Part> parts) {
    var contents = contents(parts);
    Compared best = null;
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        best = stronger(best, parts.get(i), parts.get(j), contents);
      }
    }
    if (best == null) {
      return null;
    }
    var today = now.compare(contents.get(best.a()), contents.get(best.b()));
    return new Strongest(best.a(), best.b(), Evidence.of(today), Evidence.of(best.verdict()));
  }

  private Compared stronger(
      Compared best, Part one, Part other, Map<SourceKey, Customer> contents) {
    var strongest = best;
    for (var a : one.records()) {
      for (var b : other.records()) {
        if (contents.containsKey(a) && contents.containsKey(b)) {
          var verdict = then.compare(contents.get(a), contents.get(b));
          if (strongest == null || isStronger(verdict, strongest.verdict())) {
            strongest = new Compared(a, b, verdict);
          }
        }
      }
    }
    return strongest;
  }

  private static boolean isStronger(Verdict one, Verdict other) {
    int byOutcome = one.outcome().compareTo(other.outcome());
    return byOutcome < 0 || byOutcome == 0 && one.weight() > other.weight();
  }

  private Map<SourceKey, Customer> contents(List<Part> parts) {
    var keys = new ArrayList<SourceKey>();
    parts.forEach(part -> keys.addAll(part.records()));
    var contents = new HashMap<SourceKey, Customer>();
    transactions
        .call(connection -> records.read(connection, keys))
        .forEach((key, record) -> contents.put(key, record.content()));
    return contents;
  }
}
