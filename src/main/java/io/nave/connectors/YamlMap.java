package io.nave.connectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A mapping in a {@link YamlFile}. Every getter notes a mistake instead of throwing. */
final class YamlMap {
  private final YamlFile file;
  private final Optional<Mark> place;
  private final String name;
  private final Map<String, Node> values = new LinkedHashMap<>();

  YamlMap(YamlFile file, Node node, String name) {
    this.file = file;
    this.name = name;
    this.place = node == null ? Optional.empty() : node.getStartMark();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::put);
    } else if (node != null) {
      file.mistake(place, name + ": " + shown(node) + " (expected: keys and values)");
    }
  }

  private void put(NodeTuple tuple) {
    var key = shown(tuple.getKeyNode());
    if (values.put(key, tuple.getValueNode()) != null) {
      file.mistake(tuple.getKeyNode().getStartMark(), key + ": twice (expected: once)");
    }
  }

  /** Notes every key that is not one of these. */
  YamlMap allow(String... keys) {
    var known = Set.of(keys);
    values.forEach(
        (key, node) -> {
          if (!known.contains(key)) {
            mistake(key, "unknown", "one of " + String.join(", ", keys));
          }
        });
    return this;
  }

  Set<String> keys() {
    return values.keySet();
  }

  boolean has(String key) {
    return values.containsKey(key) && !isNull(values.get(key));
  }

  String text(String key, String expected) {
    return text(key, expected, text -> !text.isBlank());
  }

  String text(String key, String expected, Predicate<String> good) {
    return value(key, expected, text -> good.test(text) ? text : null);
  }

  /** The value as {@code read} understands it; a mistake where that is null or throws. */
  <T> T value(String key, String expected, Function<String, T> read) {
    if (!has(key)) {
      mistake(key, "missing", expected);
      return null;
    }
    var value =
        values.get(key) instanceof ScalarNode scalar ? tried(read, scalar.getValue()) : null;
    if (value == null) {
      mistake(key, shown(values.get(key)), expected);
    }
    return value;
  }

  boolean flag(String key) {
    return has(key)
        && Boolean.TRUE.equals(
            value(
                key,
                "true or false",
                text -> "true".equals(text) ? Boolean.TRUE : "false".equals(text) ? false : null));
  }

  /** The texts of a list; a missing key is an empty list. */
  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (Node node : nodes(key)) {
      if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        texts.add(scalar.getValue());
      } else {
        file.mistake(node.getStartMark(), key + ": " + shown(node) + " (expected: a text)");
      }
    }
    return List.copyOf(texts);
  }

  List<YamlMap> maps(String key) {
    return nodes(key).stream().map(node -> new YamlMap(file, node, key)).toList();
  }

  YamlMap map(String key) {
    return new YamlMap(file, has(key) ? values.get(key) : null, key);
  }

  private List<Node> nodes(String key) {
    if (!has(key)) {
      return List.of();
    }
    if (values.get(key) instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    mistake(key, shown(values.get(key)), "a list, such as [a, b]");
    return List.of();
  }

  void mistake(String key, String given, String expected) {
    var node = values.get(key);
    var where = node == null ? place : node.getStartMark();
    var path = "file".equals(name) ? key : name + "." + key;
    file.mistake(where, path + ": " + given + " (expected: " + expected + ")");
  }

  private static <T> T tried(Function<String, T> read, String text) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private static String shown(Node node) {
    return node instanceof ScalarNode scalar
        ? scalar.getValue()
        : node instanceof SequenceNode ? "a list" : "keys and values";
  }
}
