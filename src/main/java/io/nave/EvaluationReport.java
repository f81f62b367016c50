package io.nave;

import io.nave.identity.MatchWords;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** An evaluation for the terminal; it names records by their ids only. */
record EvaluationReport(Evaluation of, Took took, long refused) {
  private static final int SHOWN = 8;

  /** How long the parts took, in nanoseconds; 0 for what was not done. */
  record Took(long reading, long training, long matching) {}

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT, "customers   %,d found, %,d true%n", of.customers(), of.trueCustomers());
    if (refused > 0) {
      out.printf(Locale.ROOT, "refused     %,d rows%n", refused);
    }
    out.println("            precision  recall  F1");
    line(out, "pairs", of.precision(), of.recall(), of.f1());
    line(out, "customers", of.customerPrecision(), of.customerRecall(), of.customerF1());
    out.printf(
        Locale.ROOT,
        "took        %.1f s reading, %.1f s training, %.1f s matching%n",
        took.reading() / 1e9,
        took.training() / 1e9,
        took.matching() / 1e9);
    mistakes(out, "Together, but two customers:", of.wrong());
    mistakes(out, "Apart, but one customer:", of.missed());
  }

  private static void line(PrintWriter out, String what, double p, double r, double f1) {
    out.printf(Locale.ROOT, "%-12s%.4f     %.4f  %.4f%n", what, p, r, f1);
  }

  private static void mistakes(PrintWriter out, String title, List<Evaluation.Mistake> mistakes) {
    if (!mistakes.isEmpty()) {
      out.println();
      out.println(title);
    }
    for (var mistake : mistakes.subList(0, Math.min(SHOWN, mistakes.size()))) {
      var verdict = mistake.verdict();
      out.printf(
          Locale.ROOT,
          "  %s and %s: %s, %+.1f bits (%s)%n    %s%n",
          mistake.a(),
          mistake.b(),
          verdict.outcome(),
          verdict.weight(),
          verdict.rule(),
          reasons(verdict.reasons()));
    }
  }

  /** The reasons in words, those that weigh most first. */
  static String reasons(List<io.nave.identity.Reason> reasons) {
    return String.join(
        ", ",
        reasons.stream()
            .sorted((a, b) -> Double.compare(Math.abs(b.weight()), Math.abs(a.weight())))
            .map(r -> String.format(Locale.ROOT, "%s %+.1f", MatchWords.of(r), r.weight()))
            .toList());
  }
}
