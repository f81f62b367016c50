package io.nave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files in {@code monitoring/} have the form that Prometheus and Grafana expect. */
class MonitoringFilesTest {
  private static final Path ALERTS = Path.of("monitoring", "alerts.yaml");
  private static final Path DASHBOARD = Path.of("monitoring", "grafana-dashboard.json");
  private static final Path PAGE = Path.of("docs", "operations.md");
  private static final Set<String> RULE = Set.of("alert", "expr", "for", "labels", "annotations");
  private static final Set<String> PANELS = Set.of("row", "timeseries", "stat");
  private static final Pattern NOT_NAMES =
      Pattern.compile("\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|\\b(by|on|without|ignoring) *\\([^)]*\\)");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.])[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]| *\\()");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** The names of the metrics in an expression of PromQL. */
  static Set<String> metrics(String expression) {
    var names = new TreeSet<String>();
    NAME.matcher(NOT_NAMES.matcher(expression).replaceAll(" "))
        .results()
        .map(found -> found.group())
        .filter(name -> !WORDS.contains(name))
        .forEach(names::add);
    return names;
  }

  /** All expressions of the rules and of the dashboard. */
  static List<String> expressions() throws IOException {
    var expressions = new ArrayList<String>();
    rules().forEach(rule -> expressions.add(rule.path("expr").asText()));
    panels()
        .forEach(
            panel ->
                panel
                    .path("targets")
                    .forEach(target -> expressions.add(target.path("expr").asText())));
    return expressions;
  }

  private static List<JsonNode> rules() throws IOException {
    var file = new ObjectMapper(new YAMLFactory()).readTree(ALERTS.toFile());
    assertThat(names(file)).containsExactly("groups");
    var rules = new ArrayList<JsonNode>();
    for (var group : file.path("groups")) {
      assertThat(names(group)).containsExactlyInAnyOrder("name", "rules");
      assertThat(group.path("name").isTextual()).isTrue();
      group.path("rules").forEach(rules::add);
    }
    return rules;
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(DASHBOARD.toFile());
  }

  private static List<JsonNode> panels() throws IOException {
    var panels = new ArrayList<JsonNode>();
    dashboard().path("panels").forEach(panels::add);
    return panels;
  }

  private static List<String> names(JsonNode node) {
    var names = new ArrayList<String>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void metricsAreFoundInExpressions() {
    assertThat(
            metrics(
                "max by (spoke) (rate(a_total{x=~\"b|c\"}[5m])) > 1e3 unless on (spoke) d:e == 1"))
        .containsExactly("a_total", "d:e");
    assertThat(metrics("histogram_quantile(0.99, sum by (le) (rate(a_bucket[$__rate_interval])))"))
        .containsExactly("a_bucket");
    assertThat(metrics("absent(up{job=\"nave\"} == 1)")).containsExactly("up");
  }

  @Test
  void everyRuleIsOneThatPrometheusTakes() throws IOException {
    assertThat(rules()).hasSize(12);
    var known = new HashSet<String>();
    for (var rule : rules()) {
      var name = rule.path("alert").asText();
      assertThat(name)
          .matches("Nave[A-Za-z]+")
          .satisfies(one -> assertThat(known.add(one)).isTrue());
      assertThat(RULE).as(name).containsAll(names(rule));
      assertThat(rule.path("expr").isTextual()).as(name).isTrue();
      assertThat(metrics(rule.path("expr").asText())).as(name).isNotEmpty();
      assertThat(rule.path("for").asText()).as(name).matches("[0-9]+[smh]");
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning");
      for (var text : List.of("summary", "description", "runbook_url")) {
        assertThat(rule.path("annotations").path(text).asText()).as(name + text).isNotBlank();
      }
    }
  }

  @Test
  void everyAlertHasItsPlaceInTheRunbook() throws IOException {
    var anchors =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("#"))
            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(java.util.Locale.ROOT))
            .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
            .map(anchor -> "docs/operations.md#" + anchor)
            .collect(Collectors.toSet());
    for (var rule : rules()) {
      assertThat(anchors).contains(rule.at("/annotations/runbook_url").asText());
    }
  }

  @Test
  void theDashboardIsOneThatGrafanaTakes() throws IOException {
    var dashboard = dashboard();
    assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(41);
    assertThat(dashboard.path("title").isTextual()).isTrue();
    assertThat(dashboard.path("uid").asText()).matches("[a-zA-Z0-9_-]{1,40}");
    assertThat(dashboard.at("/time/from").asText()).startsWith("now-");
    var ids = new HashSet<Integer>();
    for (var panel : panels()) {
      var title = panel.path("title").asText();
      assertThat(title).isNotBlank();
      assertThat(PANELS).as(title).contains(panel.path("type").asText());
      assertThat(panel.path("id").isInt()).as(title).isTrue();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      var place = panel.path("gridPos");
      assertThat(Stream.of("x", "y", "w", "h").allMatch(side -> place.path(side).isInt()))
          .as(title)
          .isTrue();
      assertThat(place.path("x").asInt() + place.path("w").asInt()).as(title).isBetween(1, 24);
    }
    assertThat(rowTitles()).containsExactly("Flow", "Spokes", "Consent", "People", "JVM");
  }

  private static List<String> rowTitles() throws IOException {
    return panels().stream()
        .filter(panel -> panel.path("type").asText().equals("row"))
        .map(panel -> panel.path("title").asText())
        .toList();
  }

  @Test
  void noTwoPanelsOfTheDashboardOverlap() throws IOException {
    var taken = new HashSet<List<Integer>>();
    for (var panel : panels()) {
      var place = panel.path("gridPos");
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          var cell = Arrays.asList(place.path("x").asInt() + x, place.path("y").asInt() + y);
          assertThat(taken.add(cell)).as(panel.path("title").asText()).isTrue();
        }
      }
    }
  }

  @Test
  void everyQueryOfTheDashboardAsksTheChosenDataSource() throws IOException {
    var variables = new ArrayList<String>();
    for (var variable : dashboard().at("/templating/list")) {
      variables.add(variable.path("name").asText() + " " + variable.path("type").asText());
    }
    assertThat(variables).containsExactly("datasource datasource", "spoke query");
    for (var panel : panels()) {
      if (panel.path("type").asText().equals("row")) {
        continue;
      }
      assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      var refs = new HashSet<String>();
      for (var target : panel.path("targets")) {
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(target.at("/datasource/type").asText()).isEqualTo("prometheus");
        assertThat(refs.add(target.path("refId").asText())).isTrue();
        assertThat(metrics(target.path("expr").asText())).isNotEmpty();
      }
    }
  }
}
