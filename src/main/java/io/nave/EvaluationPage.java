package io.nave;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as one page of HTML that needs nothing beside it. */
final class EvaluationPage {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 260;
  private static final int LEFT = 48;
  private static final int BOTTOM = 30;
  private static final int LOW = -20;
  private static final int HIGH = 40;

  private final Evaluation of;
  private final String file;

  EvaluationPage(Evaluation of, String file) {
    this.of = of;
    this.file = file;
  }

  String html() {
    return """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Matching of %1$s</title><style>
        body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2430}
        table{border-collapse:collapse;width:100%%}td,th{text-align:left;padding:.3rem .7rem;border-bottom:1px solid #dde}
        .n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%%;height:auto}
        text{font:12px system-ui,sans-serif;fill:#556}.p{stroke:#0b6e99;fill:none;stroke-width:2}
        .r{stroke:#c2410c;fill:none;stroke-width:2}.t{fill:#0b6e99;opacity:.75}.f{fill:#c2410c;opacity:.75}
        .axis{stroke:#99a;fill:none}
        </style></head><body>
        <h1>Matching of %1$s</h1>
        %2$s
        <h2>Precision and recall of single pairs, by the weight asked for</h2>%3$s
        <h2>Weights of compared pairs</h2>%4$s
        <h2>Together, but two customers</h2>%5$s
        <h2>Apart, but one customer</h2>%6$s
        </body></html>
        """
        .formatted(
            escaped(file),
            numbers(),
            curves(),
            histogram(),
            mistakes(of.wrong()),
            mistakes(of.missed()));
  }

  private String numbers() {
    return "<table><tr><th></th><th class=n>precision</th><th class=n>recall</th>"
        + "<th class=n>F1</th></tr>"
        + row("Pairs", of.precision(), of.recall(), of.f1())
        + row("Whole customers", of.customerPrecision(), of.customerRecall(), of.customerF1())
        + "</table>";
  }

  private static String row(String what, double p, double r, double f1) {
    return String.format(
        Locale.ROOT,
        "<tr><td>%s</td><td class=n>%.4f</td><td class=n>%.4f</td><td class=n>%.4f</td></tr>",
        what,
        p,
        r,
        f1);
  }

  private String curves() {
    var precision = new StringBuilder();
    var recall = new StringBuilder();
    for (int weight = LOW; weight <= HIGH; weight++) {
      double threshold = weight;
      var above = of.scored().stream().filter(s -> s.weight() >= threshold).toList();
      long right = above.stream().filter(Evaluation.Scored::same).count();
      point(precision, weight, Evaluation.share(right, above.size()));
      point(recall, weight, Evaluation.share(right, of.truePairs()));
    }
    return chart(
        "<polyline class=p points=\"%s\"/><polyline class=r points=\"%s\"/>"
            .formatted(precision, recall),
        "precision",
        "recall");
  }

  private static void point(StringBuilder line, int weight, double share) {
    line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(weight), y(share)));
  }

  private static double x(double weight) {
    return LEFT + (weight - LOW) * (WIDTH - LEFT) / (HIGH - LOW);
  }

  private static double y(double share) {
    return (HEIGHT - BOTTOM) * (1 - share) + 5;
  }

  private String histogram() {
    var same = counts(true);
    var other = counts(false);
    double most = 1;
    for (int i = 0; i < same.length; i++) {
      most = Math.max(most, Math.max(Math.log1p(same[i]), Math.log1p(other[i])));
    }
    var bars = new StringBuilder();
    for (int i = 0; i < same.length; i++) {
      bar(bars, "t", i, 0, Math.log1p(same[i]) / most);
      bar(bars, "f", i, 0.5, Math.log1p(other[i]) / most);
    }
    return chart(bars.toString(), "one customer", "two customers (both logarithmic)");
  }

  private long[] counts(boolean same) {
    var counts = new long[HIGH - LOW + 1];
    for (var pair : of.scored()) {
      if (pair.same() == same) {
        counts[(int) Math.round(Math.max(LOW, Math.min(HIGH, pair.weight()))) - LOW]++;
      }
    }
    return counts;
  }

  private static void bar(StringBuilder bars, String kind, int at, double aside, double share) {
    if (share > 0) {
      double wide = (x(1) - x(0)) / 2;
      bars.append(
          String.format(
              Locale.ROOT,
              "<rect class=%s x=%.1f y=%.1f width=%.1f height=%.1f></rect>",
              kind,
              x(at + LOW + aside - 0.5),
              y(share),
              wide,
              y(0) - y(share)));
    }
  }

  private static String chart(String drawn, String first, String second) {
    var axis = new ArrayList<String>();
    for (int weight = LOW; weight <= HIGH; weight += 10) {
      axis.add(
          String.format(
              Locale.ROOT, "<text x=%.1f y=%d>%d</text>", x(weight) - 8, HEIGHT - 8, weight));
    }
    for (int tenth = 0; tenth <= 10; tenth += 2) {
      axis.add(
          String.format(
              Locale.ROOT, "<text x=8 y=%.1f>%.1f</text>", y(tenth / 10.0) + 4, tenth / 10.0));
    }
    return "<svg viewBox=\"0 0 %d %d\" role=img>".formatted(WIDTH, HEIGHT)
        + "<path class=axis d=\"M%d 5V%.0fH%d\"/>".formatted(LEFT, y(0), WIDTH)
        + drawn
        + String.join("", axis)
        + "<text x=%d y=18 style=\"fill:#0b6e99\">%s</text>".formatted(LEFT + 20, first)
        + "<text x=%d y=34 style=\"fill:#c2410c\">%s</text></svg>".formatted(LEFT + 20, second);
  }

  private static String mistakes(List<Evaluation.Mistake> mistakes) {
    var rows =
        new StringBuilder("<table><tr><th>records</th><th>outcome</th><th class=n>bits</th>");
    rows.append("<th>why</th></tr>");
    for (var mistake : mistakes) {
      var verdict = mistake.verdict();
      rows.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<br>%s</td><td>%s<br>%s</td><td class=n>%.1f</td><td>%s</td></tr>",
              escaped(mistake.a()),
              escaped(mistake.b()),
              verdict.outcome(),
              escaped(verdict.rule()),
              verdict.weight(),
              escaped(EvaluationReport.reasons(verdict.reasons()))));
    }
    return rows.append("</table>").toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
