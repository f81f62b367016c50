package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A JSON Schema compiled for speed, and to say what is wrong in words people understand. Knows the
 * keywords that {@code observation.schema.json} uses and refuses a schema with any other; a test
 * holds it against a complete validator.
 */
final class Shape {
  private static final int MOST_REFUSALS = 20;
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$id",
          "$defs",
          "$ref",
          "title",
          "description",
          "type",
          "enum",
          "properties",
          "additionalProperties",
          "required",
          "items",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties");

  private final Set<Kind> kinds;
  private final Set<String> values;
  private final Set<String> required;
  private final Map<String, Shape> properties;
  private final Shape items;
  private final Text text;
  private final int maxItems;
  private final int maxProperties;

  /** The kinds of JSON values, in the words of messages. */
  enum Kind {
    OBJECT("an object"),
    ARRAY("a list"),
    STRING("a text"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    static Kind of(JsonNode node) {
      return switch (node.getNodeType()) {
        case OBJECT -> OBJECT;
        case ARRAY -> ARRAY;
        case NUMBER -> NUMBER;
        case BOOLEAN -> BOOLEAN;
        case NULL, MISSING -> NULL;
        default -> STRING;
      };
    }
  }

  private record Text(int min, int max, Pattern pattern, String format) {}

  /**
   * @throws IllegalArgumentException for a schema with keywords this class does not know
   */
  static Shape of(JsonNode schema) {
    return new Shape(schema, schema);
  }

  private Shape(JsonNode given, JsonNode root) {
    JsonNode schema = given.has("$ref") ? root.at(given.get("$ref").asText().substring(1)) : given;
    schema.fieldNames().forEachRemaining(Shape::requireKnown);
    values = values(schema.get("enum"));
    kinds = kinds(schema);
    required = values(schema.path("required"));
    properties = properties(schema.path("properties"), root);
    items = schema.has("items") ? new Shape(schema.get("items"), root) : null;
    text = text(schema);
    maxItems = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    maxProperties = schema.path("maxProperties").asInt(Integer.MAX_VALUE);
  }

  private static void requireKnown(String keyword) {
    if (!KEYWORDS.contains(keyword)) {
      throw new IllegalArgumentException(
          "schema keyword: " + keyword + " (expected: one of " + KEYWORDS + ")");
    }
  }

  private static Set<String> values(JsonNode list) {
    Set<String> values = new LinkedHashSet<>();
    if (list != null) {
      list.forEach(
          one -> {
            if (one.isTextual()) {
              values.add(one.asText());
            }
          });
    }
    return values;
  }

  private static Set<Kind> kinds(JsonNode schema) {
    JsonNode type = schema.path("type");
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    type.forEach(one -> kinds.add(kind(one)));
    schema.path("enum").forEach(one -> kinds.add(Kind.of(one)));
    if (type.isTextual()) {
      kinds.add(kind(type));
    }
    return kinds.isEmpty() ? EnumSet.allOf(Kind.class) : kinds;
  }

  private static Kind kind(JsonNode name) {
    return Kind.valueOf(name.asText().toUpperCase(Locale.ROOT));
  }

  private static Map<String, Shape> properties(JsonNode schema, JsonNode root) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    schema.properties().forEach(one -> shapes.put(one.getKey(), new Shape(one.getValue(), root)));
    return shapes;
  }

  private static Text text(JsonNode schema) {
    String pattern = schema.path("pattern").asText(null);
    return new Text(
        schema.path("minLength").asInt(0),
        schema.path("maxLength").asInt(Integer.MAX_VALUE),
        pattern == null ? null : Pattern.compile(pattern),
        schema.path("format").asText(""));
  }

  /** Adds what is wrong with the node to the refusals; the first twenty are enough. */
  void check(JsonNode node, Place place, List<Refusal> refusals) {
    Kind kind = Kind.of(node);
    if (!kinds.contains(kind)) {
      refuse(place, kind == Kind.STRING ? "a text" : given(node, kind), expected(), refusals);
      return;
    }
    switch (kind) {
      case OBJECT -> checkObject(node, place, refusals);
      case ARRAY -> checkList(node, place, refusals);
      case STRING -> checkText(node.asText(), place, refusals);
      default -> {}
    }
  }

  private void checkObject(JsonNode node, Place place, List<Refusal> refusals) {
    for (String name : required) {
      if (!node.has(name)) {
        refuse(place.field(name), "missing", properties.get(name).expected(), refusals);
      }
    }
    if (node.size() > maxProperties) {
      refuse(place, node.size() + " fields", "at most " + maxProperties, refusals);
    }
    if (!properties.isEmpty()) {
      checkFields(node, place, refusals);
    }
  }

  private void checkFields(JsonNode node, Place place, List<Refusal> refusals) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      Shape shape = properties.get(field.getKey());
      if (shape != null) {
        shape.check(field.getValue(), place.field(field.getKey()), refusals);
      } else {
        String known = "one of " + String.join(", ", properties.keySet());
        refuse(place.field(field.getKey()), "unknown field", known, refusals);
      }
    }
  }

  private void checkList(JsonNode node, Place place, List<Refusal> refusals) {
    if (node.size() > maxItems) {
      refuse(place, node.size() + " entries", "at most " + maxItems, refusals);
    }
    for (int i = 0; items != null && i < node.size() && refusals.size() < MOST_REFUSALS; i++) {
      items.check(node.get(i), place.item(i), refusals);
    }
  }

  private void checkText(String given, Place place, List<Refusal> refusals) {
    int length = given.length() > text.max ? given.codePointCount(0, given.length()) : 0;
    if (length > text.max || given.length() < text.min) {
      refuse(place, "a text of " + given.length() + " characters", expected(), refusals);
    } else if (!isOneOfMine(given)) {
      refuse(place, quoted(given), expected(), refusals);
    }
  }

  private boolean isOneOfMine(String given) {
    return switch (text.format) {
      case "date" -> IsoTime.readDate(given) != null;
      case "date-time" -> IsoTime.read(given) != null;
      default ->
          (values.isEmpty() || values.contains(given))
              && (text.pattern == null || text.pattern.matcher(given).find());
    };
  }

  private static String quoted(String given) {
    return given.length() > 40 ? "a text of " + given.length() + " characters" : '"' + given + '"';
  }

  private static String given(JsonNode node, Kind kind) {
    return kind == Kind.BOOLEAN ? node.asText() : kind.words;
  }

  private String expected() {
    if (!values.isEmpty()) {
      return "one of " + String.join(", ", values);
    }
    return switch (text.format) {
      case "date" -> "an ISO date such as 1980-02-03";
      case "date-time" -> "a time with an offset such as 2026-01-02T03:04:05Z";
      default -> kinds.contains(Kind.STRING) ? expectedText() : kinds.iterator().next().words;
    };
  }

  private String expectedText() {
    String limits = "a text of " + Math.max(text.min, 1) + " to " + text.max + " characters";
    return text.pattern == null ? limits : limits + " like " + text.pattern.pattern();
  }

  private static void refuse(Place place, String given, String expected, List<Refusal> refusals) {
    if (refusals.size() < MOST_REFUSALS) {
      String pointer = place.pointer();
      String where = pointer.isEmpty() ? "observation" : pointer;
      refusals.add(new Refusal(pointer, where + ": " + given + " (expected: " + expected + ")"));
    }
  }
}
