package io.nave.console;

import static io.nave.console.Numbers.at;

import io.nave.console.Samples.Sample;
import io.nave.sync.HubStatus.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Observations and deliveries per second over the last minutes, as SVG paths in a box of {@value
 * #WIDTH} by {@value #HEIGHT}.
 *
 * @param top the rate at the upper edge, for people
 */
public record Chart(String in, String out, String top, String middle) {
  static final int WIDTH = 600;
  static final int HEIGHT = 120;
  private static final Duration STEP = Duration.ofSeconds(3);

  private record Point(double x, double rate) {}

  static Chart of(List<Sample> samples) {
    var in = points(samples, status -> status.observations().reconciled());
    var out = points(samples, Samples::delivered);
    double top = round(Math.max(highest(in), highest(out)));
    return new Chart(path(in, top), path(out, top), Numbers.rate(top), Numbers.rate(top / 2));
  }

  private static List<Point> points(List<Sample> samples, ToLongFunction<Status> count) {
    var points = new ArrayList<Point>();
    if (samples.size() < 2) {
      return points;
    }
    var end = samples.get(samples.size() - 1).at();
    var from = samples.get(0);
    for (var to : samples) {
      if (step(to) != step(from)) {
        points.add(new Point(x(to.at(), end), Samples.rate(from, to, count)));
        from = to;
      }
    }
    return points;
  }

  /** On a grid of time, so that a point drawn once keeps its height. */
  private static long step(Sample sample) {
    return sample.at().getEpochSecond() / STEP.toSeconds();
  }

  private static double x(Instant at, Instant end) {
    double age = Duration.between(at, end).toMillis();
    return WIDTH * (1 - age / Samples.WINDOW.toMillis());
  }

  private static double highest(List<Point> points) {
    return points.stream().mapToDouble(Point::rate).max().orElse(0);
  }

  /** The next of 1, 2, 5, 10, 20, 50, …, so that the scale is calm and its labels short. */
  private static double round(double rate) {
    if (rate <= 1) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(rate)));
    for (double step : new double[] {1, 2, 5}) {
      if (rate <= step * power) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** The surface below the observations. */
  public String surface() {
    return in.isEmpty()
        ? ""
        : in + "V" + (HEIGHT - 2) + "H" + in.substring(1, in.indexOf(' ')) + "Z";
  }

  private static String path(List<Point> points, double top) {
    var path = new StringBuilder();
    for (var point : points) {
      path.append(path.isEmpty() ? "M" : "L")
          .append(at(point.x()))
          .append(' ')
          .append(at(HEIGHT - point.rate() / top * (HEIGHT - 4) - 2));
    }
    return path.toString();
  }
}
