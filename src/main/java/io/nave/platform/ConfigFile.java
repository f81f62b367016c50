package io.nave.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file of rules that is read strictly: every mistake is collected with its line, and all of
 * them are reported together. Keys that nobody asked for are mistakes.
 */
public final class ConfigFile {
  private record Mistake(int line, String message) {}

  private final String name;
  private final List<Mistake> mistakes = new ArrayList<>();

  private ConfigFile(String name) {
    this.name = name;
  }

  /**
   * Reads a file.
   *
   * @param reading turns the root section into what the file means; it may meet mistakes and must
   *     then go on with defaults
   * @throws InvalidConfig when the file has mistakes: all of them
   * @throws UncheckedIOException when it cannot be read
   */
  public static <T> T read(Path file, Function<ConfigSection, T> reading) {
    try {
      return parse(file.toString(), Files.readString(file), reading);
    } catch (IOException e) {
      throw new UncheckedIOException("file: " + file + " (expected: a readable file)", e);
    }
  }

  /** Reads the text of a file called {@code name}; see {@link #read}. */
  public static <T> T parse(String name, String text, Function<ConfigSection, T> reading) {
    ConfigFile file = new ConfigFile(name);
    ConfigSection root = file.root(text);
    T value = root == null ? null : reading.apply(root);
    if (root != null) {
      root.refuseUnknownKeys();
    }
    file.refuseMistakes();
    return value;
  }

  void mistake(Node at, String message) {
    mistakes.add(new Mistake(at.getStartMark().getLine() + 1, message));
  }

  private ConfigSection root(String text) {
    Node node = compose(text);
    if (node instanceof MappingNode mapping) {
      return new ConfigSection(this, "", mapping);
    }
    if (mistakes.isEmpty()) {
      mistakes.add(new Mistake(1, "the file: no keys (expected: key: value lines)"));
    }
    return null;
  }

  private Node compose(String text) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions()))
          .compose(new java.io.StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      mistakes.add(new Mistake(line, "not YAML: " + e.getProblem() + " (expected: valid YAML)"));
      return null;
    }
  }

  private void refuseMistakes() {
    if (mistakes.isEmpty()) {
      return;
    }
    mistakes.sort(Comparator.comparingInt(Mistake::line));
    throw new InvalidConfig(
        mistakes.stream().map(m -> name + ":" + m.line() + ": " + m.message()).distinct().toList());
  }
}
