package io.nave.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.StewardAnswer;
import io.nave.sync.StewardAnswer.Mistake;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The fields of one JSON object of a request. Every mistake is noted with its place; what is read
 * in spite of one is null. A field that nobody asks for is a mistake.
 */
final class Fields {
  private static final int LONGEST = 2000;
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final JsonNode node;
  private final int index;
  private final String pointer;
  private final List<Mistake> mistakes;
  private final Set<String> asked = new HashSet<>();

  Fields(JsonNode node, int index) {
    this(node, index, "", new ArrayList<>());
  }

  private Fields(JsonNode node, int index, String pointer, List<Mistake> mistakes) {
    this.node = node;
    this.index = index;
    this.pointer = pointer;
    this.mistakes = mistakes;
    if (!node.isObject()) {
      mistake("", kind(node), "an object");
    }
  }

  /**
   * Reads a body.
   *
   * @throws JsonProcessingException where it is no JSON
   */
  static JsonNode read(InputStream body) throws IOException {
    var node = JSON.readTree(body);
    return node == null ? MissingNode.getInstance() : node;
  }

  List<Mistake> mistakes() {
    for (var names = node.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      if (!asked.contains(name)) {
        mistake("/" + name, "unknown field", String.join(", ", asked.stream().sorted().toList()));
      }
    }
    return mistakes;
  }

  StewardAnswer.Refused refused() {
    return new StewardAnswer.Refused(mistakes());
  }

  /** Adds a mistake that somebody else found. */
  void mistake(String at, String given, String expected) {
    var place = pointer + at;
    var words = place + ": " + given + " (expected: " + expected + ")";
    mistakes.add(new Mistake(index, place, words, List.of()));
  }

  private JsonNode at(String name) {
    asked.add(name);
    return node.path(name);
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode()
        ? "missing"
        : node.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
  }

  boolean has(String name) {
    return !at(name).isMissingNode();
  }

  /** Null, and a mistake, where it is missing or no text. */
  String text(String name) {
    var value = at(name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      mistake("/" + name, kind(value), "a text");
      return null;
    }
    if (value.textValue().length() > LONGEST) {
      mistake("/" + name, "too long", "at most " + LONGEST + " characters");
    }
    return value.textValue();
  }

  /** Null where it is missing or null. */
  String optionalText(String name) {
    var value = at(name);
    return value.isMissingNode() || value.isNull() ? null : text(name);
  }

  /** Any object or list; null where it is missing or null. */
  JsonNode optionalJson(String name) {
    var value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isContainerNode()) {
      mistake("/" + name, kind(value), "an object or a list");
    }
    return value;
  }

  boolean yesOrNo(String name) {
    var value = at(name);
    if (!value.isBoolean()) {
      mistake("/" + name, kind(value), "true or false");
    }
    return value.asBoolean();
  }

  boolean optionalYes(String name) {
    return !at(name).isMissingNode() && yesOrNo(name);
  }

  double number(String name, double otherwise) {
    var value = at(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      mistake("/" + name, kind(value), "a number");
    }
    return value.asDouble();
  }

  UUID id(String name) {
    var text = text(name);
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException wrong) {
      mistake("/" + name, "no customer id", "a UUID");
      return null;
    }
  }

  SourceKey record(String name) {
    return record(at(name), "/" + name);
  }

  private SourceKey record(JsonNode value, String at) {
    var inner = new Fields(value, index, pointer + at, mistakes);
    if (!value.isObject()) {
      return null;
    }
    var key = new SourceKey(inner.text("spoke"), inner.text("recordId"));
    inner.mistakes();
    return key;
  }

  /** One record under its name, or a list of them. */
  List<SourceKey> records(String one, String many) {
    if (has(one)) {
      var key = record(one);
      return key == null ? List.of() : List.of(key);
    }
    var list = at(many);
    if (!list.isArray() || list.isEmpty()) {
      mistake("/" + many, list.isArray() ? "empty" : kind(list), "a list of records");
      return List.of();
    }
    var keys = new ArrayList<SourceKey>();
    for (int i = 0; i < list.size(); i++) {
      keys.add(record(list.get(i), "/" + many + "/" + i));
    }
    return keys;
  }
}
