package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Looks through a JSON tree: how large and deep it is, and whether the database can hold it. Text
 * with NUL characters or broken surrogates, and numbers that are none, it cannot.
 */
final class Wellformed {
  private static final int DEEPEST = 100;
  private long size;
  private boolean deep;
  private boolean clean = true;

  private Wellformed() {}

  static Wellformed look(JsonNode node) {
    Wellformed look = new Wellformed();
    look.visit(node, 0);
    return look;
  }

  /** About how many bytes the tree takes as JSON: never more than it does. */
  long size() {
    return size;
  }

  boolean isTooDeep() {
    return deep;
  }

  boolean isClean() {
    return clean;
  }

  private void visit(JsonNode node, int depth) {
    deep |= depth > DEEPEST;
    switch (node.getNodeType()) {
      case OBJECT -> visitObject(node, depth);
      case ARRAY -> visitArray(node, depth);
      case STRING -> text(node.textValue());
      case NUMBER -> number(node);
      case BOOLEAN, NULL -> size += 4;
      default -> clean = false;
    }
  }

  private void visitObject(JsonNode node, int depth) {
    size += 2;
    if (!deep) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        size++;
        text(field.getKey());
        visit(field.getValue(), depth + 1);
      }
    }
  }

  private void visitArray(JsonNode node, int depth) {
    size += 2;
    for (int i = 0; i < node.size() && !deep; i++) {
      visit(node.get(i), depth + 1);
    }
  }

  private void number(JsonNode node) {
    size++;
    clean &= !node.isDouble() && !node.isFloat() || Double.isFinite(node.doubleValue());
  }

  private void text(String text) {
    size += text.length() + 2L;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      clean &= c != 0 && !Character.isSurrogate(c);
    }
  }

  /** The same tree without NUL characters, with U+FFFD for broken surrogates. */
  static JsonNode cleaned(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> cleanedObject(node);
      case ARRAY -> cleanedArray(node);
      case NUMBER ->
          !node.isDouble() && !node.isFloat() || Double.isFinite(node.doubleValue())
              ? node
              : JsonNodeFactory.instance.nullNode();
      case BOOLEAN, NULL -> node;
      default -> JsonNodeFactory.instance.textNode(cleaned(node.asText()));
    };
  }

  private static ObjectNode cleanedObject(JsonNode node) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(one -> object.set(cleaned(one.getKey()), cleaned(one.getValue())));
    return object;
  }

  private static ArrayNode cleanedArray(JsonNode node) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
    node.forEach(one -> array.add(cleaned(one)));
    return array;
  }

  private static String cleaned(String text) {
    StringBuilder cleaned = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c != 0)
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(cleaned::appendCodePoint);
    return cleaned.toString();
  }
}
