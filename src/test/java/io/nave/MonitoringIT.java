package io.nave;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a whole hub says of itself while one of its systems is broken. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(value = BrokenAcoustic.class, restrictToAnnotatedClass = true)
class MonitoringIT {

  @BeforeEach
  void somethingIsDueAtABrokenSystem() {
    observe("acoustic", "77", "2026-01-02T03:04:05Z", "Eluned", "granted");
    observe("crm", "m-1", "2026-02-02T03:04:05Z", "Eluned Mair", "withdrawn");
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () ->
                given()
                    .get("/api/status")
                    .then()
                    .body("deliveries.acoustic.paused", startsWith("SPOKE_DOWN")));
  }

  private static void observe(
      String spoke, String id, String changedAt, String given, String consent) {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "%s", "customer": {"type": "person",
             "name": {"given": "%s", "family": "Watcher"},
             "emails": [{"value": "eluned@watch.example"}]}, "consents": [
              {"purpose": "marketing", "channel": "email", "state": "%s",
               "decidedAt": "%s", "evidence": {"method": "web form"}}]}
            """
                .formatted(spoke, id, changedAt, given, consent, changedAt))
        .post("/api/observations")
        .then()
        .body("accepted", is(1));
  }

  private static Set<String> served() {
    var names = new TreeSet<String>();
    for (var line : metrics().split("\n")) {
      if (!line.startsWith("#")) {
        names.add(line.replaceFirst("[{ ].*", ""));
      }
    }
    return names;
  }

  private static String metrics() {
    return given().accept("text/plain").get("/q/metrics").asString().replace(",}", "}");
  }

  /** All of them but {@code up}, which is Prometheus' own. */
  @Test
  void everyMetricOfTheRulesAndTheDashboardIsThere() throws IOException {
    var wanted = new TreeSet<String>();
    for (var expression : MonitoringFilesTest.expressions()) {
      wanted.addAll(MonitoringFilesTest.metrics(expression));
    }
    assertThat(wanted.remove("up")).isTrue();
    assertThat(wanted).hasSizeGreaterThan(20);
    await().atMost(40, SECONDS).untilAsserted(() -> assertThat(served()).containsAll(wanted));
  }

  @Test
  void theMetricsSayThatTheHubPausedIt() {
    await()
        .atMost(40, SECONDS)
        .untilAsserted(
            () ->
                assertThat(metrics().lines())
                    .contains("nave_spoke_paused{by=\"hub\",spoke=\"acoustic\"} 1.0")
                    .contains("nave_spoke_paused{by=\"operator\",spoke=\"acoustic\"} 0.0")
                    .contains("nave_deliveries_due{spoke=\"acoustic\"} 1.0")
                    .contains("nave_sources_held{spoke=\"acoustic\"} 1.0"));
  }

  /** Its source polls and fails; what was observed went through the hub's own routes. */
  @Test
  void theConsoleDrawsItsRoutesWithWhatEachDid() {
    await()
        .atMost(40, SECONDS)
        .untilAsserted(
            () -> {
              var page = given().get("/operations/routes").asString();
              assertThat(page).contains("aria-label=\"Routes, from each system");
              assertThat(cells(page, "reconcile").get(2)).isNotEqualTo("0");
              assertThat(cells(page, "acoustic-source").get(0)).isEqualTo("acoustic");
              assertThat(cells(page, "acoustic-source").get(3)).isNotEqualTo("0");
              assertThat(cells(page, "acoustic-sink").get(3)).isNotEqualTo("0");
              assertThat(cells(page, "publish").get(3)).isEqualTo("0");
            });
  }

  /** The cells of a route's row: system, state, exchanges, failed, in flight, mean. */
  private static List<String> cells(String page, String route) {
    var row =
        Stream.of(page.split("<tr "))
            .filter(
                one ->
                    one.contains("<th role=\"rowheader\" scope=\"row\"><bdi>" + route + "</bdi>"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no row of " + route));
    return Stream.of(row.split("</td>"))
        .map(cell -> cell.replaceAll("(?s).*<td[^>]*>|<[^>]*>", ""))
        .toList();
  }

  @Test
  void aBrokenSystemMakesTheHubNeitherUnreadyNorDead() {
    for (var probe : Set.of("ready", "live", "started")) {
      given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
    }
  }

  @Test
  void theStateOfASystemIsInAGroupOfItsOwn() {
    given()
        .get("/q/health/group/spokes")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("checks.name", hasItem("spokes"))
        .body("checks[0].data.acoustic", equalTo("down: SPOKE_DOWN"))
        .body("checks[0].data.crm", equalTo("running"));
  }

  @Test
  void aSystemThatAnOperatorPausedIsToldAsSuch() {
    given()
        .contentType("application/json")
        .body("{\"reason\": \"maintenance\"}")
        .post("/api/spokes/crm/pause")
        .then()
        .statusCode(200);
    try {
      given()
          .get("/q/health/group/spokes")
          .then()
          .body("status", equalTo("UP"))
          .body("checks[0].data.crm", equalTo("paused by an operator"));
      given().get("/q/health/ready").then().statusCode(200);
    } finally {
      given().post("/api/spokes/crm/resume").then().statusCode(200);
    }
  }
}
