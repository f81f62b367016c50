package io.nave.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** How two JSON values differ, a line a place. Numbers are equal when their values are. */
final class JsonDiff {
  private final List<String> lines = new ArrayList<>();

  private JsonDiff() {}

  /** The differences; empty where there are none. */
  static List<String> between(JsonNode expected, JsonNode actual) {
    var diff = new JsonDiff();
    diff.compare("", expected, actual);
    return diff.lines;
  }

  private void compare(String place, JsonNode expected, JsonNode actual) {
    if (expected.isObject() && actual.isObject()) {
      compareFields(place, expected, actual);
    } else if (expected.isArray() && actual.isArray()) {
      for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
        compare(place + "/" + i, at(expected.get(i)), at(actual.get(i)));
      }
    } else if (!same(expected, actual)) {
      lines.add(
          (place.isEmpty() ? "/" : place)
              + ": "
              + shown(actual)
              + " (expected: "
              + shown(expected)
              + ")");
    }
  }

  private void compareFields(String place, JsonNode expected, JsonNode actual) {
    var names = new LinkedHashSet<String>();
    expected.fieldNames().forEachRemaining(names::add);
    actual.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      compare(place + "/" + name, at(expected.get(name)), at(actual.get(name)));
    }
  }

  private static boolean same(JsonNode expected, JsonNode actual) {
    return expected.isNumber() && actual.isNumber()
        ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
        : expected.equals(actual);
  }

  private static JsonNode at(JsonNode node) {
    return node == null ? MissingNode.getInstance() : node;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
