package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where one value of a mapping comes from: a column, or a constant.
 *
 * @param format of a date, as {@link DateTimeFormatter} writes it; null: ISO
 * @param dropInvalid leave a date out that is none, instead of refusing the row
 * @param values what the file's words mean; empty: the words themselves
 */
record Column(
    String target,
    String column,
    String constant,
    DateTimeFormatter format,
    boolean dropInvalid,
    Map<String, String> values) {
  private static final Set<String> CONSTANTS = Set.of("type", "lifecycle");
  private static final Set<String> DATES = Set.of("birthDate", "changedAt");
  private static final Set<String> KEYS =
      Set.of("column", "constant", "format", "invalid", "values");

  /** Reads {@code column} or {@code {column, constant, format, invalid: drop, values}}. */
  static Column read(String target, JsonNode spec, List<String> known, List<String> mistakes) {
    if (spec.isValueNode()) {
      boolean constant = CONSTANTS.contains(target) && !known.contains(spec.asText());
      return checked(
          new Column(
              target,
              constant ? null : spec.asText(),
              constant ? spec.asText() : null,
              null,
              false,
              Map.of()),
          known,
          mistakes);
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
        spec.path("column").asText(null),
        spec.path("constant").asText(null),
        format(target, spec.path("format").asText(null), mistakes),
        spec.path("invalid").asText("").equals("drop"),
        values);
  }

  private static DateTimeFormatter format(String target, String pattern, List<String> mistakes) {
    try {
      return pattern == null ? null : DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    } catch (IllegalArgumentException wrong) {
      mistakes.add("%s.format: %s (expected: such as yyyy-MM-dd)".formatted(target, pattern));
      return null;
    }
  }

  private static Column checked(Column column, List<String> known, List<String> mistakes) {
    if ((column.column == null) == (column.constant == null)) {
      mistakes.add(column.target + ": (expected: either a column or a constant)");
    } else if (column.column != null && !known.isEmpty() && !known.contains(column.column)) {
      mistakes.add(
          "%s: no column %s (expected: one of %s)".formatted(column.target, column.column, known));
    }
    return column;
  }

  /** The value in this row, or null where it is empty. */
  String of(ObjectNode row) {
    var text = constant != null ? constant : text(row.path(column));
    if (text.isEmpty()) {
      return null;
    }
    var meant = values.getOrDefault(text, text);
    return DATES.contains(target) ? date(meant) : meant;
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.asText("").strip();
  }

  private String date(String text) {
    try {
      if (format == null && target.equals("changedAt")) {
        return text;
      }
      var day = LocalDate.parse(text, format == null ? DateTimeFormatter.ISO_LOCAL_DATE : format);
      return target.equals("birthDate")
          ? day.toString()
          : day.atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    } catch (DateTimeParseException wrong) {
      if (dropInvalid) {
        return null;
      }
      throw new IllegalArgumentException(
          "%s: column %s is no date (expected: %s)"
              .formatted(target, column, format == null ? "yyyy-MM-dd" : "the mapping's format"));
    }
  }
}
