package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.console.TimelineView.Band;
import io.nave.console.TimelineView.Key;
import io.nave.console.TimelineView.Segment;
import io.nave.console.TimelineView.Tick;
import io.nave.golden.Pin;
import io.nave.sync.CustomerHistory.Version;
import io.nave.sync.Difference;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Draws the attributes of a customer as bands over its versions. A longer time between two versions
 * is drawn wider, but not in proportion: each version has room. Pure.
 */
final class DrawTimeline {
  private static final int COLOURS = 6;
  private static final int LEAST_WIDTH = 1040;
  private static final int ROOM = 76;
  private static final DateTimeFormatter DAY = format("d MMM uuuu");
  private static final DateTimeFormatter TIME = format("HH:mm:ss");

  private final List<Version> versions;
  private final List<Double> x = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();

  /**
   * @param versions at least one, oldest first
   */
  DrawTimeline(List<Version> versions, Instant now) {
    this.versions = versions;
    place(now);
    colours();
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  int width() {
    return Math.max(LEAST_WIDTH, ROOM * versions.size());
  }

  List<Key> keys() {
    return keys;
  }

  // -- places and colours

  private void place(Instant now) {
    var weights = new ArrayList<Double>();
    for (int i = 0; i < versions.size(); i++) {
      var end = i + 1 < versions.size() ? versions.get(i + 1).at() : now;
      long seconds = Math.max(0, Duration.between(versions.get(i).at(), end).toSeconds());
      weights.add(1 + Math.log10(1.0 + seconds) / 4);
    }
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double at = 0;
    for (double weight : weights) {
      x.add(at);
      at += weight / sum * width();
    }
    x.add((double) width());
  }

  private void colours() {
    var spokes = new TreeSet<String>();
    versions.forEach(v -> v.lineage().forEach(line -> spokes.add(Values.text(line, "spoke"))));
    boolean steward = spokes.remove(Pin.STEWARD);
    spokes.forEach(spoke -> keys.add(new Key(spoke, "b" + keys.size() % COLOURS)));
    if (steward) {
      keys.add(new Key(Pin.STEWARD, "bs"));
    }
  }

  private String colour(String spoke) {
    return keys.stream()
        .filter(key -> key.spoke().equals(spoke))
        .map(Key::colour)
        .findFirst()
        .orElse("");
  }

  // -- the axis

  List<Tick> ticks() {
    var ticks = new ArrayList<Tick>();
    String day = null;
    for (int i = 0; i < versions.size(); i++) {
      var at = versions.get(i).at();
      var label = DAY.format(at).equals(day) ? TIME.format(at) : DAY.format(at);
      day = DAY.format(at);
      var version = Long.toString(versions.get(i).number());
      ticks.add(new Tick(version, Numbers.at(x.get(i)), label, Moment.of(at, at).exact()));
    }
    return ticks;
  }

  // -- the bands

  List<Band> bands() {
    var customers = versions.stream().map(v -> v.state().path("customer")).toList();
    return ShowCustomer.attributes(customers).stream().map(this::band).toList();
  }

  private Band band(String attribute) {
    var segments = new ArrayList<Segment>();
    for (int from = 0; from < versions.size(); ) {
      int to = from + 1;
      while (to < versions.size() && isSame(attribute, versions.get(from), versions.get(to))) {
        to++;
      }
      var value = value(attribute, versions.get(from));
      if (!Values.of(attribute, value).isEmpty()) {
        segments.add(segment(attribute, from, to));
      }
      from = to;
    }
    var words = segments.stream().map(Segment::title).collect(Collectors.joining("; "));
    return new Band(attribute, segments, words);
  }

  private static JsonNode value(String attribute, Version version) {
    return ShowCustomer.at(version.state().path("customer"), attribute);
  }

  private static boolean isSame(String attribute, Version one, Version other) {
    return value(attribute, one).equals(value(attribute, other))
        && origin(attribute, one).equals(origin(attribute, other));
  }

  /** The spoke of the value, of a list that of its first element; empty where it is not known. */
  private static String origin(String attribute, Version version) {
    var lineage = Difference.lineage(version.lineage(), attribute);
    if (lineage == null) {
      return "";
    }
    return Values.text(lineage.isArray() ? lineage.get(0) : lineage, "spoke");
  }

  private Segment segment(String attribute, int from, int to) {
    var version = versions.get(from);
    var values = Values.of(attribute, value(attribute, version));
    var spoke = origin(attribute, version);
    var more = values.size() > 1 ? " +" + (values.size() - 1) : "";
    var all = values.stream().map(Value::text).collect(Collectors.joining(", "));
    var title = all + " (" + spoke + ", " + DAY.format(version.at()) + ")";
    return new Segment(
        Numbers.at(x.get(from)),
        Numbers.at(Math.max(2, x.get(to) - x.get(from) - 2)),
        colour(spoke),
        values.get(0).text() + more,
        title);
  }
}
