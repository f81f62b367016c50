package io.nave.console;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.nave.EmbeddedServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The timeline and the forms of pins as a browser gets them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class TimelineIT {

  private static String customer(String name) {
    for (var spoke : new String[] {"crm", "esp"}) {
      var body =
          """
          {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-0%dT03:04:05Z", "customer":
           {"type": "person", "name": {"given": "%s", "family": "Bands<b>"},
            "emails": [{"value": "%s@bands.example"}]}}
          """
              .formatted(
                  spoke,
                  name,
                  spoke.equals("crm") ? 1 : 2,
                  spoke.equals("crm") ? "Ann" : "Anne",
                  name.substring(name.length() - 1).repeat(7));
      given().contentType("application/json").body(body).post("/api/observations");
      await()
          .atMost(20, SECONDS)
          .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
    }
    return customerOf(name);
  }

  private static ValidatableResponse form(String path, Map<String, String> fields) {
    return given().redirects().follow(false).formParams(fields).post(path).then();
  }

  private static String page(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }

  @Test
  void theTimelineShowsEachVersionAsABandAndInWords() {
    var id = customer("timeline-a");
    form("/customers/" + id + "/pins", Map.of("attribute", "language", "value", "cy", "by", "Mair"))
        .statusCode(303);
    var page = page("/customers/" + id + "/timeline");
    assertThat(page)
        .contains("<svg", "Version 1", "first version", "pinned by Mair", "Welsh (cy)")
        .contains("id=\"v1\"", "href=\"#v1\"", "Bands&lt;b&gt;", "class=\"bs\"")
        .doesNotContain("Bands<b>", " style=", "<script>");
    assertThat(page("/customers/" + id)).contains("/customers/" + id + "/timeline");
    assertThat(page("/customers/" + id + "/timeline?before=2")).doesNotContain("id=\"v2\"");
    given().get("/customers/nobody/timeline").then().statusCode(404);
    given().get("/customers/" + id + "/timeline?before=1").then().statusCode(404);
  }

  @Test
  void aFormPinsAndUnpins() {
    var id = customer("timeline-b");
    var path = "/customers/" + id + "/pins";
    assertThat(page("/customers/" + id)).contains("Pin Name as crm says it", "<bdi>Anne");
    form(path, Map.of("attribute", "name", "spoke", "crm", "record", "timeline-b"))
        .statusCode(303)
        .header("Location", endsWith("/customers/" + id));
    given().get("/api/customers/" + id).then().body("customer.name.given", is("Ann"));
    assertThat(page("/customers/" + id)).contains("Unpin Name");
    form(path + "/retract", Map.of("attribute", "name")).statusCode(303);
    given().get("/api/customers/" + id).then().body("customer.name.given", is("Anne"));
    form(path, Map.of("attribute", "phones", "value", "029 2018 0003")).statusCode(303);
    given()
        .get("/api/customers/" + id)
        .then()
        .body("customer.phones[0].value", is("+442920180003"));
  }

  @Test
  void aFormThatMakesNoSenseSaysWhy() {
    var id = customer("timeline-c");
    var path = "/customers/" + id + "/pins";
    form(path, Map.of("attribute", "birthDate", "value", "soon"))
        .statusCode(422)
        .body(containsString("an ISO date"));
    form(path, Map.of("attribute", "birthDate", "value", " ")).statusCode(422);
    form(path, Map.of()).statusCode(422);
    form("/customers/nobody/pins", Map.of("attribute", "language", "value", "cy")).statusCode(404);
    given()
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("attribute", "language")
        .formParam("value", "cy")
        .post(path)
        .then()
        .statusCode(403);
    given().get("/api/customers/" + id).then().body("customer", not(equalTo(null)));
    given().get("/api/customers/" + id + "/pins").then().body("pins.size()", is(0));
  }

  @Test
  void aCustomerThatWasMergedShowsWhatItWas() {
    var mail = ", \"emails\": [{\"value\": \"t@merged.example\"}]";
    var phone = ", \"phones\": [{\"value\": \"+442920180333\"}]";
    observe("crm", "timeline-m1", mail);
    observe("esp", "timeline-m2", phone);
    var second = customerOf("timeline-m2");
    observe("erp", "timeline-m3", mail + phone);
    assertThat(customerOf("timeline-m2")).isNotEqualTo(second);
    assertThat(page("/customers/" + second + "/timeline"))
        .contains("was merged into another customer", customerOf("timeline-m2"), "Nia")
        .contains("+442920180333");
  }

  private static void observe(String spoke, String id, String rest) {
    var body =
        """
        {"spoke": "%s", "recordId": "%s", "customer": {"type": "person",
         "name": {"given": "Nia", "family": "Merged"}%s}}
        """
            .formatted(spoke, id, rest);
    given().contentType("application/json").body(body).post("/api/observations");
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private static String customerOf(String recordId) {
    var line =
        given()
            .get("/api/crosswalk")
            .asString()
            .lines()
            .filter(l -> l.contains("\"" + recordId + "\""))
            .findFirst()
            .orElseThrow();
    return line.replaceAll(".*\"customerId\" ?: ?\"([^\"]+)\".*", "$1");
  }
}
