package io.nave;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes observations of a row. */
interface Mapping {

  /**
   * The observations of a row, without {@code spoke}; empty where the row is not ours.
   *
   * @throws IllegalArgumentException with a message for people where the row cannot be understood
   */
  List<ObjectNode> observations(ObjectNode row);

  /** How many values were left out, because they are none, by the part of the customer. */
  default Map<String, Long> dropped() {
    return Map.of();
  }

  /**
   * Reads a mapping: JSLT by its file name, else YAML.
   *
   * @param columns of the file to be mapped, to find wrong names early; empty when unknown
   * @param changedAt the time of rows that have none of their own
   * @throws IllegalArgumentException that names every mistake of the mapping
   */
  static Mapping read(Path file, List<String> columns, Instant changedAt) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "mapping: %s (expected: a readable .yaml or .jslt file)".formatted(file));
    }
    return file.toString().endsWith(".jslt")
        ? jslt(file, changedAt)
        : ColumnMapping.read(file, columns, changedAt);
  }

  /**
   * The mapping that somebody typed, or what is recognised of the file, which is told.
   *
   * @param typed null where there is none
   * @param hidden columns that recognition leaves out
   */
  static Mapping of(Path typed, Path file, Rows.Format format, Set<String> hidden, PrintWriter out)
      throws IOException {
    var changedAt = Files.getLastModifiedTime(file).toInstant();
    if (typed != null) {
      try (var rows = Rows.open(file, format)) {
        return read(NaveMain.typed(typed), rows.columns(), changedAt);
      }
    }
    var recognised = Recognised.of(file, format, hidden);
    out.println("columns of " + file.getFileName() + ":");
    recognised.lines().forEach(out::println);
    out.flush();
    return recognised.mapping(changedAt);
  }

  /** Tells how many values were left out because they are none. */
  static void tellDropped(Mapping mapping, PrintWriter out) {
    mapping.dropped().forEach((part, n) -> out.printf("left out    %,d times no %s%n", n, part));
  }

  private static Mapping jslt(Path file, Instant changedAt) throws IOException {
    try {
      var expression = Parser.compileString(Files.readString(file));
      return row -> completed(objects(expression.apply(row)), changedAt);
    } catch (JsltException wrong) {
      throw new IllegalArgumentException(
          "mapping: %s (expected: JSLT): %s".formatted(file, wrong.getMessage()), wrong);
    }
  }

  private static List<ObjectNode> objects(JsonNode result) {
    var objects = new ArrayList<ObjectNode>();
    if (result instanceof ObjectNode one) {
      objects.add(one);
    } else if (result.isArray()) {
      result.forEach(each -> objects.addAll(objects(each)));
    } else if (!result.isNull()) {
      throw new IllegalArgumentException(
          "mapping yields %s (expected: an observation, a list or null)"
              .formatted(result.getNodeType()));
    }
    return objects;
  }

  private static List<ObjectNode> completed(List<ObjectNode> observations, Instant changedAt) {
    for (var observation : observations) {
      if (!observation.hasNonNull("kind")) {
        observation.put("kind", "snapshot");
      }
      if (!observation.hasNonNull("changedAt")) {
        observation.put("changedAt", changedAt.toString());
      }
    }
    return observations;
  }
}
