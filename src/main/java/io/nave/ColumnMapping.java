package io.nave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A mapping in YAML: one line per part of the canonical customer, naming the column it is in. */
final class ColumnMapping implements Mapping {
  private static final Pattern TARGETS =
      Pattern.compile(
          "recordId|type|organisation|employer|lifecycle|changedAt|birthDate|gender|language|emails|phones|domains"
              + "|name\\.(prefix|given|middle|family|suffix|full)"
              + "|addresses\\.(type|lines|city|region|postalCode|country)"
              + "|identifiers\\.[A-Za-z0-9_-]+|attributes\\.[A-Za-z0-9_-]+");
  private static final Set<String> LISTS = Set.of("emails", "phones", "domains", "addresses.lines");

  private final Map<String, List<Column>> targets;
  private final Instant changedAt;

  private ColumnMapping(Map<String, List<Column>> targets, Instant changedAt) {
    this.targets = targets;
    this.changedAt = changedAt;
  }

  /** What was recognised of a file, without a file that says so. */
  static ColumnMapping of(Map<String, List<Column>> targets, Instant changedAt) {
    return new ColumnMapping(targets, changedAt);
  }

  @Override
  public Map<String, Long> dropped() {
    var dropped = new TreeMap<String, Long>();
    targets.forEach(
        (target, columns) -> {
          long count = columns.stream().mapToLong(c -> c.dropped().sum()).sum();
          if (count > 0) {
            dropped.put(target, count);
          }
        });
    return dropped;
  }

  static ColumnMapping read(Path file, List<String> columns, Instant changedAt) throws IOException {
    var mistakes = new ArrayList<String>();
    var targets = new LinkedHashMap<String, List<Column>>();
    tree(file)
        .properties()
        .forEach(entry -> targets.put(entry.getKey(), columns(entry, columns, mistakes)));
    if (!targets.containsKey("recordId")) {
      mistakes.add("recordId: missing (expected: the column with the record's id)");
    }
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(
          "mapping " + file + ":\n  " + String.join("\n  ", mistakes));
    }
    return new ColumnMapping(targets, changedAt);
  }

  private static JsonNode tree(Path file) throws IOException {
    try {
      var tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
      return tree == null ? JsonNodeFactory.instance.objectNode() : tree;
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(
          "mapping: %s (expected: YAML): %s".formatted(file, wrong.getOriginalMessage()), wrong);
    }
  }

  private static List<Column> columns(
      Map.Entry<String, JsonNode> entry, List<String> known, List<String> mistakes) {
    var target = entry.getKey();
    if (!TARGETS.matcher(target).matches()) {
      mistakes.add(target + ": unknown (expected: " + TARGETS.pattern().replace("\\.", ".") + ")");
      return List.of();
    }
    boolean several = entry.getValue().isArray();
    if (several && !LISTS.contains(target)) {
      mistakes.add(target + ": a list (expected: one column)");
    }
    var columns = new ArrayList<Column>();
    for (var spec : several ? entry.getValue() : List.of(entry.getValue())) {
      columns.add(Column.read(target, spec, known, mistakes));
    }
    return columns;
  }

  @Override
  public List<ObjectNode> observations(ObjectNode row) {
    var observation = JsonNodeFactory.instance.objectNode();
    observation.put("recordId", first("recordId", row));
    if (!observation.hasNonNull("recordId")) {
      throw new IllegalArgumentException("recordId: empty (expected: the record's id)");
    }
    observation.put("kind", "snapshot");
    var changed = first("changedAt", row);
    observation.put("changedAt", changed == null ? changedAt.toString() : changed);
    observation.set("customer", customer(row));
    return List.of(observation);
  }

  private String first(String target, ObjectNode row) {
    for (var column : targets.getOrDefault(target, List.of())) {
      var value = column.of(row);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private ObjectNode customer(ObjectNode row) {
    var customer = JsonNodeFactory.instance.objectNode();
    customer.put("type", "person");
    for (var target : targets.entrySet()) {
      for (var column : target.getValue()) {
        var value = column.of(row);
        if (value != null) {
          set(customer, target.getKey(), value);
          if (!LISTS.contains(target.getKey())) {
            break;
          }
        }
      }
    }
    return customer;
  }

  private static void set(ObjectNode customer, String target, String value) {
    int dot = target.indexOf('.');
    var part = dot < 0 ? target : target.substring(0, dot);
    var name = target.substring(dot + 1);
    switch (part) {
      case "recordId", "changedAt" -> {}
      case "organisation" ->
          customer.put("type", "organisation").putObject("name").put("full", value);
      case "employer" ->
          customer
              .withArray("/memberships")
              .addObject()
              .putObject("organisation")
              .put("name", value);
      case "emails", "phones" -> customer.withArray("/" + part).addObject().put("value", value);
      case "domains" -> customer.withArray("/domains").add(value);
      case "identifiers" ->
          customer.withArray("/identifiers").addObject().put("type", name).put("value", value);
      case "addresses" -> address(customer, name, value);
      case "name", "attributes" -> customer.withObject("/" + part).put(name, value);
      default -> customer.put(part, value);
    }
  }

  private static void address(ObjectNode customer, String name, String value) {
    var addresses = customer.withArray("/addresses");
    var address = addresses.isEmpty() ? addresses.addObject() : (ObjectNode) addresses.get(0);
    if (name.equals("lines")) {
      address.withArray("/lines").add(value);
    } else {
      address.put(name, value);
    }
  }
}
