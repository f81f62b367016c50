package io.nave.console;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stewards' pages as a browser without scripts gets them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class StewardPagesIT {
  @Inject Homes homes;
  @Inject DataSource database;

  /** What other tests left for a steward would come first. */
  @BeforeEach
  void nothingWaits() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from review_task");
    }
  }

  private static void observe(String spoke, String id, String given, String rest) {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z", "customer":
             {"type": "person", "name": {"given": "%s", "family": "Tudful"}%s}}
            """
                .formatted(spoke, id, given, rest))
        .post("/api/observations")
        .then()
        .body("accepted", is(1));
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private static ValidatableResponse send(String path, String... fields) {
    var request =
        given().redirects().follow(false).contentType("application/x-www-form-urlencoded");
    for (int i = 0; i < fields.length; i += 2) {
      request.formParam(fields[i], fields[i + 1]);
    }
    return request.post(path).then();
  }

  private String why(String record) {
    return "/customers/" + homes.customerOf(record) + "/why";
  }

  private static String page(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }

  @Test
  void aTaskIsDecidedWithAForm() {
    var phone = ", \"phones\": [{\"value\": \"+442920180131\"}]";
    observe("crm", "sp-1", "Mair", phone);
    observe("esp", "sp-2", "M", phone);
    var list = page("/review");
    assertThat(list).contains("Mair Tudful", "by weight").doesNotContain(" style=");
    var one = homes.customerOf("crm:sp-1").toString();
    var other = homes.customerOf("esp:sp-2").toString();
    var task = page("/review/" + one + "/" + other);
    assertThat(task).contains("Is this the same customer?", "data-key=\"s\"", "said survives");
    assertThat(page("/review/" + other + "/" + one)).contains("Is this the same customer?");
    send("/review/decide", "a", "crm:sp-1", "b", "esp:sp-2", "answer", "same", "after", "")
        .statusCode(303);
    assertThat(homes.customerOf("crm:sp-1")).isEqualTo(homes.customerOf("esp:sp-2"));
    given().redirects().follow(false).get("/review/" + one + "/" + other).then().statusCode(303);
    assertThat(page(why("crm:sp-1"))).contains("a steward’s word", "<svg", "Separate", "Retract");
  }

  @Test
  void aRuleIsDecidedAfterItsCountWasShown() {
    var phone = ", \"phones\": [{\"value\": \"+442920180132\"}]";
    observe("crm", "sb-1", "Nest", phone);
    observe("esp", "sb-2", "N", phone);
    send("/review/rule", "rule", "score", "minWeight", "", "answer", "different")
        .statusCode(200)
        .body(containsString("Keep apart"));
    assertThat(page("/review")).contains("Nest Tudful");
    send("/review/rule", "rule", "score", "answer", "different", "confirmed", "true")
        .statusCode(303);
    assertThat(page("/review")).doesNotContain("Nest Tudful");
  }

  @Test
  void aRecordIsSeparatedAndMergedBack() {
    var mail = ", \"emails\": [{\"value\": \"lowri@tudful.example\"}]";
    observe("crm", "ss-1", "Lowri", mail);
    observe("esp", "ss-2", "Lowri", mail);
    var before = why("crm:ss-1");
    assertThat(page(before))
        .contains("What holds the records together", "same given name", "by weight");
    send(before + "/separate", "record", "esp:ss-2").statusCode(303);
    assertThat(homes.customerOf("esp:ss-2")).isNotEqualTo(homes.customerOf("crm:ss-1"));
    assertThat(page(before)).contains("What is alike enough, but kept apart");
    var link = "http://localhost/customers/" + homes.customerOf("esp:ss-2");
    var refused = send(before + "/merge", "with", link).statusCode(409).extract().asString();
    assertThat(refused).contains("Nothing was changed", "name=\"decision\"", "Retract");
    var id = refused.replaceAll("(?s).*name=\"decision\" value=\"(\\d+)\".*", "$1");
    send("/customers/decisions/retract", "decision", id, "back", before).statusCode(303);
    assertThat(homes.customerOf("esp:ss-2")).isEqualTo(homes.customerOf("crm:ss-1"));
    send(before + "/merge", "with", "nobody").statusCode(422);
  }

  @Test
  void otherRulesAreTriedAndChangeNothing() {
    var phone = ", \"phones\": [{\"value\": \"+442920180133\"}]";
    observe("crm", "st-1", "Tesni", phone);
    observe("esp", "st-2", "T", phone);
    var rules = given().get("/api/matching").then().extract().asString();
    assertThat(page("/review/rules")).contains("What other rules would do", "possibleMatch");
    var lenient = rules.replaceFirst("(?m)^match: .*", "match: 0.51");
    send("/review/rules", "rules", lenient)
        .statusCode(200)
        .body(containsString("crm:st-1"))
        .body(containsString("a pair for a steward"))
        .body(containsString("one customer"))
        .body(containsString("same telephone"));
    assertThat(homes.customerOf("esp:st-2")).isNotEqualTo(homes.customerOf("crm:st-1"));
    send("/review/rules", "rules", "match: certainly")
        .statusCode(422)
        .body(containsString("certainly"));
    send("/review/rules", "rules", "").statusCode(422);
  }

  @Test
  void aFormOfAnotherSiteIsRefused() {
    for (var header :
        new String[][] {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil"}}) {
      given()
          .header(header[0], header[1])
          .contentType("application/x-www-form-urlencoded")
          .formParam("rule", "score")
          .post("/review/rule")
          .then()
          .statusCode(403);
    }
  }

  @Test
  void anUnknownCustomerHasNoWhy() {
    given().get("/customers/nobody/why").then().statusCode(404);
    given().get("/review/nobody/nobody2").then().statusCode(200);
    given().get("/console/steward.css").then().statusCode(200);
    given().get("/console/steward.js").then().statusCode(200);
  }
}
