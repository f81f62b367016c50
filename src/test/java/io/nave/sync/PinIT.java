package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pins, history, and rules that change while the hub runs; over HTTP, on the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class PinIT {
  private static final String FIRST = "2026-01-01T00:00:00Z";
  private static final String LATER = "2026-01-02T00:00:00Z";

  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject ApplySurvivorship apply;
  private final Say say = new Say();

  @BeforeEach
  void oneCustomerOfTwoRecords() {
    tables.empty();
    observe(snapshot("crm", "a", FIRST, name("Siân", "Rees") + mail("s@x.example")));
    observe(snapshot("esp", "b", LATER, name("Sian", "Reese") + mail("s@x.example")));
  }

  private void observe(String... observations) {
    reconcile.reconcile(say.logged(observations));
  }

  private String customerOf(String spoke) {
    return tables.text("select customer_id from source_record where spoke = '" + spoke + "'");
  }

  private ValidatableResponse pin(String customer, String attribute, String body) {
    return given()
        .contentType("application/json")
        .body(body)
        .put("/api/customers/" + customer + "/pins/" + attribute)
        .then();
  }

  private ValidatableResponse retract(String customer, String attribute) {
    return given().delete("/api/customers/" + customer + "/pins/" + attribute + "?by=Huw").then();
  }

  private static ValidatableResponse customer(String id) {
    return given().get("/api/customers/" + id).then().statusCode(200);
  }

  @Test
  void aPinnedValueSurvivesAtOnceAndIsPublished() {
    var id = customerOf("crm");
    tables.run("truncate outbox");
    pin(
            id,
            "name",
            "{\"value\": {\"given\": \"Siân\", \"family\": \"Rees\"}, \"reason\": \"rang\"}")
        .statusCode(200)
        .body("version", is(3))
        .body("changed", is(true));
    customer(id)
        .body("version", is(3))
        .body("customer.name.family", is("Rees"))
        .body("lineage.name.spoke", is("steward"))
        .body("lineage.name.rule", is("pinned"));
    assertThat(tables.texts("select customer_id from outbox")).containsExactly(id);
  }

  @Test
  void aPinnedRecordsValueFollowsTheRecord() {
    var id = customerOf("crm");
    pin(id, "name", "{\"from\": {\"spoke\": \"crm\", \"recordId\": \"a\"}}").statusCode(200);
    customer(id).body("customer.name.family", is("Rees")).body("lineage.name.spoke", is("crm"));
    observe(snapshot("esp", "b", "2026-01-03T00:00:00Z", name("S", "Ree") + mail("s@x.example")));
    customer(id).body("customer.name.family", is("Rees"));
    observe(
        snapshot("crm", "a", "2026-01-03T00:00:00Z", name("Siân", "Rhys") + mail("s@x.example")));
    customer(id).body("customer.name.family", is("Rhys")).body("lineage.name.rule", is("pinned"));
  }

  @Test
  void pinAndRetractEndWhereTheyBegan() {
    var id = customerOf("crm");
    var before = tables.goldenStates();
    var lineage = tables.text("select lineage::text from customer");
    pin(id, "language", "{\"value\": \"cy\"}").statusCode(200);
    pin(id, "language", "{\"value\": \"en\", \"by\": \"Mair\"}").statusCode(200);
    pin(id, "emails", "{\"value\": {\"value\": \"new@x.example\"}}").statusCode(200);
    assertThat(tables.goldenStates()).isNotEqualTo(before);
    retract(id, "language").statusCode(200);
    retract(id, "emails").statusCode(200);
    assertThat(tables.goldenStates()).isEqualTo(before);
    assertThat(tables.text("select lineage::text from customer")).isEqualTo(lineage);
    retract(id, "emails").statusCode(404).contentType("application/problem+json");
    given()
        .get("/api/customers/" + id + "/pins")
        .then()
        .body("pins", hasSize(3))
        .body("pins.retractedBy", hasItem("Huw"))
        .body("pins[0].value.value", is("new@x.example"));
  }

  @Test
  void aPinFollowsItsRecordWhenTheCustomerFallsApart() {
    var id = customerOf("crm");
    pin(
            id,
            "language",
            "{\"value\": \"cy\", \"anchor\": {\"spoke\": \"esp\", \"recordId\": \"b\"}}")
        .statusCode(200);
    observe(snapshot("crm", "a", LATER, name("Huw", "Prys") + mail("h@x.example")));
    assertThat(customerOf("esp")).isNotEqualTo(customerOf("crm"));
    customer(customerOf("esp")).body("customer.language", is("cy"));
    customer(customerOf("crm")).body("customer.language", nullValue());
    observe(
        snapshot("crm", "a", "2026-01-04T00:00:00Z", name("Siân", "Rees") + mail("s@x.example")));
    customer(customerOf("crm")).body("customer.language", is("cy"));
  }

  @Test
  void whatIsNoPinIsRefusedWithItsPlace() {
    var id = customerOf("crm");
    pin(id, "name", "{").statusCode(400);
    pin(id, "name", "{\"value\": \"x\"}").statusCode(422);
    pin(id, "nmae", "{\"value\": \"x\"}").statusCode(422);
    pin(id, "name", "{}").statusCode(422);
    pin(id, "emails", "{\"value\": {\"value\": \" \"}}").statusCode(422);
    pin(id, "language", "{\"value\": \"cy\", \"why\": 1}")
        .statusCode(422)
        .body("refused[0].pointer", is("/why"));
    pin(id, "language", "{\"from\": {\"spoke\": \"erp\", \"recordId\": \"z\"}}")
        .statusCode(422)
        .body("refused[0].message", containsString("a record of this customer"));
    pin(id, "birthDate", "{\"value\": \"1980-13-01\"}").statusCode(422);
    pin(UUID.randomUUID().toString(), "language", "{\"value\": \"cy\"}").statusCode(404);
    pin("x", "language", "{\"value\": \"cy\"}").statusCode(400);
    assertThat(tables.number("select count(*) from pin")).isZero();
  }

  @Test
  void aMergedCustomerIsPinnedWhereItIsNow() {
    observe(snapshot("erp", "c", FIRST, name("Siân", "Rees") + ",\"birthDate\":\"1980-02-03\""));
    var other = customerOf("erp");
    observe(
        snapshot(
            "erp",
            "c",
            LATER,
            name("Siân", "Rees") + mail("s@x.example") + ",\"birthDate\":\"1980-02-03\""));
    assertThat(customerOf("erp")).isEqualTo(customerOf("crm"));
    pin(other, "language", "{\"value\": \"cy\"}")
        .statusCode(409)
        .header("Content-Location", containsString(customerOf("crm")));
    var merged =
        tables.text(
            "select at from customer_history where customer_id = '" + other + "' and version = 1");
    assertThat(merged).isNotNull();
    var at =
        tables.text(
            "select to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from customer_history"
                + " where version = 1 and customer_id = '"
                + other
                + "'");
    given()
        .get("/api/customers/" + other + "?asOf=" + at)
        .then()
        .statusCode(200)
        .body("customer.birthDate", is("1980-02-03"))
        .body("version", is(1))
        .body("lineage.name.spoke", is("erp"));
  }

  @Test
  void historyTellsWhatChangedAndWhoStatedIt() {
    var id = customerOf("crm");
    pin(id, "language", "{\"value\": \"cy\", \"by\": \"Mair\", \"reason\": \"asked\"}");
    given()
        .get("/api/customers/" + id + "/history")
        .then()
        .statusCode(200)
        .body("versions.version", equalTo(java.util.List.of(3, 2, 1)))
        .body("versions[0].changed.attribute", equalTo(java.util.List.of("language")))
        .body("versions[0].changed[0].to", is("cy"))
        .body("versions[0].changed[0].from", nullValue())
        .body("versions[0].by[0].recordId", is("Mair"))
        .body("versions[0].pins[0].reason", is("asked"))
        .body("versions[1].changed.attribute", hasItem("name"))
        .body("versions[1].changed.attribute", hasItem("records"))
        .body("versions[1].by.spoke", hasItem("esp"))
        .body("versions[2].changed.attribute", not(hasItem("deleted")));
    given()
        .get("/api/customers/" + id + "/history?limit=1&before=3")
        .then()
        .body("versions.version", equalTo(java.util.List.of(2)));
    given().get("/api/customers/" + id + "/history?limit=0").then().statusCode(400);
    given().get("/api/customers/" + UUID.randomUUID() + "/history").then().statusCode(404);
  }

  @Test
  void aDiffIsOfVersionsOrOfMoments() {
    var id = customerOf("crm");
    given()
        .get("/api/customers/" + id + "/diff?from=1&to=2")
        .then()
        .statusCode(200)
        .body("changed[0].attribute", is("name"))
        .body("changed[0].from.family", is("Rees"))
        .body("changed[0].to.family", is("Reese"))
        .body("changed[0].fromLineage.spoke", is("crm"))
        .body("changed[0].toLineage.spoke", is("esp"));
    given()
        .get("/api/customers/" + id + "/diff?from=2001-01-01T00:00:00Z&to=2999-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("from", nullValue())
        .body("to.version", is(2));
    given().get("/api/customers/" + id + "/diff?from=1&to=9").then().statusCode(404);
    given().get("/api/customers/" + id + "/diff?from=yesterday&to=2").then().statusCode(400);
    given().get("/api/customers/" + id + "?asOf=yesterday").then().statusCode(400);
    given().get("/api/customers/" + id + "?asOf=2001-01-01T00:00:00Z").then().statusCode(404);
  }

  private static ValidatableResponse rules(String path, String text) {
    return given().contentType("text/plain").body(text).post("/api/survivorship/" + path).then();
  }

  @Test
  void aPreviewShowsWhatWouldChangeAndChangesNothing() {
    var before = tables.goldenStates();
    rules("preview", "attributes: {name: {by: priority, spokes: [crm]}}")
        .statusCode(200)
        .body("customers", is(1))
        .body("changing", is(1))
        .body("attributes.name.customers", is(1))
        .body("attributes.name.examples[0].from.family", is("Reese"))
        .body("attributes.name.examples[0].to.family", is("Rees"))
        .body("attributes.name.examples[0].toLineage.rule", is("priority"));
    rules("preview", apply.rules()).statusCode(200).body("changing", is(0));
    assertThat(tables.goldenStates()).isEqualTo(before);
    rules("preview", "attributes: {nmae: {by: luck}}")
        .statusCode(422)
        .body("refused", hasSize(2))
        .body("refused[0]", containsString("survivorship.yaml:1: attributes.nmae"));
    rules("apply", "trust: {}").statusCode(422);
    rules("preview", " ").statusCode(400);
    assertThat(tables.number("select count(*) from survivorship_run")).isZero();
  }

  @Test
  void appliedRulesReachEveryCustomerAndWhatIsReconciledLater() {
    var file = apply.rules();
    try {
      observe(snapshot("erp", "z", FIRST, name("Huw", "Prys") + mail("h@x.example")));
      rules("apply", "attributes: {name: {by: priority, spokes: [crm]}}")
          .statusCode(202)
          .body("total", is(2));
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () ->
                  given()
                      .get("/api/status")
                      .then()
                      .body("survivorship.done", is(2))
                      .body("survivorship.changed", is(1))
                      .body("survivorship.finishedAt", not(nullValue())));
      customer(customerOf("crm")).body("customer.name.family", is("Rees"));
      observe(snapshot("esp", "b", "2026-01-05T00:00:00Z", name("Q", "Q") + mail("s@x.example")));
      customer(customerOf("crm")).body("customer.name.family", is("Rees"));
    } finally {
      apply.start(file);
    }
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() {
    var file = apply.rules();
    observe(snapshot("erp", "z", FIRST, name("Huw", "Prys") + mail("h@x.example")));
    var first = tables.text("select id from customer order by id limit 1");
    tables.run(
        "insert into survivorship_run (rules, file_digest, started_at, total, position, done)"
            + " select '"
            + file.replace("'", "''")
            + "', 1, now() - interval '1 minute', 2, '"
            + first
            + "', 1");
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                given()
                    .get("/api/status")
                    .then()
                    .body("survivorship.done", is(2))
                    .body("survivorship.finishedAt", not(nullValue())));
    assertThat(tables.text("select position from survivorship_run"))
        .isEqualTo(tables.text("select id from customer order by id desc limit 1"));
  }

  @Test
  void pinsAndObservationsAtOnceLoseNothing() {
    var id = customerOf("crm");
    var observations = new java.util.ArrayList<String>();
    for (int second = 10; second < 50; second++) {
      observations.add(
          snapshot(
              "esp",
              "b",
              "2026-02-01T00:00:%dZ".formatted(second),
              name("Sian", "Reese")
                  + mail("s@x.example")
                  + ",\"attributes\":{\"n\":"
                  + second
                  + "}"));
    }
    var logged = say.logged(observations);
    var reconciling =
        java.util.concurrent.CompletableFuture.runAsync(
            () -> logged.forEach(one -> reconcile.reconcile(java.util.List.of(one))));
    for (int i = 0; i < 20; i++) {
      pin(id, "language", "{\"value\": \"" + (i % 2 == 0 ? "cy" : "en") + "\"}").statusCode(200);
    }
    reconciling.join();
    customer(id).body("customer.language", is("en")).body("customer.attributes.n", is(49));
    assertThat(
            tables.number("select count(*) from customer_history where customer_id = '" + id + "'"))
        .isEqualTo(tables.number("select version from customer where id = '" + id + "'"));
    assertThat(tables.number("select count(*) from pin where retracted_at is null")).isEqualTo(1);
  }
}
