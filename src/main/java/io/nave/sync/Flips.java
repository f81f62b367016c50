package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.golden.Pin;
import io.nave.sync.CustomerHistory.Version;
import io.nave.sync.Frozen.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * How often an attribute of a golden record went back to a source record that had lost it to
 * another one: what two systems do that correct each other. Records that come in one after the
 * other, as in a first load, flip nothing. What a person pinned ends a row of flips. Pure.
 */
final class Flips {
  private final Map<String, List<Step>> steps = new LinkedHashMap<>();

  private Flips() {}

  /**
   * @param versions of one customer, the oldest first
   */
  static Flips of(List<Version> versions) {
    var flips = new Flips();
    for (int i = 1; i < versions.size(); i++) {
      flips.add(versions.get(i - 1), versions.get(i));
    }
    return flips;
  }

  private void add(Version was, Version now) {
    var changes =
        Difference.ofCustomers(
            was.state().path("customer"),
            was.lineage(),
            now.state().path("customer"),
            now.lineage());
    for (var change : changes) {
      var row = steps.computeIfAbsent(change.attribute(), key -> new ArrayList<>());
      if (row.isEmpty()) {
        add(row, was, change.from(), from(change.fromLineage()));
      }
      add(row, now, change.to(), from(change.to() == null ? null : change.toLineage()));
    }
  }

  private static void add(List<Step> row, Version version, JsonNode value, String from) {
    if (from != null && from.startsWith(Pin.STEWARD + ":")) {
      row.clear();
    }
    boolean moves = row.isEmpty() || from != null && !from.equals(last(row).from());
    if (from != null && moves) {
      row.add(new Step(version.at(), version.number(), from, value));
    }
  }

  private static Step last(List<Step> row) {
    return row.get(row.size() - 1);
  }

  private static String from(JsonNode lineage) {
    if (lineage == null) {
      return null;
    }
    var records = new LinkedHashSet<String>();
    if (lineage.isArray()) {
      lineage.forEach(one -> records.add(record(one)));
    } else {
      records.add(record(lineage));
    }
    return String.join(", ", records);
  }

  private static String record(JsonNode origin) {
    return origin.path("spoke").asText() + ":" + origin.path("recordId").asText();
  }

  /** How often it went back to where it had been before. */
  static int count(List<Step> row) {
    var seen = new HashSet<String>();
    return (int) row.stream().filter(step -> !seen.add(step.from())).count();
  }

  /** The attributes that flipped more than so often, each with its steps, the oldest first. */
  Map<String, List<Step>> moreThan(int most) {
    var found = new LinkedHashMap<String, List<Step>>();
    steps.forEach(
        (attribute, row) -> {
          if (count(row) > most) {
            found.put(attribute, List.copyOf(row));
          }
        });
    return found;
  }

  /** The steps of an attribute, the oldest first. */
  List<Step> of(String attribute) {
    return List.copyOf(steps.getOrDefault(attribute, List.of()));
  }
}
