package io.nave.console;

import io.nave.canonical.SourceKey;
import io.nave.sync.Evidence;
import io.nave.sync.PreviewMatching;
import java.util.List;

/**
 * The page on which other rules of matching are tried.
 *
 * @param text the rules, as they were typed or as they are in force
 * @param mistakes what is wrong with them
 * @param busy whether somebody else is trying some
 * @param preview null where none were tried
 */
public record RulesView(String text, List<String> mistakes, boolean busy, Preview preview) {

  /** What would happen. */
  public record Preview(
      String records, String customers, String customersThen, Changes merges, Changes splits) {

    static Preview of(PreviewMatching.Preview made) {
      return new Preview(
          Numbers.whole(made.records()),
          Numbers.whole(made.customers()),
          Numbers.whole(made.customersThen()),
          Changes.of(made.merges()),
          Changes.of(made.splits()));
    }
  }

  /**
   * Customers that would merge, or split.
   *
   * @param more how many are not among the examples
   */
  public record Changes(String count, String parts, List<Example> examples, String more) {
    private static Changes of(PreviewMatching.Changes changes) {
      return new Changes(
          Numbers.whole(changes.count()),
          Numbers.whole(changes.parts()),
          changes.examples().stream().map(Example::of).toList(),
          Numbers.whole(changes.count() - changes.examples().size()));
    }
  }

  /**
   * One of them.
   *
   * @param pair the two records that fit best across its parts; null where they have gone
   */
  public record Example(List<Part> parts, Pair pair) {
    private static Example of(PreviewMatching.Example example) {
      var strongest = example.strongest();
      return new Example(
          example.parts().stream().map(Part::of).toList(),
          strongest == null
              ? null
              : new Pair(
                  key(strongest.a()),
                  key(strongest.b()),
                  Said.of(strongest.now()),
                  Said.of(strongest.then())));
    }
  }

  /**
   * Records that stay together.
   *
   * @param more how many are not shown
   */
  public record Part(String customer, List<String> records, int more) {
    private static Part of(PreviewMatching.Part part) {
      return new Part(
          part.customerId().toString(),
          part.records().stream().map(RulesView::key).toList(),
          part.size() - part.records().size());
    }
  }

  /** Two records, and what is said of them now and would be then. */
  public record Pair(String a, String b, Said now, Said then) {}

  /** What rules say of a pair. */
  public record Said(String outcome, String weight, String rule, EvidenceView evidence) {
    private static Said of(Evidence evidence) {
      return new Said(
          evidence.outcome(),
          EvidenceView.weight(evidence.weight()),
          evidence.rule(),
          EvidenceView.of(evidence));
    }
  }

  private static String key(SourceKey key) {
    return key.spoke() + ":" + key.recordId();
  }
}
