package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.demo.OptOuts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The figures of {@code nave bench optout}. */
final class BenchOptOutReport {
  private static final String ROW = "%-12s %-11s %9s %9s %9s %9s%n";
  private final long backlog;
  private final Map<String, Phase> phases = new LinkedHashMap<>();

  private record Phase(
      List<OptOuts.Seen> seen, BenchStages stages, BenchConfirmed confirmed, long waiting) {
    Figures confirmedFrom(String from) {
      return Figures.of(confirmed.of(from), Map.of(from, confirmed.openOf(from)));
    }
  }

  /** Milliseconds; {@code missed}: how many were not seen in time, which are in no other figure. */
  private record Figures(int seen, double p50, double p99, double most, long missed) {
    static Figures of(List<OptOuts.Seen> all, Predicate<OptOuts.Seen> wanted) {
      var some = all.stream().filter(wanted).toList();
      var held = some.stream().filter(s -> s.millis() >= 0).mapToDouble(OptOuts.Seen::millis);
      var millis = held.toArray();
      return new Figures(
          millis.length,
          BenchReconcile.percentile(millis, 50),
          BenchReconcile.percentile(millis, 99),
          BenchReconcile.percentile(millis, 100),
          some.size() - millis.length);
    }

    static Figures of(double[] millis, Map<String, Integer> open) {
      return new Figures(
          millis.length,
          BenchReconcile.percentile(millis, 50),
          BenchReconcile.percentile(millis, 99),
          BenchReconcile.percentile(millis, 100),
          open.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  BenchOptOutReport(long backlog) {
    this.backlog = backlog;
  }

  /**
   * @param stages where the time went
   * @param confirmed when the hub had read it back everywhere
   * @param waiting how many observations or deliveries waited at the beginning
   */
  void add(
      String phase,
      List<OptOuts.Seen> seen,
      BenchStages stages,
      BenchConfirmed confirmed,
      long waiting) {
    phases.put(phase, new Phase(seen, stages, confirmed, waiting));
  }

  String table() {
    var rows = new StringBuilder();
    line(rows, "opt-outs", "from", "seen", "p50 ms", "p99 ms", "most ms");
    phases.forEach(
        (name, phase) -> {
          row(rows, name, "all", Figures.of(phase.seen, seen -> true));
          row(rows, "", "confirmed", Figures.of(phase.confirmed.all(), phase.confirmed.open()));
          for (var from : OptOuts.DOORS) {
            row(rows, "", from, Figures.of(phase.seen, seen -> seen.from().equals(from)));
            rows.append("             ")
                .append(phase.stages.of(from))
                .append(System.lineSeparator());
            row(rows, "", "confirmed", phase.confirmedFrom(from));
          }
          if (phase.waiting > 0) {
            rows.append(
                String.format(Locale.ROOT, "  %,d waited at the beginning%n", phase.waiting));
          }
        });
    return rows.toString().stripTrailing();
  }

  private static void row(StringBuilder rows, String phase, String from, Figures figures) {
    line(
        rows,
        phase,
        from,
        Integer.toString(figures.seen),
        whole(figures.p50),
        whole(figures.p99),
        whole(figures.most) + (figures.missed > 0 ? " missed " + figures.missed : ""));
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static void line(StringBuilder rows, Object... cells) {
    rows.append(String.format(Locale.ROOT, ROW, cells));
  }

  String json() {
    var json = JsonNodeFactory.instance.objectNode().put("backlog", backlog);
    phases.forEach(
        (name, phase) -> {
          var node = json.putObject(name).put("waiting", phase.waiting);
          put(node, Figures.of(phase.seen, seen -> true));
          put(
              node.putObject("confirmed"),
              Figures.of(phase.confirmed.all(), phase.confirmed.open()));
          for (var from : OptOuts.DOORS) {
            var door = node.putObject(from);
            put(door, Figures.of(phase.seen, seen -> seen.from().equals(from)));
            put(door.putObject("confirmed"), phase.confirmedFrom(from));
          }
        });
    return json.toString();
  }

  private static void put(ObjectNode node, Figures figures) {
    node.put("seen", figures.seen).put("p50Millis", figures.p50).put("p99Millis", figures.p99);
    node.put("mostMillis", figures.most).put("missed", figures.missed);
  }
}
