package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Locale;

/** The figures of {@code nave bench reconcile}. Memory in MiB. */
record BenchReport(
    BenchLoad.Burst burst,
    BenchLoad.Latency latency,
    BenchLoad.Burst bare,
    long peakHeap,
    long peakMemory) {

  private double hubMicros() {
    return (double) burst.used().hubMicros() / burst.count();
  }

  private double postgresMicros() {
    return (double) burst.used().postgresMicros() / burst.count();
  }

  private double barePostgresMicros() {
    return (double) bare.used().postgresMicros() / bare.count();
  }

  private double ratio() {
    return burst.perSecond() / bare.perSecond();
  }

  String table() {
    var rows = new StringBuilder();
    row(rows, "observations", "%,d", burst.count());
    row(rows, "observations/s", "%,.0f", burst.perSecond());
    row(rows, "CPU of the hub with Kafka", "%,.0f µs an observation", hubMicros());
    row(rows, "CPU of PostgreSQL", "%,.0f µs an observation", postgresMicros());
    row(rows, "heap used, at most", "%,d MiB", peakHeap);
    row(rows, "memory resident, at most", "%,d MiB", peakMemory);
    row(rows, "accepted to committed, p50", "%,.1f ms", latency.p50());
    row(rows, "accepted to committed, p99", "%,.1f ms", latency.p99());
    row(rows, "  at a steady", "%,.0f observations/s", latency.perSecond());
    row(rows, "bare database, changes/s", "%,.0f", bare.perSecond());
    row(rows, "  CPU of PostgreSQL", "%,.0f µs a change", barePostgresMicros());
    row(rows, "hub / bare database", "%.2f", ratio());
    return rows.toString().stripTrailing();
  }

  private static void row(StringBuilder rows, String name, String format, Object value) {
    rows.append(String.format(Locale.ROOT, "%-28s", name))
        .append(String.format(Locale.ROOT, format, value))
        .append('\n');
  }

  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("observations", burst.count())
        .put("observationsPerSecond", Math.round(burst.perSecond()))
        .put("hubCpuMicros", Math.round(hubMicros()))
        .put("postgresCpuMicros", Math.round(postgresMicros()))
        .put("peakHeapMiB", peakHeap)
        .put("peakMemoryMiB", peakMemory)
        .put("p50Millis", latency.p50())
        .put("p99Millis", latency.p99())
        .put("latencyPerSecond", Math.round(latency.perSecond()))
        .put("barePerSecond", Math.round(bare.perSecond()))
        .put("barePostgresCpuMicros", Math.round(barePostgresMicros()))
        .put("ratio", Math.round(ratio() * 100) / 100.0)
        .toString();
  }
}
