package io.nave.console;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.nave.EmbeddedServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows of which consent, as systems and browsers get it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class PropagationPagesIT {
  private static final String NOBODY = "0197a0b0-0000-7000-8000-00000000dead";
  private String customer;

  private static void observe(String json) {
    given()
        .contentType("application/json")
        .body(json)
        .post("/api/observations")
        .then()
        .statusCode(202)
        .body("accepted", is(1));
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private static String said(String state, String at) {
    return """
        {"spoke": "crm", "recordId": "who-1", "kind": "patch", "consents": [{"purpose": "marketing",
         "channel": "email", "state": "%s", "decidedAt": "%s", "evidence": {"method": "web form",
         "actor": "customer", "notice": "newsletter-v3"}}]}
        """
        .formatted(state, at);
  }

  @BeforeEach
  void somebodyWhoSaidYesAndThenNo() {
    observe(
        """
        {"spoke": "crm", "recordId": "who-1", "changedAt": "2026-01-02T03:04:05Z", "customer":
         {"type": "person", "name": {"given": "Mair", "family": "Prosser"},
          "emails": [{"value": "mair@who.example"}]}}
        """);
    observe(said("granted", "2026-01-03T10:00:00Z"));
    observe(said("withdrawn", "2026-01-05T10:00:00Z"));
    customer = given().get("/api/customers?email=mair@who.example").path("[0].customerId");
    if (customer == null) {
      customer =
          given().get("/api/customers?email=mair@who.example").path("customers[0].customerId");
    }
  }

  @Test
  void theApiTellsWhoKnows() {
    given()
        .get("/api/customers/" + customer + "/propagation")
        .then()
        .statusCode(200)
        .body("knowing", hasSize(1))
        .body("knowing[0].spoke", is("crm"))
        .body("knowing[0].state", is("confirmed"))
        .body("knowing[0].confirmedBy", is("own"))
        .body("knowing[0].consent", is("withdrawn"))
        .body("knowing[0].subject.purpose", is("marketing"))
        .body("knowing[0].decidedAt", is("2026-01-05T10:00:00Z"));
  }

  @Test
  void theApiRefusesWhatItDoesNotUnderstand() {
    given().get("/api/customers/x/propagation").then().statusCode(400);
    given().get("/api/customers/" + NOBODY + "/propagation").then().statusCode(404);
    given().get("/api/customers/x/compliance").then().statusCode(400);
    given().get("/api/customers/" + NOBODY + "/compliance").then().statusCode(404);
    given().get("/api/customers/" + customer + "/compliance?asOf=may").then().statusCode(400);
    given().get("/api/propagation?state=soon").then().statusCode(400);
    given().get("/api/propagation?limit=0").then().statusCode(400);
    given().get("/api/propagation?after=x").then().statusCode(400);
    given()
        .get("/api/propagation?state=late")
        .then()
        .statusCode(200)
        .body("open", hasSize(0))
        .body("next", nullValue());
  }

  @Test
  void theComplianceFileTellsTheStoryInOrder() {
    given()
        .get("/api/customers/" + customer + "/compliance")
        .then()
        .statusCode(200)
        .body("goldenRecord.customer.name.family", is("Prosser"))
        .body("consents[0].state", is("withdrawn"))
        .body("history", hasSize(2))
        .body("history[0].state", is("granted"))
        .body("history[0].door", is("web form"))
        .body("history[0].evidence.notice", is("newsletter-v3"))
        .body("history[1].state", is("withdrawn"))
        .body("history[1].propagation[0].spoke", is("crm"))
        .body("history[1].propagation[0].confirmedBy", is("own"));
    given()
        .get("/api/customers/" + customer + "/compliance?asOf=2020-01-01T00:00:00Z")
        .then()
        .statusCode(404);
  }

  @Test
  void thePagesShowIt() {
    var page = given().get("/customers/" + customer).then().statusCode(200).extract().asString();
    assertThat(page)
        .contains("Which system knows of which consent", "✓", "confirmed", "said so")
        .contains("/customers/" + customer + "/compliance");
    var file = given().get("/customers/" + customer + "/compliance").then().statusCode(200);
    file.header("Content-Security-Policy", containsString("default-src 'none'"));
    assertThat(file.extract().asString())
        .contains("Compliance file", "Prosser", "web form", "newsletter-v3", "5 Jan 2026")
        .doesNotContain(" style=");
    given().get("/customers/" + customer + "/compliance?day=2020-01-01").then().statusCode(404);
    given().get("/customers/" + customer + "/compliance?day=x").then().statusCode(404);
    given().get("/console/propagation.css").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?show=late", "?show=failed", "?show=x&after=y"})
  void thePageOfWhoDoesNotKnowIsThere(String query) {
    var page = given().get("/propagation" + query).then().statusCode(200);
    page.header("X-Frame-Options", "DENY");
    assertThat(page.extract().asString())
        .contains("Who does not know yet", "Every system knows what it can hold.");
  }
}
