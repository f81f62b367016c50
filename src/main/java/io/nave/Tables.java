package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** JSON for people: objects as two columns, lists of objects as tables. */
final class Tables {
  private Tables() {}

  static String of(JsonNode tree) {
    var out = new StringBuilder();
    var plain = new ArrayList<List<String>>();
    tree.properties()
        .forEach(
            e -> {
              if (!e.getValue().isContainerNode()) {
                plain.add(List.of(e.getKey(), text(e.getValue())));
              }
            });
    table(out, plain);
    tree.properties()
        .forEach(
            e -> {
              if (e.getValue().isContainerNode() && !e.getValue().isEmpty()) {
                out.append(out.isEmpty() ? "" : "\n").append(e.getKey()).append('\n');
                table(out, rows(e.getValue()));
              }
            });
    return out.toString().stripTrailing();
  }

  private static List<List<String>> rows(JsonNode node) {
    boolean ofObjects = node.iterator().next().isObject();
    if (!ofObjects) {
      var rows = new ArrayList<List<String>>();
      if (node.isArray()) {
        node.forEach(each -> rows.add(List.of("", text(each))));
      } else {
        node.properties().forEach(e -> rows.add(List.of("", e.getKey(), text(e.getValue()))));
      }
      return rows;
    }
    return records(node);
  }

  private static List<List<String>> records(JsonNode node) {
    var names = new LinkedHashSet<String>();
    node.forEach(each -> each.fieldNames().forEachRemaining(names::add));
    var rows = new ArrayList<List<String>>();
    var header = new ArrayList<String>();
    header.add(" ");
    header.addAll(names);
    rows.add(header);
    if (node.isArray()) {
      node.forEach(each -> rows.add(row("", names, each)));
    } else {
      node.properties().forEach(e -> rows.add(row(e.getKey(), names, e.getValue())));
    }
    return rows;
  }

  private static List<String> row(String first, Iterable<String> names, JsonNode object) {
    var row = new ArrayList<String>();
    row.add(first);
    names.forEach(name -> row.add(text(object.path(name))));
    return row;
  }

  private static String text(JsonNode value) {
    if (value.isIntegralNumber()) {
      return String.format(Locale.ROOT, "%,d", value.asLong());
    }
    if (value.isContainerNode()) {
      return value.toString();
    }
    return value.isNull() || value.isMissingNode() ? "-" : value.asText();
  }

  private static void table(StringBuilder out, List<List<String>> rows) {
    var widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(padded(row.get(i), widths[i])).append("  ");
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static String padded(String text, int width) {
    var space = " ".repeat(width - text.length());
    return text.matches("[-0-9,.]+") ? space + text : text + space;
  }
}
