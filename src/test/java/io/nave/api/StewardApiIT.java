package io.nave.api;

import static io.nave.api.HubIT.customerOf;
import static io.nave.api.HubIT.person;
import static io.nave.api.HubIT.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What stewards do by HTTP. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class StewardApiIT {
  @Inject Homes homes;

  private static void observe(String spoke, String id, String rest) {
    post(person(spoke, id, "2026-01-01T00:00:00Z", "Nia", rest), 1);
  }

  private static ValidatableResponse send(String path, String body) {
    return given().contentType("application/json").body(body).post(path).then();
  }

  private static String record(String spoke, String id) {
    return "{\"spoke\": \"%s\", \"recordId\": \"%s\"}".formatted(spoke, id);
  }

  private static String decision(String a, String b, boolean same) {
    return "{\"a\": %s, \"b\": %s, \"same\": %s, \"reason\": \"seen\"}"
        .formatted(record("crm", a), record("crm", b), same);
  }

  @Test
  void aDecisionIsMadeListedAndRetracted() {
    observe("crm", "sd-1", "");
    observe("crm", "sd-2", "");
    int id =
        send("/api/match-decisions", decision("sd-1", "sd-2", true))
            .statusCode(200)
            .body("made[0].decidedBy", is("api"))
            .body("customers", hasSize(1))
            .extract()
            .path("made[0].id");
    given()
        .get("/api/match-decisions?record=crm:sd-2")
        .then()
        .body("decisions[0].reason", is("seen"))
        .body("decisions[0].same", is(true));
    given()
        .delete("/api/match-decisions/" + id)
        .then()
        .statusCode(200)
        .body("customers", hasSize(2));
    given().delete("/api/match-decisions/" + id).then().statusCode(404);
    given().get("/api/match-decisions?record=crm:sd-2").then().body("decisions", empty());
    given()
        .get("/api/match-decisions?record=crm:sd-2&standing=false")
        .then()
        .body("decisions[0].retractedBy", is("api"));
  }

  @Test
  void aCycleIsAConflictThatNamesTheDecisions() {
    observe("crm", "sc-1", "");
    observe("crm", "sc-2", "");
    observe("crm", "sc-3", "");
    send(
            "/api/match-decisions",
            "[" + decision("sc-1", "sc-2", true) + "," + decision("sc-2", "sc-3", true) + "]")
        .statusCode(200);
    send("/api/match-decisions", decision("sc-1", "sc-3", false))
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", containsString("crm:sc-1 = crm:sc-2 (decision "))
        .body("refused[0].decisions", hasSize(2));
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    observe("crm", "sm-1", "");
    send("/api/match-decisions", decision("sm-1", "sm-nobody", true))
        .statusCode(422)
        .body("refused[0].pointer", is("/b"));
    send("/api/match-decisions", "{\"a\": {\"spoke\": 7}, \"same\": \"yes\", \"why\": 1}")
        .statusCode(422)
        .body("refused.pointer", not(empty()))
        .body("refused.find { it.pointer == '/a/recordId' }.message", containsString("expected"))
        .body("refused.find { it.pointer == '/why' }.message", startsWith("/why: unknown field"));
    send("/api/match-decisions", "[]").statusCode(422);
    send("/api/match-decisions", "{").statusCode(400);
    given().get("/api/match-decisions?record=crm").then().statusCode(400);
    given().get("/api/match-decisions?customer=crm").then().statusCode(400);
    given().get("/api/why?a=crm:1&b=crm").then().statusCode(400);
    given().get("/api/why?a=crm:sm-1&b=crm:sm-nobody").then().statusCode(404);
    given().get("/api/reviews?after=nowhere").then().statusCode(400);
    send("/api/reviews/decide", "{\"rule\": \"x\"}").statusCode(422);
    send("/api/reviews/decide", "{\"tasks\": []}").statusCode(422);
  }

  @Test
  void aMergedIdRedirectsAndComesBackWithTheUnmerge() {
    observe("crm", "mu-1", "");
    observe("crm", "mu-2", ", \"birthDate\": \"1980-02-03\"");
    observe("crm", "mu-3", "");
    var one = customerOf("crm", "mu-1");
    var two = customerOf("crm", "mu-2");
    var three = customerOf("crm", "mu-3");
    Object golden = given().get("/api/customers/" + two).path("customer");
    send("/api/customers/" + three + "/merge", "{\"with\": \"" + two + "\"}").statusCode(200);
    send("/api/customers/" + two + "/merge", "{\"with\": \"" + one + "\", \"reason\": \"phone\"}")
        .statusCode(200)
        .body("customers[0]", is(one));
    for (var retired : new String[] {two, three}) {
      given()
          .redirects()
          .follow(false)
          .get("/api/customers/" + retired)
          .then()
          .statusCode(301)
          .header("Location", containsString(one))
          .header("Cache-Control", "no-store")
          .body("redirectTo", is(one));
    }
    send(
            "/api/customers/" + one + "/unmerge",
            "{\"records\": [" + record("crm", "mu-2") + "," + record("crm", "mu-3") + "]}")
        .statusCode(200)
        .body("retracted", hasSize(1));
    given()
        .redirects()
        .follow(false)
        .get("/api/customers/" + two)
        .then()
        .statusCode(200)
        .body("sourceRecords", hasSize(2));
    send("/api/customers/" + two + "/unmerge", "{\"record\": " + record("crm", "mu-3") + "}")
        .statusCode(200);
    given()
        .get("/api/customers/" + two)
        .then()
        .body("customer", equalTo(golden))
        .body("sourceRecords", hasSize(1));
  }

  @Test
  void whatCannotBeMergedSaysWhy() {
    observe("crm", "wm-1", "");
    var one = customerOf("crm", "wm-1");
    var nobody = "00000000-0000-7000-8000-000000000000";
    send("/api/customers/" + one + "/merge", "{\"with\": \"" + one + "\"}").statusCode(422);
    send("/api/customers/" + one + "/merge", "{\"with\": \"" + nobody + "\"}").statusCode(422);
    send("/api/customers/" + nobody + "/merge", "{\"with\": \"" + one + "\"}").statusCode(404);
    send("/api/customers/" + one + "/merge", "{\"with\": \"one\"}")
        .statusCode(422)
        .body("refused[0].pointer", is("/with"));
    send("/api/customers/nobody/merge", "{}").statusCode(400);
    send("/api/customers/" + one + "/unmerge", "{\"record\": " + record("crm", "wm-1") + "}")
        .statusCode(422);
    send("/api/customers/" + one + "/unmerge", "{\"records\": []}").statusCode(422);
    given().get("/api/customers/" + nobody + "/why").then().statusCode(404);
  }

  @Test
  void aTaskIsReviewedByHttp() {
    var phone = ", \"phones\": [{\"value\": \"+442920180191\"}]";
    observe("crm", "rv-1", phone);
    post(person("esp", "rv-2", "2026-01-01T00:00:00Z", "N", phone), 1);
    var pair = "\"a\": %s, \"b\": %s".formatted(record("crm", "rv-1"), record("esp", "rv-2"));
    given()
        .get("/api/reviews?spoke=esp&minWeight=1")
        .then()
        .statusCode(200)
        .body("tasks.findAll { it.a.recordId == 'rv-1' || it.b.recordId == 'rv-1' }", hasSize(1));
    given()
        .get("/api/why?a=crm:rv-1&b=esp:rv-2")
        .then()
        .statusCode(200)
        .body("together", is(false))
        .body("evidence.outcome", is("POSSIBLE_MATCH"))
        .body("evidence.reasons", not(empty()));
    given()
        .get("/api/customers/" + customerOf("crm", "rv-1") + "/why")
        .then()
        .body("possible", hasSize(1));
    send("/api/reviews/decide", "{\"rule\": \"score\", \"dryRun\": true}")
        .statusCode(200)
        .body("dryRun", is(true));
    send("/api/reviews/decide", "{\"tasks\": [{" + pair + ", \"answer\": \"maybe\"}]}")
        .statusCode(422)
        .body("refused[0].pointer", is("/answer"));
    send("/api/reviews/decide", "{\"tasks\": [{" + pair + ", \"answer\": \"later\"}]}")
        .statusCode(200);
    send("/api/reviews/decide", "{\"tasks\": [{" + pair + ", \"answer\": \"same\"}]}")
        .statusCode(200)
        .body("customers", hasSize(1));
  }
}
