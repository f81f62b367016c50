package io.nave.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From the act to the last system that confirmed it, over all customers: a histogram in a box of
 * {@value #WIDTH} by {@value #HEIGHT}, and percentiles.
 *
 * @param n how many acts
 */
public record KnownChart(String n, String p50, String p95, String p99, List<Bar> bars) {
  static final int WIDTH = 600;
  static final int HEIGHT = 140;
  private static final int FLOOR = HEIGHT - 24;
  private static final List<Duration> EDGES =
      List.of(
          Duration.ofMillis(250),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1));

  /**
   * One bar.
   *
   * @param label up to how long
   * @param middle where the label stands
   */
  public record Bar(
      String label, String n, String x, String y, String width, String height, String middle) {}

  public boolean isEmpty() {
    return n.equals("0");
  }

  static KnownChart of(List<Duration> times) {
    var sorted = times.stream().sorted().toList();
    var counts = new int[EDGES.size() + 1];
    sorted.forEach(time -> counts[bucket(time)]++);
    int most = 1;
    for (int count : counts) {
      most = Math.max(most, count);
    }
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < counts.length; i++) {
      bars.add(bar(i, counts[i], most));
    }
    return new KnownChart(
        Numbers.whole(sorted.size()),
        percentile(sorted, 50),
        percentile(sorted, 95),
        percentile(sorted, 99),
        bars);
  }

  private static int bucket(Duration time) {
    int at = 0;
    while (at < EDGES.size() && time.compareTo(EDGES.get(at)) > 0) {
      at++;
    }
    return at;
  }

  private static Bar bar(int i, int count, int most) {
    double step = (double) WIDTH / (EDGES.size() + 1);
    double height = count == 0 ? 0 : Math.max(2, (FLOOR - 18.0) * count / most);
    var label =
        i < EDGES.size() ? "≤ " + words(EDGES.get(i)) : "> " + words(EDGES.get(EDGES.size() - 1));
    return new Bar(
        label,
        Numbers.whole(count),
        Numbers.at(i * step + 4),
        Numbers.at(FLOOR - height),
        Numbers.at(step - 8),
        Numbers.at(height),
        Numbers.at((i + 0.5) * step));
  }

  private static String percentile(List<Duration> sorted, int percent) {
    if (sorted.isEmpty()) {
      return "–";
    }
    int at = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
    return words(sorted.get(Math.max(0, at)));
  }

  /** Such as 250 ms, 1.4 s, 3 min. */
  static String words(Duration time) {
    long millis = time.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      var text = String.format(Locale.ROOT, "%.1f", millis / 1000.0);
      return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " s";
    }
    long minutes = time.toMinutes();
    return minutes < 60 ? minutes + " min" : time.toHours() + " h";
  }
}
