package io.nave.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run.
 *
 * @param calmMillis from the last change and misfortune until all was done; -1: never
 * @param checks by name, what is broken of it; nothing where it holds
 */
public record Report(
    long seed,
    long seconds,
    double rate,
    int people,
    Map<String, Integer> changes,
    List<Struck> struck,
    String hooks,
    long calmMillis,
    Map<String, Long> counters,
    Map<String, List<String>> checks) {
  private static final int SHOWN = 20;

  /**
   * A misfortune as it came about, in milliseconds after the beginning.
   *
   * @param recoveredAfter from its end until the hub was in step again; -1: not before the next one
   *     of its kind ended
   */
  public record Struck(String what, long from, long to, long recoveredAfter) {}

  public Report {
    changes = new TreeMap<>(changes);
    struck = List.copyOf(struck);
  }

  /** Whether all holds. */
  public boolean isClean() {
    return checks.values().stream().allMatch(List::isEmpty);
  }

  /**
   * How long after each misfortune the hub was in step again, in milliseconds, the shortest first;
   * where others struck and ended before it was, after the last of those.
   */
  List<Long> recoveries() {
    return struck.stream()
        .filter(one -> one.recoveredAfter() >= 0)
        .map(one -> one.to() + one.recoveredAfter())
        .map(inStep -> inStep - lastEnd(inStep))
        .sorted()
        .toList();
  }

  private long lastEnd(long until) {
    return struck.stream().mapToLong(Struck::to).filter(to -> to <= until).max().orElseThrow();
  }

  /** The value that this share of them does not exceed. */
  private static long share(List<Long> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** For people. */
  public String text() {
    var text = new StringBuilder(2000);
    line(text, "seed %d, %d s, %.0f changes/s, %d people", seed, seconds, rate, people);
    line(text, "changes: %s", changes);
    line(text, "%-42s %8s %8s %12s", "misfortune", "from", "to", "in step after");
    for (var one : struck) {
      line(
          text,
          "  %-40s %7.1fs %7.1fs %12s",
          one.what(),
          one.from() / 1000.0,
          one.to() / 1000.0,
          one.recoveredAfter() < 0 ? "-" : "%.1fs".formatted(one.recoveredAfter() / 1000.0));
    }
    var recoveries = recoveries();
    if (!recoveries.isEmpty()) {
      line(
          text,
          "in step after the last that struck: median %.1fs, ninth of ten %.1fs, at most %.1fs",
          share(recoveries, 0.5) / 1000.0,
          share(recoveries, 0.9) / 1000.0,
          share(recoveries, 1) / 1000.0);
    }
    line(text, "webhooks: %s", hooks);
    line(text, "counters: %s", counters);
    line(
        text,
        calmMillis < 0 ? "never at rest" : "at rest %.1f s after the last of it",
        calmMillis / 1000.0);
    checks.forEach((name, broken) -> check(text, name, broken));
    line(text, isClean() ? "CLEAN: everything holds" : "BROKEN: see above");
    return text.toString();
  }

  private static void check(StringBuilder text, String name, List<String> broken) {
    line(text, "%s  %s", broken.isEmpty() ? "ok    " : "BROKEN", name);
    broken.stream().limit(SHOWN).forEach(one -> line(text, "          %s", one));
    if (broken.size() > SHOWN) {
      line(text, "          and %d more", broken.size() - SHOWN);
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** For programs. */
  public ObjectNode json() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("seed", seed).put("seconds", seconds).put("rate", rate).put("people", people);
    json.put("clean", isClean()).put("calmMillis", calmMillis);
    json.set("changes", Http.JSON.valueToTree(changes));
    json.set("misfortunes", Http.JSON.valueToTree(struck));
    json.set("recoveries", Http.JSON.valueToTree(recoveries()));
    json.set("counters", Http.JSON.valueToTree(counters));
    json.set("checks", Http.JSON.valueToTree(checks));
    return json;
  }
}
