package io.nave.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that integration engineers edit, and those of the worked example. */
final class ConnectorFiles {
  private static final Path EXAMPLES = Path.of("src/test/resources/connectors");

  private ConnectorFiles() {}

  /** The folders of connectors. */
  static List<Path> connectors() {
    return Stream.of(Path.of("connectors"), EXAMPLES)
        .flatMap(root -> children(root).stream())
        .filter(Files::isDirectory)
        .toList();
  }

  /** The files of connectors whose path ends so. */
  static List<Path> ofConnectors(String ending) {
    return connectors().stream().flatMap(folder -> under(folder, ending).stream()).toList();
  }

  /** The files below a folder whose name ends so; none where there is no folder. */
  static List<Path> under(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var walk = Files.walk(folder)) {
      return walk.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
