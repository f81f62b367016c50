package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/**
 * The figures of {@code nave bench consent}, with the goals beside them.
 *
 * @param single milliseconds of decisions at 200 a second
 * @param bulk milliseconds of calls with 10,000 decisions each
 * @param past milliseconds of decisions as of a past time
 * @param sealedPerSecond entries that the sealer chained
 * @param verified seconds that verifying the ledger took
 */
record BenchConsentReport(
    double[] single, double[] bulk, double[] past, double sealedPerSecond, double verified) {

  String table() {
    var rows = new StringBuilder();
    row(rows, "a decision at 200 a second, p50", "%.1f ms", p(single, 50), "");
    row(rows, "  p99", "%.1f ms", p(single, 99), "5 ms");
    row(rows, "10,000 decisions in one call, median", "%,.0f ms", p(bulk, 50), "");
    row(rows, "  the slowest of five", "%,.0f ms", p(bulk, 100), "2,000 ms");
    row(rows, "a decision as of a past day, p50", "%.1f ms", p(past, 50), "");
    row(rows, "  p99", "%.1f ms", p(past, 99), "50 ms");
    row(rows, "entries chained a second", "%,.0f", sealedPerSecond, "");
    row(rows, "the ledger verified in", "%.1f s", verified, "60 s");
    return rows.toString().stripTrailing();
  }

  private static double p(double[] values, int percent) {
    return BenchReconcile.percentile(values, percent);
  }

  private static void row(
      StringBuilder rows, String name, String format, double value, String goal) {
    var figure = String.format(Locale.ROOT, format, value);
    var wanted = goal.isEmpty() ? "" : "  (goal " + goal + ")";
    rows.append(String.format(Locale.ROOT, "%-40s%12s%s%n", name, figure, wanted));
  }

  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("decisionP50Millis", p(single, 50))
        .put("decisionP99Millis", p(single, 99))
        .put("bulkP50Millis", p(bulk, 50))
        .put("bulkMostMillis", p(bulk, 100))
        .put("asOfP50Millis", p(past, 50))
        .put("asOfP99Millis", p(past, 99))
        .put("sealedPerSecond", Math.round(sealedPerSecond))
        .put("verifySeconds", verified)
        .toString();
  }
}
