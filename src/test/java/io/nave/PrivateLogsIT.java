package io.nave;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nave.platform.FailureName;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One woman's data goes through every door, and wrong everywhere: none of it is in the log, of
 * which all is kept that the console gets, the hub's own from DEBUG on.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(value = QuotingVendors.class, restrictToAnnotatedClass = true)
class PrivateLogsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String EMAIL = "blodwenna@llanfairpwll.example";
  private static final List<String> HERS =
      List.of("blodwenna", "llanfairpwll", "2920185544", "29 2018 5544", "1977-07-17");

  @Inject DataSource database;

  private LoggedLines log;

  @BeforeEach
  void keep() {
    log = LoggedLines.keep();
  }

  @AfterEach
  void release() {
    log.close();
  }

  private static String her(String spoke, String id, String at, String given) {
    return """
        {"spoke": "%s", "recordId": "%s", "changedAt": "%s", "customer": {"type": "person",
          "name": {"given": "%s", "family": "Llanfairpwll"}, "birthDate": "1977-07-17",
          "emails": [{"value": "%s"}], "phones": [{"value": "+44 29 2018 5544"}],
          "addresses": [{"lines": ["7 Llanfairpwll Lane"], "city": "Llanfairpwll", "country": "GB"}]},
         "consents": [{"purpose": "marketing", "channel": "email", "state": "granted",
          "decidedAt": "2026-01-03T10:00:00Z", "evidence": {"wording": "Blodwenna agrees"}}]}
        """
        .formatted(spoke, id, at, given, EMAIL);
  }

  private static ValidatableResponse post(String path, String body) {
    return given().contentType("application/json").body(body).post(path).then();
  }

  private static void observe(String observation) {
    post("/api/observations", observation).statusCode(202).body("accepted", is(1));
    reconciled();
  }

  private static void reconciled() {
    await()
        .atMost(60, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private void sql(String statement) {
    try (var connection = database.getConnection();
        var one = connection.createStatement()) {
      one.execute(statement);
    } catch (SQLException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private void logs(String text) {
    await().atMost(60, SECONDS).untilAsserted(() -> assertThat(log.with(text)).isNotEmpty());
  }

  private JsonNode line(String text) throws JsonProcessingException {
    logs(text);
    return JSON.readTree(log.with(text).get(0));
  }

  private void nothingOfHers() {
    assertThat(log.all())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.toLowerCase(Locale.ROOT)).doesNotContain(HERS));
  }

  // -- what comes in

  @Test
  void whatIsAcceptedRefusedAndAskedIsNotLogged() {
    observe(her("crm", EMAIL, "2026-01-04T00:00:00Z", "Blodwenna"));
    observe(her("erp", "7", "2026-01-04T00:00:00Z", "Blodwenna"));
    var good = her("crm", EMAIL, "2026-01-05T00:00:00Z", "Blodwenna");
    for (var wrong :
        List.of(
            good.replace("1977-07-17", "1977-07-17 Blodwenna"),
            good.replace("\"family\"", "\"Blodwenna\""),
            good.replace("\"crm\"", "\"Blodwenna\""),
            good.replace("\"granted\"", "\"Blodwenna\""),
            good.replace("+44", "Blodwenna"))) {
      post("/api/observations", wrong);
    }
    post("/api/observations", good.replace("{\"type\"", "{Blodwenna")).statusCode(400);
    for (var query : List.of("q=Blodwenna", "email=" + EMAIL, "phone=+442920185544", "q=")) {
      given().get("/api/customers?" + query);
    }
    for (var path : List.of("/api/customers/" + EMAIL, "/centre/l/Blodwenna", "/" + EMAIL)) {
      given().get(path);
    }
    post("/api/decisions", "[{\"email\": \"" + EMAIL + "\", \"purpose\": \"Blodwenna\"}]");
    post("/api/decisions", "[Blodwenna");
    post("/api/quarantine/retry", "{\"id\": \"Blodwenna\"}").statusCode(422);
    post("/api/dead-letters/retry", "{\"one\": \"" + EMAIL + "\"}");
    nothingOfHers();
  }

  @Test
  void whatSheSaysOnHerPageIsNotLogged() {
    observe(her("crm", "page-7", "2026-01-04T00:00:00Z", "Blodwenna"));
    var page =
        post(
                "/api/links",
                "{\"record\": {\"spoke\": \"crm\", \"recordId\": \"page-7\"}, \"use\": \"manage\"}")
            .statusCode(200)
            .extract()
            .jsonPath()
            .getString("items[0].links[0].url")
            .replaceFirst("https?://[^/]+", "");
    given().get(page).then().statusCode(200);
    for (var email : List.of("Blodwenna", "her." + EMAIL)) {
      given()
          .redirects()
          .follow(false)
          .contentType("application/x-www-form-urlencoded")
          .formParam("act", "save")
          .formParam("was:profile:email", EMAIL)
          .formParam("profile:email", email)
          .formParam("Blodwenna", EMAIL)
          .post(page)
          .then()
          .statusCode(email.contains("@") ? 303 : 422);
    }
    sql("alter table link rename to link_away");
    try {
      given().get(page).then().statusCode(500);
    } finally {
      sql("alter table link_away rename to link");
    }
    logs("failed, error id");
    nothingOfHers();
    var token = page.substring(page.lastIndexOf('/') + 1);
    assertThat(log.with(token)).isEmpty();
  }

  // -- what the database says

  @Test
  void whatTheDatabaseRefusesIsNotLogged() throws JsonProcessingException {
    sql(
        "alter table source_record add constraint poison check (record_id <> 'poison-7') not"
            + " valid");
    try {
      observe(her("crm", "poison-7", "2026-01-04T00:00:00Z", "Blodwenna"));
    } finally {
      sql("alter table source_record drop constraint poison");
    }
    var line = line("goes to quarantine");
    assertThat(line.at("/message").asText()).endsWith(" (23514)");
    assertThat(line.at("/mdc/spoke").asText()).isEqualTo("crm");
    assertThat(line.at("/mdc/topicId").asText()).isNotEmpty();
    assertThat(line.at("/mdc/partition").asText()).matches("\\d+");
    assertThat(line.at("/mdc/offset").asText()).matches("\\d+");
    var id =
        given()
            .get("/api/quarantine?spoke=crm")
            .then()
            .body("items.size()", greaterThan(0))
            .extract()
            .path("items[0].id")
            .toString();
    var bad = her("crm", "poison-7", "2026-01-04T00:00:00Z", "Blodwenna").replace("type", EMAIL);
    post("/api/quarantine/retry", "{\"id\": \"%s\", \"payload\": %s}".formatted(id, bad));
    post("/api/quarantine/retry", "{\"spoke\": \"crm\"}").statusCode(200);
    nothingOfHers();
  }

  @Test
  void anAddressThatCannotBeAnsweredIsNotLogged() {
    sql("alter table match_key rename to match_key_away");
    sql("alter table customer rename to customer_away");
    try {
      given().get("/api/customers?email=" + EMAIL).then().statusCode(500);
    } finally {
      sql("alter table customer_away rename to customer");
      sql("alter table match_key_away rename to match_key");
    }
    logs("failed, error id");
    nothingOfHers();
  }

  // -- what vendors say

  @Test
  void whatVendorsQuoteIsNotLogged() throws JsonProcessingException {
    sql(
        "alter table delivery add constraint poison check (coalesce(error, '') not like '%R1/1%')"
            + " not valid");
    try {
      for (var spoke : List.of("acoustic", "gigya", "s4hana")) {
        observe(her(spoke, "77" + spoke.length(), "2026-01-02T00:00:00Z", "Blodwenna"));
      }
      observe(her("crm", "v-1", "2026-02-04T00:00:00Z", "Blodwenna Mair"));
      assertThat(line("deliveries to s4hana").at("/mdc/spoke").asText()).isEqualTo("s4hana");
    } finally {
      sql("alter table delivery drop constraint poison");
    }
    var dead = line("a delivery to s4hana is a dead letter");
    assertThat(dead.at("/mdc/customer").asText()).hasSize(36);
    logs("a delivery to acoustic is a dead letter");
    for (var spoke : List.of("acoustic", "gigya", "s4hana")) {
      await()
          .atMost(60, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(log.with("Error processing exchange"))
                      .anyMatch(line -> line.contains("\"mdc\":{\"spoke\":\"" + spoke + "\"}")));
    }
    given()
        .auth()
        .preemptive()
        .basic("aaaa", "aaaa")
        .contentType("application/json")
        .body(
            "{\"type\": \"sap.s4.beh.businesspartner.v1.BusinessPartner.Changed.v1\","
                + " \"time\": \"2026-01-02T00:00:00Z\", \"subject\": \"Blodwenna\","
                + " \"data\": {\"BusinessPartner\": \"778\"}}")
        .post("/hooks/s4hana")
        .then()
        .statusCode(500);
    given().body("Blodwenna").post("/hooks/s4hana").then().statusCode(401);
    given()
        .header("x-gigya-sig-jwt", "Blodwenna.Blodwenna.Blodwenna")
        .body("{\"events\": [{\"data\": {\"uid\": \"Blodwenna\"}}]}")
        .post("/hooks/gigya");
    nothingOfHers();
  }

  // -- that it would be seen

  @Test
  void aFailureIsToldByItsNamesAndPlaces() throws JsonProcessingException {
    var cause = new SQLException("Key (email)=(" + EMAIL + ")", "23505");
    org.jboss.logging.Logger.getLogger("org.example")
        .error("it failed: " + cause.getMessage(), new IllegalStateException(EMAIL, cause));
    var line = line("it failed");
    assertThat(line.at("/message").asText()).isEqualTo("it failed: …");
    assertThat(line.at("/stackTrace").asText())
        .contains(
            "java.lang.IllegalStateException",
            "java.sql.SQLException (23505)",
            "PrivateLogsIT.java");
    assertThat(FailureName.of(new IllegalStateException(EMAIL, cause)))
        .isEqualTo("SQLException (23505)");
    nothingOfHers();
  }
}
