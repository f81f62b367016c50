package io.nave.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a {@link ConfigFile}. Each accessor takes the value of a key, or notes a mistake
 * and gives the default. Sections and lists that are absent are empty.
 */
public final class ConfigSection {
  private final ConfigFile file;
  private final String path;
  private final MappingNode node;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final TreeSet<String> asked = new TreeSet<>();
  private final List<ConfigSection> children = new ArrayList<>();

  ConfigSection(ConfigFile file, String path, MappingNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
    node.getValue().forEach(this::put);
  }

  private void put(NodeTuple tuple) {
    String key = tuple.getKeyNode() instanceof ScalarNode s ? s.getValue() : "?";
    if (values.put(key, tuple.getValueNode()) != null) {
      file.mistake(tuple.getKeyNode(), path + key + ": given twice (expected: once)");
    }
    keys.put(key, tuple.getKeyNode());
  }

  /** The keys in the order of the file. */
  public List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** Whether the key is there, with or without a value. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Notes a mistake at the key, or at the section where the key is absent. */
  public void mistake(String key, String given, String expected) {
    Node at = values.getOrDefault(key, node);
    file.mistake(at, path + key + ": " + given + " (expected: " + expected + ")");
  }

  /** A text that must be there and not be blank. */
  public String text(String key) {
    String value = text(key, null);
    if (value == null && !values.containsKey(key)) {
      mistake(key, "missing", "a text");
    }
    return value == null ? "" : value;
  }

  /** A text, or the default where the key is absent. */
  public String text(String key, String otherwise) {
    Node value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    mistake(key, shape(value), "a text");
    return otherwise;
  }

  /** A number from {@code min} to {@code max}, or the default where the key is absent. */
  public double number(String key, double otherwise, double min, double max) {
    String text = text(key, null);
    if (text == null) {
      return otherwise;
    }
    Double number = parse(text);
    if (number == null || !(number >= min && number <= max)) {
      mistake(key, text, "a number from " + plain(min) + " to " + plain(max));
      return otherwise;
    }
    return number;
  }

  /** A whole number from {@code min} to {@code max}, or the default where the key is absent. */
  public int count(String key, int otherwise, int min, int max) {
    double number = number(key, otherwise, min, max);
    if (number != Math.rint(number)) {
      mistake(key, text(key), "a whole number from " + min + " to " + max);
      return otherwise;
    }
    return (int) number;
  }

  /** One of the allowed texts, or the default where the key is absent. */
  public String oneOf(String key, Collection<String> allowed, String otherwise) {
    String text = text(key, otherwise);
    if (text != null && !text.equals(otherwise) && !allowed.contains(text)) {
      mistake(key, text, "one of " + String.join(", ", allowed));
      return otherwise;
    }
    return text;
  }

  /** A list of texts; empty where the key is absent. */
  public List<String> texts(String key) {
    return items(key, "a list of texts", this::scalar);
  }

  /** A list of texts, each one of the allowed ones. */
  public List<String> allOf(String key, Collection<String> allowed) {
    return items(key, "a list of texts", n -> known(key, n, allowed));
  }

  /** One of the allowed texts, or a list of them; empty where the key is absent. */
  public List<String> oneOrMore(String key, Collection<String> allowed) {
    if (!(value(key) instanceof ScalarNode)) {
      return allOf(key, allowed);
    }
    String text = text(key, null);
    if (text == null || allowed.contains(text)) {
      return text == null ? List.of() : List.of(text);
    }
    mistake(key, text, "one of " + String.join(", ", allowed));
    return List.of();
  }

  /** A list of sections; empty where the key is absent. */
  public List<ConfigSection> sections(String key) {
    return items(key, "a list of sections", n -> child(key + "[]", n));
  }

  /** The section under the key; empty where it is absent. */
  public ConfigSection section(String key) {
    Node value = value(key);
    ConfigSection child = value == null ? null : child(key, value);
    return child != null ? child : new ConfigSection(file, path + key + ".", empty());
  }

  void refuseUnknownKeys() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        String expected = asked.isEmpty() ? "nothing" : String.join(", ", asked);
        file.mistake(keys.get(key), path + key + ": unknown key (expected: " + expected + ")");
      }
    }
    children.forEach(ConfigSection::refuseUnknownKeys);
  }

  private Node value(String key) {
    asked.add(key);
    Node value = values.get(key);
    return value == null || value.getTag().equals(Tag.NULL) ? null : value;
  }

  private <T> List<T> items(String key, String expected, Function<Node, T> item) {
    Node value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      mistake(key, shape(value), expected);
      return List.of();
    }
    return sequence.getValue().stream().map(item).filter(java.util.Objects::nonNull).toList();
  }

  private String scalar(Node item) {
    if (item instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue().strip();
    }
    file.mistake(item, path + "[]: " + shape(item) + " (expected: a text)");
    return null;
  }

  private String known(String key, Node item, Collection<String> allowed) {
    String text = scalar(item);
    if (text != null && !allowed.contains(text)) {
      String expected = " (expected: one of " + String.join(", ", allowed) + ")";
      file.mistake(item, path + key + ": " + text + expected);
      return null;
    }
    return text;
  }

  private ConfigSection child(String key, Node value) {
    if (!(value instanceof MappingNode mapping)) {
      file.mistake(value, path + key + ": " + shape(value) + " (expected: key: value lines)");
      return null;
    }
    ConfigSection child = new ConfigSection(file, path + key + ".", mapping);
    children.add(child);
    return child;
  }

  private MappingNode empty() {
    return new MappingNode(
        Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), node.getFlowStyle());
  }

  private static String shape(Node value) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue().isBlank() ? "blank" : scalar.getValue();
    }
    return value instanceof SequenceNode ? "a list" : "a section";
  }

  private static Double parse(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
