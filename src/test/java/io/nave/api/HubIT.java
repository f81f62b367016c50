package io.nave.api;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.nave.EmbeddedServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The hub as a system sees it: observations in, customers out. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class HubIT {

  static void post(String body, int accepted) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/api/observations")
        .then()
        .statusCode(202)
        .body("accepted", is(accepted));
    reconciled();
  }

  static void reconciled() {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  static String person(String spoke, String id, String at, String given, String rest) {
    return """
        {"spoke": "%s", "recordId": "%s", "changedAt": "%s",
         "customer": {"type": "person", "name": {"given": "%s", "family": "Llywelyn"}%s}}
        """
        .formatted(spoke, id, at, given, rest);
  }

  static String customerOf(String spoke, String recordId) {
    var line =
        given()
            .get("/api/crosswalk")
            .asString()
            .lines()
            .filter(l -> l.contains("\"" + spoke + "\"") && l.contains("\"" + recordId + "\""))
            .findFirst()
            .orElseThrow();
    return line.replaceAll(".*\"customerId\" ?: ?\"([^\"]+)\".*", "$1");
  }

  @Test
  void twoSpokesRecordsOfOnePersonBecomeOneCustomer() {
    var mail = ", \"emails\": [{\"value\": \"sian@one.example\"}]";
    post(
        "["
            + person("crm", "one-1", "2026-01-01T00:00:00Z", "Siân", mail)
            + ","
            + person("esp", "one-2", "2026-01-02T00:00:00Z", "Sian", mail)
            + "]",
        2);
    given()
        .get("/api/customers/" + customerOf("crm", "one-1"))
        .then()
        .statusCode(200)
        .body("sourceRecords.recordId", contains("one-1", "one-2"))
        .body("customer.emails", hasSize(1));
  }

  @Test
  void aCustomerIsFoundByNameEmailAndPhone() {
    var rest =
        ", \"emails\": [{\"value\": \"mair@find.example\"}], \"phones\": [{\"value\": \"029 2018 0777\"}]";
    post(person("crm", "find-1", "2026-01-01T00:00:00Z", "Mair", rest), 1);
    for (var query :
        new String[] {"q=mair llyw", "email=Mair@FIND.example", "phone=029 2018 0777"}) {
      given()
          .get("/api/customers?" + query)
          .then()
          .statusCode(200)
          .body("customers[0].customer.name.given", is("Mair"));
    }
  }

  @Test
  void aLaterRecordRevealsThatTwoCustomersAreOne() {
    var a = ", \"emails\": [{\"value\": \"a@bridge.example\"}]";
    var b = ", \"phones\": [{\"value\": \"+442920180555\"}]";
    var both = a + b;
    post(person("crm", "bridge-1", "2026-01-01T00:00:00Z", "Nia", a), 1);
    post(person("esp", "bridge-2", "2026-01-01T00:00:00Z", "Nia", b), 1);
    var first = customerOf("crm", "bridge-1");
    var second = customerOf("esp", "bridge-2");
    post(person("erp", "bridge-3", "2026-01-01T00:00:00Z", "Nia", both), 1);
    given().get("/api/customers/" + first).then().body("sourceRecords", hasSize(3));
    given()
        .redirects()
        .follow(false)
        .get("/api/customers/" + second)
        .then()
        .statusCode(301)
        .header("Location", containsString(first));
  }

  @Test
  void theSameObservationsAgainMakeNoNewVersion() {
    var one = person("crm", "again-1", "2026-01-01T00:00:00Z", "Huw", "");
    post(one, 1);
    post(one, 1);
    given().get("/api/customers/" + customerOf("crm", "again-1")).then().body("version", is(1));
  }

  @Test
  void aStopStandsAgainstAnOlderGrant() {
    var mail =
        ", \"emails\": [{\"value\": \"gwen@stop.example\"}]}, \"consents\": [{\"purpose\":"
            + " \"marketing\", \"channel\": \"email\", \"state\": \"%s\", \"decidedAt\": \"%s\"}]";
    var stop =
        person(
            "esp",
            "stop-1",
            "2026-01-03T00:00:00Z",
            "Gwen",
            mail.formatted("withdrawn", "2026-01-03T00:00:00Z"));
    var grant =
        person(
            "crm",
            "stop-2",
            "2026-01-02T00:00:00Z",
            "Gwen",
            mail.formatted("granted", "2026-01-02T00:00:00Z"));
    post("[" + unclosed(stop) + "," + unclosed(grant) + "]", 2);
    given()
        .get("/api/customers/" + customerOf("crm", "stop-2"))
        .then()
        .body("consents.state", contains("withdrawn"))
        .body("consents[0].spoke", is("esp"));
  }

  /** It goes ahead of what waits, and comes again in its turn. */
  @Test
  void aFreshStopIsCountedOnce() {
    post(person("crm", "fresh-1", "2026-01-01T00:00:00Z", "Una", ""), 1);
    long before = accepted();
    var now = Instant.now().toString();
    var stop =
        unclosed(person("crm", "fresh-1", now, "Unity", ""))
            + ", \"consents\": [{\"purpose\": \"marketing\", \"channel\": \"email\","
            + " \"state\": \"withdrawn\", \"decidedAt\": \"%s\"}]}".formatted(now);
    post(stop, 1);
    given()
        .get("/api/customers/" + customerOf("crm", "fresh-1"))
        .then()
        .body("consents.state", contains("withdrawn"))
        .body("customer.name.given", is("Unity"));
    assertThat(accepted()).isEqualTo(before + 1);
  }

  private static long accepted() {
    return given().get("/api/status").jsonPath().getLong("observations.accepted");
  }

  /** The helper closes the customer itself. */
  private static String unclosed(String json) {
    return json.strip().replaceAll("}$", "");
  }

  @Test
  void goodItemsAreAcceptedAndBadOnesNamed() {
    var bad =
        "{\"spoke\": \"crm\", \"recordId\": \"bad\", \"customer\": {\"birthDate\": \"1980-13-01\"}}";
    given()
        .contentType("text/plain")
        .body(person("crm", "good-1", "2026-01-01T00:00:00Z", "Una", "") + "\n" + bad)
        .post("/api/observations")
        .then()
        .statusCode(202)
        .body("accepted", is(1))
        .body("refused[0].index", is(1))
        .body("refused[0].pointer", is("/customer/birthDate"))
        .body("refused[0].message", containsString("expected"));
  }

  @Test
  void aSpokeThatNobodyDeclaredIsRefused() {
    given()
        .contentType("application/json")
        .body(person("shop", "x", "2026-01-01T00:00:00Z", "Una", ""))
        .post("/api/observations")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("refused[0].message", containsString("crm, erp, esp"));
  }

  @Test
  void whatIsNotJsonIsRefusedWithItsPlace() {
    given()
        .contentType("application/json")
        .body("{\"spoke\": \"crm\",\n \"recordId\" 7}")
        .post("/api/observations")
        .then()
        .statusCode(400)
        .body("detail", containsString("line 2"));
  }

  @Test
  void anUnknownFieldIsRefusedWithItsPointer() {
    given()
        .contentType("application/json")
        .body("{\"spoke\": \"crm\", \"recordId\": \"7\", \"custmer\": {}}")
        .post("/api/observations")
        .then()
        .statusCode(422)
        .body("refused[0].pointer", is("/custmer"));
  }

  @Test
  void anUnknownCustomerIsAProblem() {
    given().get("/api/customers/nobody").then().statusCode(400);
    given()
        .get("/api/customers/00000000-0000-7000-8000-000000000000")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }
}
