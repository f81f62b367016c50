package io.nave.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Function;
import com.schibsted.spt.data.jslt.JsltException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that mappings have beyond JSLT's own. Given a null or an empty text they yield
 * null; what they cannot read stops the mapping with a message that does not repeat the value.
 */
final class MappingFunctions {
  private static final Map<String, String> ALPHA3 =
      Stream.of(Locale.getISOCountries())
          .collect(Collectors.toMap(a2 -> a2, a2 -> new Locale("", a2).getISO3Country()));
  private static final Map<String, String> ALPHA2 =
      ALPHA3.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  private static final JsonNode CLEARED = new POJONode("cleared");

  private MappingFunctions() {}

  static List<Function> all() {
    return List.of(
        new Named("epoch-millis", 1, a -> number(LocalTimes.instant(a.get(0), "UTC"))),
        new Named(
            "from-epoch-millis", 1, a -> text(Instant.ofEpochMilli(Long.parseLong(a.get(0))))),
        new Named("country-alpha3", 1, a -> text(ALPHA3.get(upper(a.get(0))))),
        new Named("country-alpha2", 1, a -> text(ALPHA2.get(upper(a.get(0))))),
        new Named("local-time", 3, MappingFunctions::localTime),
        new Named("parse-local-time", 3, a -> text(LocalTimes.parse(a.get(0), a.get(1), a.get(2)))),
        new Named("cleared", 0, a -> CLEARED));
  }

  /** Turns what {@code cleared()} yielded, which JSLT does not leave out, into nulls. */
  static JsonNode withNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().stream()
          .filter(field -> withNulls(field.getValue()) != field.getValue())
          .forEach(field -> field.setValue(NullNode.getInstance()));
    } else if (node instanceof ArrayNode array) {
      array.forEach(MappingFunctions::withNulls);
    }
    return node == CLEARED ? NullNode.getInstance() : node;
  }

  private static JsonNode localTime(List<String> args) {
    return text(
        LocalTimes.format(args.get(0), LocalTimes.instant(args.get(1), args.get(2)), args.get(2)));
  }

  private static JsonNode number(Instant moment) {
    return LongNode.valueOf(moment.toEpochMilli());
  }

  private static JsonNode text(Object value) {
    return value == null ? NullNode.getInstance() : TextNode.valueOf(value.toString());
  }

  private static String upper(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  /** What a function does with its arguments, none of which is empty. */
  private interface Body {
    JsonNode of(List<String> arguments);
  }

  /** An argument that a function cannot read; the message does not repeat it. */
  static final class Unreadable extends JsltException {
    private static final long serialVersionUID = 1L;

    private Unreadable(String message) {
      super(message);
    }
  }

  private record Named(String name, int arguments, Body body) implements Function {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public int getMinArguments() {
      return arguments;
    }

    @Override
    public int getMaxArguments() {
      return arguments;
    }

    @Override
    public JsonNode call(JsonNode input, JsonNode[] args) {
      if (Arrays.stream(args).anyMatch(arg -> arg.isNull() || arg.asText().isBlank())) {
        return NullNode.getInstance();
      }
      try {
        return body.of(Arrays.stream(args).map(JsonNode::asText).toList());
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new Unreadable(name + ": argument cannot be read (expected: " + expected() + ")");
      }
    }

    private String expected() {
      return switch (name) {
        case "epoch-millis" -> "an ISO 8601 time";
        case "from-epoch-millis" -> "a whole number of milliseconds";
        case "local-time" -> "a DateTimeFormatter pattern, an ISO 8601 time and a zone";
        default -> "a DateTimeFormatter pattern, a text that follows it and a zone";
      };
    }
  }
}
