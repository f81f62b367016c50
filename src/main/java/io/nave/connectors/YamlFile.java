package io.nave.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML file while it is read into records: collects all its mistakes with their lines. */
final class YamlFile {
  private final Path path;
  private final List<String> mistakes = new ArrayList<>();

  YamlFile(Path path) {
    this.path = path;
  }

  /** The file's mapping; an empty one, and a mistake, where it holds something else. */
  YamlMap root() {
    return new YamlMap(this, compose().orElse(null), "file");
  }

  private Optional<Node> compose() {
    try {
      return new Compose(LoadSettings.builder().build()).composeString(Files.readString(path));
    } catch (MarkedYamlEngineException e) {
      mistake(e.getProblemMark(), e.getProblem() + " (expected: YAML)");
    } catch (YamlEngineException e) {
      mistake(Optional.empty(), "not readable (expected: YAML)");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return Optional.empty();
  }

  void mistake(Optional<Mark> place, String message) {
    mistakes.add(path + place.map(mark -> ":" + (mark.getLine() + 1)).orElse("") + ": " + message);
  }

  /**
   * Ends the reading.
   *
   * @throws IllegalArgumentException with a line for each mistake
   */
  void refuseMistakes() {
    if (!mistakes.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", mistakes));
    }
  }
}
