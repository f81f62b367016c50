package io.nave;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * The figures of {@code nave bench steady}.
 *
 * @param minutes all that count
 * @param before how many were delivered within so many seconds, before the first of them
 * @param after the same at the end
 * @param used CPU in these minutes
 * @param memory the most that was ever resident, in MiB
 */
record BenchSteadyReport(
    double rate,
    List<Minute> minutes,
    Map<Double, Double> before,
    Map<Double, Double> after,
    BenchUsage used,
    long memory) {
  private static final Pattern BUCKET =
      Pattern.compile("nave_delivery_time_seconds_bucket\\{(.*)} (\\S+)");
  private static final Pattern LIMIT = Pattern.compile("\\ble=\"([^\"]+)\"");

  /**
   * A minute.
   *
   * @param heap the least that was in use, in MiB
   * @param waiting the most observations and deliveries that waited
   */
  record Minute(long heap, long waiting) {}

  /** The cumulative buckets of a spoke, from the text of the metrics. */
  static Map<Double, Double> buckets(String metrics, String spoke) {
    var buckets = new TreeMap<Double, Double>();
    for (var line : metrics.lines().toList()) {
      var bucket = BUCKET.matcher(line);
      if (bucket.matches() && bucket.group(1).contains("spoke=\"" + spoke + "\"")) {
        var limit = LIMIT.matcher(bucket.group(1));
        if (limit.find()) {
          var seconds = limit.group(1).equals("+Inf") ? "Infinity" : limit.group(1);
          buckets.merge(Double.valueOf(seconds), Double.valueOf(bucket.group(2)), Double::sum);
        }
      }
    }
    return buckets;
  }

  private TreeMap<Double, Double> within() {
    var within = new TreeMap<Double, Double>();
    after.forEach((limit, count) -> within.put(limit, count - before.getOrDefault(limit, 0.0)));
    return within;
  }

  private double delivered() {
    var within = within();
    return within.isEmpty() ? 0 : within.lastEntry().getValue();
  }

  /** The least limit, in seconds, within which so many of a hundred were delivered. */
  double within(double percent) {
    for (var bucket : within().entrySet()) {
      if (bucket.getValue() >= delivered() * percent / 100) {
        return bucket.getKey();
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private double share(double seconds) {
    return delivered() == 0 ? 0 : within().getOrDefault(seconds, 0.0) / delivered();
  }

  /** The mean of the first third, or of the last. */
  double third(boolean last, ToLongFunction<Minute> of) {
    int third = Math.max(1, minutes.size() / 3);
    var part =
        last ? minutes.subList(minutes.size() - third, minutes.size()) : minutes.subList(0, third);
    return part.stream().mapToLong(of).average().orElse(0);
  }

  String table() {
    var rows = new StringBuilder();
    row(rows, "changes a second", "%,.0f", rate);
    row(rows, "minutes", "%,.0f", minutes.size());
    row(rows, "delivered", "%,.0f", delivered());
    row(rows, "within 1 s", "%.2f %%", share(1) * 100);
    row(rows, "half of them within", "%,.3f s", within(50));
    row(rows, "99 of 100 within", "%,.3f s", within(99));
    row(rows, "least heap, first third", "%,.0f MiB", third(false, Minute::heap));
    row(rows, "least heap, last third", "%,.0f MiB", third(true, Minute::heap));
    row(rows, "most waiting, first third", "%,.0f", third(false, Minute::waiting));
    row(rows, "most waiting, last third", "%,.0f", third(true, Minute::waiting));
    row(rows, "CPU a change, hub", "%,.0f µs", micros(used.hubMicros()));
    row(rows, "CPU a change, PostgreSQL", "%,.0f µs", micros(used.postgresMicros()));
    row(rows, "most memory", "%,.0f MiB", memory);
    return rows.toString().stripTrailing();
  }

  private double micros(long used) {
    return used / (rate * 60 * Math.max(1, minutes.size()));
  }

  private static void row(StringBuilder rows, String what, String format, double value) {
    rows.append(String.format(Locale.ROOT, "%-27s " + format + "%n", what, value));
  }

  String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("perSecond", rate)
        .put("minutes", minutes.size())
        .put("delivered", delivered())
        .put("shareWithinSecond", share(1))
        .put("p50Seconds", within(50))
        .put("p99Seconds", within(99))
        .put("heapMiBFirst", third(false, Minute::heap))
        .put("heapMiBLast", third(true, Minute::heap))
        .put("waitingFirst", third(false, Minute::waiting))
        .put("waitingLast", third(true, Minute::waiting))
        .put("hubMicros", micros(used.hubMicros()))
        .put("postgresMicros", micros(used.postgresMicros()))
        .put("memoryMiB", memory)
        .toString();
  }
}
