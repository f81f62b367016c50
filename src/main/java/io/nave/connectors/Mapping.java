package io.nave.connectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import com.schibsted.spt.data.jslt.impl.FileSystemResourceResolver;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A JSLT file, compiled once: {@code to-canonical.jslt} or {@code from-canonical.jslt}. It may use
 * the variables {@code $spoke} and {@code $now}, the functions of {@link MappingFunctions}, and
 * import files of its own folder. Safe for use by many threads.
 */
public final class Mapping {
  private static final Pattern QUOTED =
      Pattern.compile("\\(.*\\)|'.*'|\".*\"|\\{.*}|\\[.*]", Pattern.DOTALL);
  private static final Pattern CALL = Pattern.compile("^([a-z][a-z0-9-]*)[(:]");

  private final String file;
  private final List<String> lines;
  private final Expression expression;

  private Mapping(String file, List<String> lines, Expression expression) {
    this.file = file;
    this.lines = lines;
    this.expression = expression;
  }

  /**
   * Compiles a file.
   *
   * @throws MappingFailed naming file, line and column
   * @throws UncheckedIOException where the file cannot be read
   */
  public static Mapping compile(Path file) {
    try {
      var text = Files.readString(file);
      return new Mapping(file.toString(), text.lines().toList(), compile(file, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static Expression compile(Path file, String text) {
    try {
      return new Parser(new StringReader(text))
          .withSource(file.toString())
          .withFunctions(MappingFunctions.all())
          .withResourceResolver(
              new FileSystemResourceResolver(file.toAbsolutePath().getParent().toFile()))
          .compile();
    } catch (JsltException e) {
      throw new MappingFailed(place(file.toString(), e) + e.getMessageWithoutLocation(), e);
    }
  }

  /** Maps one record; empty when the mapping yields null. */
  public Optional<JsonNode> apply(JsonNode record, String spoke, Instant now) {
    return apply(record, spoke, now, "record");
  }

  /**
   * Maps one record; empty when the mapping yields null.
   *
   * @param place what errors call the record, such as {@code record 3 of 10}; no personal data
   * @throws MappingFailed where the mapping stops at the record
   */
  public Optional<JsonNode> apply(JsonNode record, String spoke, Instant now, String place) {
    Map<String, JsonNode> variables =
        Map.of("spoke", TextNode.valueOf(spoke), "now", TextNode.valueOf(now.toString()));
    try {
      var input = record == null ? NullNode.getInstance() : record;
      var result = MappingFunctions.withNulls(expression.apply(variables, input));
      return Optional.ofNullable(result).filter(node -> !node.isNull() && !node.isMissingNode());
    } catch (JsltException e) { // not kept as the cause: its message may carry values
      throw new MappingFailed(place(e) + withoutValues(e) + " (" + place + ")", null);
    } catch (RuntimeException e) {
      throw new MappingFailed(
          file + ": " + e.getClass().getSimpleName() + " (" + place + ")", null);
    }
  }

  /** As {@link #apply}, for mappings that may yield an array: null is none, an object is one. */
  public List<JsonNode> applyToMany(JsonNode record, String spoke, Instant now, String place) {
    var result = apply(record, spoke, now, place);
    if (result.isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<JsonNode>();
    if (result.get().isArray()) {
      result.get().forEach(all::add);
    } else {
      all.add(result.get());
    }
    all.removeIf(JsonNode::isNull);
    return List.copyOf(all);
  }

  private static String place(String file, JsltException e) {
    var in = e.getSource() == null ? file : e.getSource();
    return e.getLine() < 1 ? in + ": " : in + ":" + e.getLine() + ":" + e.getColumn() + ": ";
  }

  /** JSLT does not say where a function failed: then the lines that call the function. */
  private String place(JsltException e) {
    var call = CALL.matcher(e.getMessageWithoutLocation());
    if (e.getLine() > 0 || !call.find()) {
      return place(file, e);
    }
    var callers =
        IntStream.rangeClosed(1, lines.size())
            .filter(line -> lines.get(line - 1).contains(call.group(1) + "("))
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(" or "));
    return callers.isEmpty() ? place(file, e) : file + ":" + callers + ": ";
  }

  private static String withoutValues(JsltException e) {
    var message = e.getMessageWithoutLocation();
    return e instanceof MappingFunctions.Unreadable
        ? message
        : QUOTED.matcher(message).replaceAll("…");
  }

  @Override
  public String toString() {
    return file;
  }
}
