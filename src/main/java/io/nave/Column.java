package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where one value of a mapping comes from: columns, of which several are joined by a blank, or a
 * constant.
 *
 * @param dates how a date is written; null: ISO
 * @param dropInvalid leave a date out that is none, instead of refusing the row
 * @param values what the file's words mean; empty: the words themselves
 * @param dropped counts the dates left out
 */
record Column(
    String target,
    List<String> columns,
    String constant,
    DateFormats dates,
    boolean dropInvalid,
    Map<String, String> values,
    LongAdder dropped) {
  private static final Set<String> CONSTANTS = Set.of("type", "lifecycle");
  private static final Set<String> DATES = Set.of("birthDate", "changedAt");
  private static final Set<String> KEYS =
      Set.of("column", "join", "constant", "format", "invalid", "values");

  /** One column, or several to be joined, as they are. */
  static Column of(String target, List<String> columns) {
    return new Column(target, columns, null, null, false, Map.of(), new LongAdder());
  }

  /** A constant. */
  static Column constant(String target, String value) {
    return new Column(target, List.of(), value, null, false, Map.of(), new LongAdder());
  }

  /** The same, for dates written in one of these ways; what is no date is left out. */
  Column with(DateFormats formats) {
    return new Column(target, columns, constant, formats, true, values, dropped);
  }

  /** The same, with what the file's words mean. */
  Column with(Map<String, String> meanings) {
    return new Column(target, columns, constant, dates, dropInvalid, meanings, dropped);
  }

  /**
   * Reads {@code column} or {@code {column | join | constant, format, invalid: drop, values}}.
   *
   * @param known the columns of the file; empty: not known
   */
  static Column read(String target, JsonNode spec, List<String> known, List<String> mistakes) {
    if (spec.isValueNode()) {
      boolean constant = CONSTANTS.contains(target) && !known.contains(spec.asText());
      return constant
          ? constant(target, spec.asText())
          : checked(of(target, List.of(spec.asText())), known, mistakes);
    }
    spec.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                mistakes.add("%s.%s: unknown (expected: one of %s)".formatted(target, key, KEYS));
              }
            });
    return checked(full(target, spec, mistakes), known, mistakes);
  }

  private static Column full(String target, JsonNode spec, List<String> mistakes) {
    var values = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    spec.path("values").properties().forEach(e -> values.put(e.getKey(), e.getValue().asText()));
    return new Column(
        target,
        spec.has("column") ? List.of(spec.path("column").asText()) : texts(spec.path("join")),
        spec.path("constant").asText(null),
        spec.has("format") ? formats(target, texts(spec.path("format")), mistakes) : null,
        spec.path("invalid").asText("").equals("drop"),
        values,
        new LongAdder());
  }

  /** One text or a list of texts. */
  private static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    if (node.isValueNode()) {
      texts.add(node.asText());
    }
    node.elements().forEachRemaining(each -> texts.add(each.asText()));
    return texts;
  }

  private static DateFormats formats(String target, List<String> patterns, List<String> mistakes) {
    try {
      return DateFormats.of(patterns);
    } catch (IllegalArgumentException wrong) {
      mistakes.add("%s.format: %s (expected: such as yyyy-MM-dd)".formatted(target, patterns));
      return null;
    }
  }

  private static Column checked(Column column, List<String> known, List<String> mistakes) {
    if (column.columns.isEmpty() == (column.constant == null)) {
      mistakes.add(column.target + ": (expected: one of a column, columns to join and a constant)");
    }
    for (var name : column.columns) {
      if (!known.isEmpty() && !known.contains(name)) {
        mistakes.add(
            "%s: no column %s (expected: one of %s)".formatted(column.target, name, known));
      }
    }
    return column;
  }

  /** The value in this row, or null where it is empty. */
  String of(ObjectNode row) {
    var text = constant != null ? constant : text(row);
    if (text.isEmpty()) {
      return null;
    }
    var meant = values.getOrDefault(text, text);
    return DATES.contains(target) ? date(meant) : meant;
  }

  private String text(ObjectNode row) {
    if (columns.size() == 1) {
      return text(row.path(columns.get(0)));
    }
    var joined = new StringBuilder();
    for (var column : columns) {
      var part = text(row.path(column));
      joined.append(joined.isEmpty() || part.isEmpty() ? "" : " ").append(part);
    }
    return joined.toString();
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.asText("").strip();
  }

  private String date(String text) {
    if (dates == null && target.equals("changedAt")) {
      return text;
    }
    var day = (dates == null ? DateFormats.ISO : dates).parse(text);
    if (day == null && dropInvalid) {
      dropped.increment();
      return null;
    }
    if (day == null) {
      throw new IllegalArgumentException(
          "%s: column %s is no date (expected: %s)"
              .formatted(
                  target,
                  String.join(" ", columns),
                  dates == null ? "yyyy-MM-dd" : "the mapping's format"));
    }
    return target.equals("birthDate") ? day.toString() : day + "T00:00:00Z";
  }
}
