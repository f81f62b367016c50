package io.nave.connectors;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The house rules for files that integration engineers edit. No application is started. */
class ConnectorsTest {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\??([a-zA-Z][\\w-]*)(?::[^}]*)?}}");
  private static final Pattern SETTING =
      Pattern.compile("bean:spokes\\?method=get\\('\\{\\{spoke}}',\\s*'([^']+)'\\)");

  static List<Path> connectors() {
    return ConnectorFiles.connectors();
  }

  static List<Path> kamelets() {
    return ConnectorFiles.ofConnectors(".kamelet.yaml");
  }

  static List<Path> hubRoutes() {
    return ConnectorFiles.under(Path.of("routes/hub"), ".camel.yaml");
  }

  static List<Path> spokeRoutes() {
    return ConnectorFiles.under(Path.of("routes/spokes"), ".camel.yaml");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("connectors")
  void connectorHasAllItsFiles(Path folder) {
    var system = folder.getFileName().toString();
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("README.md"));
    for (String file :
        List.of(
            "connector.yaml",
            system + "-source.kamelet.yaml",
            system + "-sink.kamelet.yaml",
            "to-canonical.jslt",
            "from-canonical.jslt")) {
      assertThat(folder.resolve(file)).isRegularFile();
    }
    assertThat(ConnectorFiles.under(folder.resolve("samples"), ".json")).isNotEmpty();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("connectors")
  void connectorYamlIsValidAndMappingsCompile(Path folder) {
    ConnectorDescriptor.load(folder.resolve("connector.yaml"));
    Mapping.compile(folder.resolve("to-canonical.jslt"));
    Mapping.compile(folder.resolve("from-canonical.jslt"));
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("connectors")
  void kameletsReadOnlySettingsThatConnectorYamlDeclares(Path folder) throws IOException {
    var declared = ConnectorDescriptor.load(folder.resolve("connector.yaml")).settings().keySet();
    for (Path file : ConnectorFiles.under(folder, ".kamelet.yaml")) {
      assertThat(groups(SETTING, file)).as("settings in %s", file).isSubsetOf(declared);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kamelets")
  void kameletIsNamedAfterItsFileItsSystemAndItsDirection(Path file) throws IOException {
    var name = (String) at(file, "metadata", "name");
    assertThat(file.getFileName()).hasToString(name + ".kamelet.yaml");
    assertThat(name).startsWith(file.getParent().getFileName() + "-");
    assertThat(name)
        .endsWith("-" + at(file, "metadata", "labels", "camel.apache.org/kamelet.type"));
    assertThat((String) at(file, "spec", "definition", "title")).isNotBlank();
    assertThat((String) at(file, "spec", "definition", "description")).endsWith(".");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kamelets")
  void everyDeclaredPropertyIsUsedAndEveryUsedOneIsDeclared(Path file) throws IOException {
    var declared =
        at(file, "spec", "definition", "properties") instanceof Map<?, ?> properties
            ? properties.keySet()
            : Set.of();
    assertThat(groups(PLACEHOLDER, file)).as("properties in %s", file).isEqualTo(declared);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("kamelets")
  void kameletIsConnectedAtItsOpenEnd(Path file) throws IOException {
    var source = file.getFileName().toString().endsWith("-source.kamelet.yaml");
    assertThat(Files.readString(file)).contains(source ? "kamelet:sink" : "kamelet:source");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("hubRoutes")
  void hubRouteIsNamedAfterItsFileAndSaysWhatItDoes(Path file) throws IOException {
    var elements = (List<?>) yaml(file);
    assertThat(elements).as("elements of %s", file).hasSize(1);
    var element = (Map<?, ?>) elements.get(0);
    assertThat(element.keySet().toString())
        .isIn("[route]", "[routeTemplate]", "[routeConfiguration]");
    var route = (Map<?, ?>) element.values().iterator().next();
    assertThat(file.getFileName()).hasToString(route.get("id") + ".camel.yaml");
    assertThat((String) route.get("description")).endsWith(".").hasSizeLessThan(120);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("spokeRoutes")
  void spokeFileHoldsTheSpokesWayInAndItsWayOut(Path file) throws IOException {
    var spoke = file.getFileName().toString().replace(".camel.yaml", "");
    var ids =
        ((List<?>) yaml(file))
            .stream()
                .map(element -> (Map<?, ?>) ((Map<?, ?>) element).get("route"))
                .map(route -> route == null ? "no route" : String.valueOf(route.get("id")))
                .toList();
    assertThat(ids).as("routes of %s", file).containsExactly(spoke + "-in", spoke + "-out");
  }

  private static Set<String> groups(Pattern pattern, Path file) throws IOException {
    return pattern.matcher(Files.readString(file)).results().map(r -> r.group(1)).collect(toSet());
  }

  private static Object yaml(Path file) throws IOException {
    return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
  }

  private static Object at(Path file, String... keys) throws IOException {
    Object node = yaml(file);
    for (String key : keys) {
      node = node instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return node;
  }
}
