package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The figures of {@code nave bench match}: one measurement, or two. */
record BenchMatchReport(List<Measured> all) {

  /**
   * One measurement. Memory in MiB.
   *
   * @param customers that existed before
   */
  record Measured(long customers, BenchLoad.Burst burst, Times times, long heap, long memory) {
    double hubMicros() {
      return (double) burst.used().hubMicros() / burst.count();
    }

    double postgresMicros() {
      return (double) burst.used().postgresMicros() / burst.count();
    }
  }

  /** Seconds that the hub's threads spent reconciling, and at what. */
  record Times(double all, double locking, double candidates, double scoring, double database) {
    static Times of(BenchHub hub) throws InterruptedException {
      return new Times(
          seconds(hub, "batch"),
          seconds(hub, "locking"),
          seconds(hub, "candidates"),
          seconds(hub, "scoring"),
          seconds(hub, "database"));
    }

    private static double seconds(BenchHub hub, String what) throws InterruptedException {
      return hub.metric("nave_reconcile_" + what + "_seconds_sum");
    }

    Times since(Times earlier) {
      return new Times(
          all - earlier.all,
          locking - earlier.locking,
          candidates - earlier.candidates,
          scoring - earlier.scoring,
          database - earlier.database);
    }

    double rest() {
      return all - locking - candidates - scoring - database;
    }

    double percent(double seconds) {
      return all == 0 ? 0 : 100 * seconds / all;
    }
  }

  /** What the second measurement reached of the first one's rate. */
  double ratio() {
    return all.get(all.size() - 1).burst.perSecond() / all.get(0).burst.perSecond();
  }

  String table() {
    var rows = new StringBuilder();
    row(rows, "customers", "%,.0f", Measured::customers);
    row(rows, "observations", "%,.0f", one -> one.burst.count());
    row(rows, "observations/s", "%,.0f", one -> one.burst.perSecond());
    row(rows, "CPU of the hub with Kafka", "%,.0f µs", Measured::hubMicros);
    row(rows, "CPU of PostgreSQL", "%,.0f µs", Measured::postgresMicros);
    row(rows, "heap used, at most", "%,.0f MiB", Measured::heap);
    row(rows, "memory resident", "%,.0f MiB", Measured::memory);
    share(rows, "time in waiting for turns", Times::locking);
    share(rows, "time in candidates", Times::candidates);
    share(rows, "time in scoring", Times::scoring);
    share(rows, "time in the database", Times::database);
    share(rows, "rest", Times::rest);
    if (all.size() > 1) {
      rows.append(String.format(Locale.ROOT, "%-28s%15.0f %%", "rate kept", 100 * ratio()));
    }
    return rows.toString().stripTrailing();
  }

  private void share(StringBuilder rows, String name, ToDoubleFunction<Times> seconds) {
    row(rows, name, "%,.0f %%", one -> one.times.percent(seconds.applyAsDouble(one.times)));
  }

  private void row(
      StringBuilder rows, String name, String format, ToDoubleFunction<Measured> value) {
    rows.append(String.format(Locale.ROOT, "%-28s", name));
    for (var one : all) {
      var text = String.format(Locale.ROOT, format, value.applyAsDouble(one));
      rows.append(String.format(Locale.ROOT, "%17s", text));
    }
    rows.append('\n');
  }

  String json() {
    var root = JsonNodeFactory.instance.objectNode();
    var measured = root.putArray("measured");
    all.stream().map(BenchMatchReport::json).forEach(measured::add);
    if (all.size() > 1) {
      root.put("ratio", Math.round(ratio() * 100) / 100.0);
    }
    return root.toString();
  }

  private static ObjectNode json(Measured one) {
    Function<Double, Long> percent = seconds -> Math.round(one.times.percent(seconds));
    return JsonNodeFactory.instance
        .objectNode()
        .put("customers", one.customers)
        .put("observations", one.burst.count())
        .put("observationsPerSecond", Math.round(one.burst.perSecond()))
        .put("hubCpuMicros", Math.round(one.hubMicros()))
        .put("postgresCpuMicros", Math.round(one.postgresMicros()))
        .put("peakHeapMiB", one.heap)
        .put("memoryMiB", one.memory)
        .put("lockingPercent", percent.apply(one.times.locking))
        .put("candidatesPercent", percent.apply(one.times.candidates))
        .put("scoringPercent", percent.apply(one.times.scoring))
        .put("databasePercent", percent.apply(one.times.database))
        .put("restPercent", percent.apply(one.times.rest()));
  }
}
