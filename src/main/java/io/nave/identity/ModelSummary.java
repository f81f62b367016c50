package io.nave.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a model says, in plain lines. */
final class ModelSummary {
  private ModelSummary() {}

  static List<String> lines(MatchingConfig.Models models) {
    List<String> lines = new ArrayList<>();
    add(lines, "persons", models.person());
    add(lines, "organisations", models.organisation());
    return lines;
  }

  private static void add(List<String> lines, String who, MatchModel model) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: one pair of records in %,.0f is one customer",
            who,
            1 / model.prior()));
    for (Comparison comparison : Comparisons.ALL) {
      Levels levels = model.of(comparison.key());
      if (levels != null) {
        lines.add(line(comparison, levels));
      }
    }
    model.levels().keySet().stream()
        .filter(key -> key.startsWith(Comparisons.ATTRIBUTES) && !key.endsWith("*"))
        .sorted()
        .map(key -> Comparisons.attribute(key.substring(Comparisons.ATTRIBUTES.length())))
        .forEach(attribute -> lines.add(line(attribute, model.of(attribute.key()))));
  }

  private static String line(Comparison comparison, Levels levels) {
    int last = levels.size() - 1;
    return String.format(
        Locale.ROOT,
        "  %-22s the same in %.1f %% of one customer's records, in %.3f %% of others: %+.1f to %+.1f bits",
        comparison.key(),
        100 * levels.m(0),
        100 * levels.u(0),
        levels.againstStrangers(last),
        levels.againstStrangers(0));
  }
}
