package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which fields of a vendor's record differ from what they should be. Pure. */
final class Drift {
  private Drift() {}

  /** Their names, inner ones after a dot; a list counts as a whole. */
  static List<String> fields(JsonNode wanted, JsonNode held) {
    var fields = new ArrayList<String>();
    compare("", wanted, held, fields);
    return fields;
  }

  private static void compare(String at, JsonNode wanted, JsonNode held, List<String> fields) {
    if (wanted.equals(held)) {
      return;
    }
    if (!wanted.isObject() || held == null || !held.isObject()) {
      fields.add(at.isEmpty() ? "record" : at);
      return;
    }
    var names = new TreeSet<String>();
    wanted.fieldNames().forEachRemaining(names::add);
    held.fieldNames().forEachRemaining(names::add);
    for (var name : names) {
      compare(at.isEmpty() ? name : at + "." + name, wanted.path(name), held.path(name), fields);
    }
  }
}
