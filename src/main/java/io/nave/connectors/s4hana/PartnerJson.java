package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Between OData's verbose JSON and the connector's plain record: no metadata, lists instead of
 * {@code results}, ISO dates and times, and nothing that is initial (empty text, false, null).
 */
final class PartnerJson {
  static final JsonMapper JSON = new JsonMapper();
  private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d+)([+-]\\d+)?\\)/");
  private static final Pattern TIME = Pattern.compile("PT(?:\\d+H)?(?:\\d+M)?(?:\\d+S)?");
  private static final Pattern ISO_DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private PartnerJson() {}

  /** An entity as a plain record. */
  static Map<String, Object> plain(JsonNode entity) {
    Map<String, Object> record = new LinkedHashMap<>();
    entity
        .properties()
        .forEach(
            field -> {
              Object value = value(field.getKey(), field.getValue());
              if (value != null) {
                record.put(field.getKey(), value);
              }
            });
    return record;
  }

  /** When the header was last changed, or created; null where the record does not say. */
  static Instant changedAt(Map<String, Object> record, ZoneId zone) {
    boolean changed = record.containsKey("LastChangeDate");
    Object date = record.get(changed ? "LastChangeDate" : "CreationDate");
    Object time = record.get(changed ? "LastChangeTime" : "CreationTime");
    if (date == null) {
      return null;
    }
    LocalTime at = time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time.toString());
    return LocalDate.parse(date.toString().substring(0, 10)).atTime(at).atZone(zone).toInstant();
  }

  /** The properties of a record as SAP takes them; nested entities stay out. */
  static ObjectNode properties(JsonNode record) {
    ObjectNode properties = JSON.createObjectNode();
    record.properties().stream()
        .filter(field -> field.getValue().isValueNode() && !field.getKey().startsWith("_"))
        .forEach(field -> properties.set(field.getKey(), literal(field.getValue())));
    return properties;
  }

  /** The properties that are to be sent so that {@code held} becomes {@code wanted}. */
  static ObjectNode difference(ObjectNode held, ObjectNode wanted) {
    ObjectNode difference = JSON.createObjectNode();
    wanted
        .properties()
        .forEach(
            field -> {
              if (!field.getValue().equals(held.path(field.getKey()))) {
                difference.set(field.getKey(), field.getValue());
              }
            });
    held.properties().stream()
        .filter(field -> !wanted.has(field.getKey()))
        .forEach(field -> difference.set(field.getKey(), initial(field.getValue())));
    return difference;
  }

  private static JsonNode initial(JsonNode value) {
    if (value.isBoolean()) {
      return JSON.getNodeFactory().booleanNode(false);
    }
    boolean date = DATE.matcher(value.asText()).matches();
    return date ? JSON.nullNode() : TextNode.valueOf("");
  }

  private static JsonNode literal(JsonNode value) {
    if (!value.isTextual() || !ISO_DATE.matcher(value.asText()).matches()) {
      return value;
    }
    Instant start = LocalDate.parse(value.asText()).atStartOfDay(ZoneOffset.UTC).toInstant();
    return TextNode.valueOf("/Date(" + start.toEpochMilli() + ")/");
  }

  private static Object value(String name, JsonNode value) {
    if (name.equals("__metadata") || value.has("__deferred") || name.equals("ETag")) {
      return null;
    }
    if (value.isObject() || value.isArray()) {
      return children(value);
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? Boolean.TRUE : null;
    }
    return value.isNull() || value.asText().isEmpty() ? null : text(value.asText());
  }

  private static List<Map<String, Object>> children(JsonNode value) {
    List<Map<String, Object>> children = new ArrayList<>();
    (value.isArray() ? value : value.path("results")).forEach(child -> children.add(plain(child)));
    return children.isEmpty() ? null : children;
  }

  private static String text(String text) {
    Matcher date = DATE.matcher(text);
    if (date.matches()) {
      Instant at = Instant.ofEpochMilli(Long.parseLong(date.group(1)));
      return date.group(2) == null
          ? at.atZone(ZoneOffset.UTC).toLocalDate().toString()
          : at.toString();
    }
    boolean time = text.length() > 2 && TIME.matcher(text).matches();
    return time ? LocalTime.MIDNIGHT.plus(Duration.parse(text)).toString() : text;
  }
}
