package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files in {@code k8s/} name only what exists, and hold no secret. */
class KubernetesFilesTest {
  private static final Path ROOT = Path.of("k8s");
  private static final Path BASE = ROOT.resolve("base");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void everyFileIsYaml() throws IOException {
    assertThat(files())
        .hasSizeGreaterThan(5)
        .allSatisfy(file -> assertThat(read(file)).isNotEmpty());
  }

  @Test
  void everyResourceOfAKustomizationExists() throws IOException {
    for (var file : files()) {
      for (var resource : read(file).path("resources")) {
        assertThat(file.resolveSibling(resource.asText()).normalize()).exists();
      }
    }
  }

  @Test
  void theBaseLeavesNoFileOut() throws IOException {
    var named = new TreeSet<String>();
    base("kustomization").path("resources").forEach(name -> named.add(name.asText()));
    try (var all = Files.list(BASE)) {
      var names = all.map(file -> file.getFileName().toString()).toList();
      assertThat(names).containsExactlyInAnyOrderElementsOf(plus(named, "kustomization.yaml"));
    }
  }

  @Test
  void theAlertRulesAreThoseOfTheMonitoring() throws IOException {
    var rule = read(ROOT.resolve("components/monitoring/prometheusrule.yaml"));
    var alerts = YAML.readTree(Path.of("monitoring", "alerts.yaml").toFile());
    assertThat(rule.at("/spec/groups")).isNotEmpty().isEqualTo(alerts.path("groups"));
  }

  @Test
  void thePodMonitorFindsThePodsAndTheirPort() {
    var monitor = read(ROOT.resolve("components/monitoring/podmonitor.yaml"));
    var labels = base("deployment").at("/spec/template/metadata/labels");
    assertThat(monitor.at("/spec/selector/matchLabels")).isNotEmpty().isEqualTo(labels);
    assertThat(labels.path(monitor.at("/spec/jobLabel").asText()).asText()).isEqualTo("nave");
    assertThat(monitor.at("/spec/podMetricsEndpoints/0/port"))
        .isEqualTo(container().at("/ports/0/name"));
  }

  @Test
  void everySelectorMeetsTheLabelsOfThePods() {
    var labels = base("deployment").at("/spec/template/metadata/labels");
    assertThat(labels).isNotEmpty();
    assertThat(base("deployment").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(base("service").at("/spec/selector")).isEqualTo(labels);
    assertThat(base("poddisruptionbudget").at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(base("networkpolicy").at("/spec/podSelector/matchLabels")).isEqualTo(labels);
  }

  @Test
  void theServiceFindsThePortByItsName() {
    var port = container().at("/ports/0");
    assertThat(base("service").at("/spec/ports/0/targetPort")).isEqualTo(port.path("name"));
    assertThat(base("networkpolicy").at("/spec/ingress/0/ports/0/port"))
        .isEqualTo(port.path("name"));
    assertThat(port.path("containerPort").asInt()).isEqualTo(8080);
  }

  @Test
  void eachProbeAsksWhatTheHubAnswers() {
    for (var probe :
        List.of("started startupProbe", "live livenessProbe", "ready readinessProbe")) {
      var words = probe.split(" ");
      assertThat(container().at("/" + words[1] + "/httpGet/path").asText())
          .isEqualTo("/q/health/" + words[0]);
    }
  }

  @Test
  void podsMayDoNothingButRun() {
    var pod = base("deployment").at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    var own = container().path("securityContext");
    assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @Test
  void theConfigMapIsTheOneThatIsNamed() {
    assertThat(container().findValue("configMapRef").path("name"))
        .isEqualTo(base("configmap").at("/metadata/name"));
    assertThat(base("deployment").at("/spec/template/spec/serviceAccountName"))
        .isEqualTo(base("serviceaccount").at("/metadata/name"));
  }

  @Test
  void everySettingIsOneThatTheDeploymentReads() throws IOException {
    var known = Files.readString(Path.of("config/application.yaml")) + "${NAVE_CONTRIBUTE_ONLY:}";
    for (var name : settings()) {
      assertThat(known).contains("${" + name + ":");
    }
  }

  @Test
  void noSecretIsWrittenDown() throws IOException {
    for (var file : files()) {
      assertThat(read(file).path("kind").asText()).as(file.toString()).isNotEqualTo("Secret");
    }
    assertThat(settings()).noneMatch(name -> name.matches(".*(PASSWORD|SECRET|TOKEN|_KEY).*"));
    for (var variable : container().path("env")) {
      assertThat(variable.has("value")).as(variable.path("name").asText()).isFalse();
    }
  }

  /** The names in every ConfigMap, those of the overlays' patches included. */
  private static Set<String> settings() throws IOException {
    var names = new TreeSet<String>();
    for (var file : files()) {
      var maps = new ArrayList<>(List.of(read(file)));
      for (var patch : read(file).path("patches")) {
        maps.add(YAML.readTree(patch.path("patch").asText()));
      }
      maps.stream()
          .filter(map -> map.path("kind").asText().equals("ConfigMap"))
          .forEach(map -> map.path("data").fieldNames().forEachRemaining(names::add));
    }
    return names;
  }

  private static JsonNode container() {
    return base("deployment").at("/spec/template/spec/containers/0");
  }

  private static JsonNode base(String name) {
    return read(BASE.resolve(name + ".yaml"));
  }

  private static JsonNode read(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException broken) {
      throw new AssertionError(file + ": " + broken.getMessage(), broken);
    }
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static List<String> plus(Set<String> names, String one) {
    var all = new ArrayList<>(names);
    all.add(one);
    return all;
  }
}
