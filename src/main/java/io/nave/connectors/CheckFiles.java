package io.nave.connectors;

import io.nave.consent.Purposes;
import io.nave.golden.SurvivorshipConfig;
import io.nave.identity.MatchingConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/** Looks through what engineers edit, without starting anything. */
public final class CheckFiles {
  private final List<String> mistakes = new ArrayList<>();

  private CheckFiles() {}

  /**
   * What is wrong in {@code config/}, {@code connectors/} and {@code routes/}; nothing: all well.
   */
  public static List<String> mistakes(Path root) {
    var check = new CheckFiles();
    check.rules(root.resolve("config"));
    check.connectors(root.resolve("connectors"));
    check.routes(root);
    return check.mistakes;
  }

  private void rules(Path config) {
    look(() -> MatchingConfig.read(config.resolve("matching.yaml")));
    look(() -> SurvivorshipConfig.read(config.resolve("survivorship.yaml")));
    look(() -> Purposes.read(config.resolve("purposes.yaml")));
  }

  private void connectors(Path folder) {
    ConfiguredSpokes.files(folder, "connector.yaml")
        .forEach(file -> look(() -> ConnectorDescriptor.load(file)));
    ConfiguredSpokes.files(folder, "-canonical.jslt")
        .forEach(file -> look(() -> Mapping.compile(file)));
  }

  private void routes(Path root) {
    CamelContext camel = new DefaultCamelContext();
    var files =
        new ArrayList<>(ConfiguredSpokes.files(root.resolve("connectors"), ".kamelet.yaml"));
    files.addAll(ConfiguredSpokes.files(root.resolve("routes"), ".camel.yaml"));
    for (var file : files) {
      look(() -> load(camel, file));
    }
  }

  private static void load(CamelContext camel, Path file) {
    try {
      var resource = PluginHelper.getResourceLoader(camel).resolveResource("file:" + file);
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    } catch (Exception wrong) {
      throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  private void look(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException wrong) {
      wrong.getMessage().lines().forEach(mistakes::add);
    }
  }
}
