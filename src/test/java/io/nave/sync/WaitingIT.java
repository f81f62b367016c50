package io.nave.sync;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.nave.Browser;
import io.nave.Browser.Looker;
import io.nave.EmbeddedServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a person, by API and in the console, with the real database and log. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class WaitingIT {
  private static final String GOOD =
      "{\"spoke\": \"crm\", \"recordId\": \"%s\", \"customer\": {\"name\": {\"family\": \"Rees\"}}}";
  private static final String BAD = GOOD.replace("customer", "custommer");

  @Inject HubTables tables;

  @TestHTTPResource("/")
  String base;

  @BeforeEach
  void nothingWaits() {
    tables.run("delete from invalid_message");
    tables.run("delete from delivery where target like 'wait-%'");
    tables.run("delete from operator_act");
  }

  private static void observe(String id) {
    given()
        .contentType("application/json")
        .body(GOOD.formatted(id))
        .post("/api/observations")
        .then()
        .body("accepted", is(1));
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private void fails(String id, String error) {
    observe(id);
    tables.run(
        "insert into delivery (spoke, target, customer_id, state, wanted, attempts, error_kind,"
            + " error, noticed_at, done_at) select 'crm', record_id, customer_id, 'failed', 1, 12,"
            + " 'PERMANENT', '"
            + error
            + "', now(), now() from source_record where spoke = 'crm' and record_id = '"
            + id
            + "'");
  }

  private long quarantine(String payload, boolean fromLog) {
    return tables.number(
        "insert into invalid_message (spoke, cause, payload, received_at, from_log) values"
            + " ('crm', 'as it was', '%s', now(), %s) returning id".formatted(payload, fromLog));
  }

  private static ValidatableResponse post(String path, String body) {
    return given().contentType("application/json").body(body).post(path).then();
  }

  private String states() {
    return tables
        .texts(
            "select target || ' ' || state || ' ' || attempts from delivery where spoke = 'crm'"
                + " and target like 'wait%' order by 1")
        .toString();
  }

  // -- failed deliveries

  @Test
  void deadLettersAreListedByCauseAndOneByOne() {
    fails("wait-1", "HTTP 400: refused");
    fails("wait-2", "HTTP 400: refused");
    fails("wait-3", "HTTP 422: another");
    given()
        .get("/api/dead-letters?spoke=crm&cause=HTTP 400: refused&limit=1")
        .then()
        .body("causes.n", contains(2, 1))
        .body("items.target", contains("wait-1"))
        .body("items[0].attempts", is(12))
        .body("next", is("crm:wait-1"));
    given()
        .get("/api/dead-letters?spoke=crm&cause=HTTP 400: refused&after=crm:wait-1")
        .then()
        .body("items.target", contains("wait-2"))
        .body("next", nullValue());
    given().get("/api/dead-letters?after=wait").then().statusCode(400);
    given().get("/api/dead-letters?limit=1001").then().statusCode(400);
  }

  @Test
  void theyAreTriedAgainByCauseByOneOrAll() {
    fails("wait-1", "HTTP 400: refused");
    fails("wait-2", "HTTP 400: refused");
    fails("wait-3", "HTTP 422: another");
    post("/api/dead-letters/retry", "{\"cause\": \"HTTP 400: refused\", \"dryRun\": true}")
        .body("deliveries", is(2));
    assertThat(states()).isEqualTo("[wait-1 failed 12, wait-2 failed 12, wait-3 failed 12]");
    post("/api/dead-letters/retry", "{\"cause\": \"HTTP 400: refused\"}").body("deliveries", is(2));
    assertThat(states()).isEqualTo("[wait-1 due 0, wait-2 due 0, wait-3 failed 12]");
    post("/api/dead-letters/retry", "{\"all\": true}").body("deliveries", is(1));
    assertThat(states()).isEqualTo("[wait-1 due 0, wait-2 due 0, wait-3 due 0]");
    given()
        .get("/api/operator-acts")
        .then()
        .body("items.act", contains("retry", "retry"))
        .body("items.n", contains(1, 2));
  }

  @Test
  void whoeverForgetsTheFilterIsAsked() {
    fails("wait-1", "HTTP 400: refused");
    for (var wish :
        new String[] {"{}", "{\"all\": true, \"spoke\": \"crm\"}", "{\"spokee\": \"crm\"}"}) {
      post("/api/dead-letters/retry", wish)
          .statusCode(422)
          .body("refused[0].message", containsString("expected"));
    }
    assertThat(states()).isEqualTo("[wait-1 failed 12]");
  }

  @Test
  void theyAreGivenUpOnlyWithAReason() {
    fails("wait-1", "HTTP 400: refused");
    post("/api/dead-letters/discard", "{\"spoke\": \"crm\", \"target\": \"wait-1\"}")
        .statusCode(422)
        .body("refused[0].pointer", is("/reason"));
    assertThat(states()).isEqualTo("[wait-1 failed 12]");
    post(
            "/api/dead-letters/discard",
            "{\"spoke\": \"crm\", \"target\": \"wait-1\", \"reason\": \"a test record\"}")
        .body("deliveries", is(1));
    assertThat(states()).isEqualTo("[wait-1 discarded 12]");
    given()
        .get("/api/operator-acts")
        .then()
        .body("items[0].reason", is("a test record"))
        .body("items[0].what.one", is("wait-1"));
  }

  // -- replays

  @Test
  void aReplayIsRefusedWhereItIsNotClearWhatIsMeant() {
    post("/api/replays", "{\"spoke\": \"crm\"}")
        .statusCode(422)
        .body("refused[0].message", containsString("(expected: customer, query, since or until"));
    for (var wish :
        new String[] {
          "\"all\": true, \"query\": \"x\"",
          "\"since\": \"yesterday\"",
          "\"customer\": \"7\"",
          "\"since\": \"2026-05-02T00:00:00Z\", \"until\": \"2026-05-01T00:00:00Z\"",
          "\"al\": true"
        }) {
      post("/api/replays", "{\"spoke\": \"crm\", " + wish + "}")
          .statusCode(422)
          .body("refused[0].message", containsString("expected"));
    }
    post("/api/replays", "{\"spoke\": \"crm\", \"all\": true}")
        .statusCode(409)
        .body("detail", containsString("spoke: crm (expected: one that is written to"));
    given().get("/api/replays/7").then().statusCode(404);
    given().get("/api/replays/seven").then().statusCode(404);
    given().post("/api/replays/7/cancel").then().statusCode(404);
  }

  @Test
  void aReplayIsPausedResumedAndCancelledByApiAndInTheConsole() {
    var id =
        tables.number(
            "insert into replay (spoke, what, quiet, dry_run, asked_by, state, started_at, total)"
                + " values ('crm', '{}', false, false, 'ops', 'running', now(), 10) returning id");
    given().get("/api/replays").then().body("items[0].state", is("running"));
    given().post("/api/replays/" + id + "/pause").then().body("state", is("paused"));
    given()
        .post("/api/replays/" + id + "/pause")
        .then()
        .statusCode(409)
        .body("detail", is("replay: paused (expected: running)"));
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.DESK);
      page.navigate("/operations");
      Browser.inspect(page, "operations-replay");
      page.locator("button[formaction='/operations/replay/resume']").click();
      page.locator("button[formaction='/operations/replay/pause']").waitFor();
      page.locator("form[action='/operations/replay/cancel'] button").last().click();
      page.locator("form[action='/operations/replay/cancel']")
          .first()
          .waitFor(
              new com.microsoft.playwright.Locator.WaitForOptions()
                  .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    }
    given()
        .get("/api/replays/" + id)
        .then()
        .body("state", is("cancelled"))
        .body("samples", hasSize(0));
    given()
        .get("/api/operator-acts")
        .then()
        .body("items.act", contains("cancel-replay", "resume-replay", "pause-replay"));
  }

  // -- audits

  @Test
  void anAuditOfASystemThatCannotBeReadIsRefused() {
    post("/api/audits", "{\"spoke\": \"crm\"}")
        .statusCode(409)
        .body("detail", containsString("spoke: crm (expected: one that can be read"));
    post("/api/audits", "{}").statusCode(422);
    given().get("/api/audits/7").then().statusCode(404);
    given().get("/api/audits/x").then().statusCode(404);
    given().post("/api/audits/7/repair").then().statusCode(404);
    given().post("/api/audits/7/cancel").then().statusCode(404);
  }

  @Test
  void whatAnAuditFoundIsShown() {
    var id =
        tables.number(
            "insert into audit (spoke, asked_by, state, started_at, finished_at, total, records,"
                + " differing) values ('crm', 'ops', 'done', now(), now(), 10, 10, 1)"
                + " returning id");
    tables.run(
        "insert into audit_finding (audit, kind, record_id, field, believed) values ("
            + id
            + ", 'differs', 'r-1', 'profile.city', true), ("
            + id
            + ", 'stop', 'r-2', null, null)");
    given()
        .get("/api/audits/" + id)
        .then()
        .body("findings.differs", is(1))
        .body("findings.stop", is(1))
        .body("fields.'profile.city'", is(1))
        .body("first.recordId", contains("r-1", "r-2"));
    given().get("/api/audits?spoke=crm").then().body("items", hasSize(1));
    given()
        .post("/api/audits/" + id + "/repair")
        .then()
        .statusCode(409)
        .body("detail", containsString("expected"));
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.DESK);
      page.navigate("/operations");
      page.locator("a[href='/audits']").click();
      PlaywrightAssertions.assertThat(page.locator("svg[role=img] rect")).hasCount(1);
      Browser.inspect(page, "audits");
      page.locator("a[href='/audits/" + id + "']").click();
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("profile.city");
      Browser.inspect(page, "audit");
      page.locator("form[action$='/repair'] button").click();
      PlaywrightAssertions.assertThat(page.locator("main")).containsText("expected");
    }
    tables.run("delete from audit");
    tables.run("delete from audit_finding");
  }

  // -- quarantine

  @Test
  void whatCannotBeTakenInStaysWithItsCauseOfNow() {
    quarantine(BAD.formatted("wait-7"), true);
    post("/api/quarantine/retry", "{\"spoke\": \"crm\"}")
        .body("accepted", is(0))
        .body("refused", is(1))
        .body("firstCause", containsString("custommer"));
    given()
        .get("/api/quarantine?spoke=crm")
        .then()
        .body("items", hasSize(1))
        .body("items[0].cause", containsString("custommer"))
        .body("items[0].payload", containsString("custommer"));
  }

  @Test
  void itIsTakenInOnceItsCauseIsGone() {
    quarantine(GOOD.formatted("wait-8"), true);
    quarantine(GOOD.formatted("wait-9"), true);
    post("/api/quarantine/retry", "{\"spoke\": \"crm\", \"dryRun\": true}").body("messages", is(2));
    post("/api/quarantine/retry", "{\"spoke\": \"crm\"}").body("accepted", is(2));
    assertThat(tables.number("select count(*) from invalid_message")).isZero();
    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                tables.number("select count(*) from source_record where record_id = 'wait-9'")
                    == 1);
  }

  @Test
  void oneIsCorrected() {
    var id = quarantine(BAD.formatted("wait-10"), true);
    var good = GOOD.formatted("wait-10");
    post("/api/quarantine/retry", "{\"id\": \"%d\", \"payload\": %s}".formatted(id, good))
        .body("accepted", is(1));
    assertThat(tables.number("select count(*) from invalid_message")).isZero();
    post("/api/quarantine/retry", "{\"id\": \"%d\", \"payload\": %s}".formatted(id, good))
        .statusCode(404);
    post("/api/quarantine/retry", "{\"spoke\": \"crm\", \"payload\": %s}".formatted(good))
        .statusCode(422)
        .body("refused[0].pointer", is("/payload"));
    post("/api/quarantine/retry", "{\"id\": \"seven\"}").statusCode(422);
  }

  @Test
  void aRecordOfAVendorIsTranslatedAgain() {
    quarantine("{\"Id\": \"1\"}", false);
    post("/api/quarantine/retry", "{\"all\": true}")
        .body("refused", is(1))
        .body("firstCause", is("spoke: crm (expected: one that is connected)"));
    post("/api/quarantine/discard", "{\"all\": true, \"reason\": \"made up\"}")
        .body("messages", is(1));
    assertThat(tables.number("select count(*) from invalid_message")).isZero();
  }

  // -- the console

  @Test
  void aPoisonRecordIsFixedAndReplayedInThreeClicks() {
    quarantine(BAD.formatted("wait-11"), true);
    fails("wait-12", "HTTP 400: refused");
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.DESK);
      page.navigate("/");
      page.locator("nav a[href='/waiting']").click();
      Browser.inspect(page, "waiting");
      page.locator("a.button[href^='/waiting/quarantine']").click();
      Browser.inspect(page, "waiting-quarantine");
      page.locator("textarea").fill("{\"spoke\": 7}");
      page.locator("textarea + p button").click();
      PlaywrightAssertions.assertThat(page.locator(".notice.bad")).containsText("/spoke");
      PlaywrightAssertions.assertThat(page.locator("textarea")).hasValue("{\"spoke\": 7}");
      Browser.inspect(page, "waiting-quarantine-refused");
      page.locator("textarea").fill(GOOD.formatted("wait-11"));
      page.locator("textarea + p button").click();
      PlaywrightAssertions.assertThat(page.locator(".notice")).containsText("1 was taken in.");

      page.locator("a.button[href^='/waiting/dead']").click();
      Browser.inspect(page, "waiting-dead");
      page.goBack();
      page.locator("form[action='/waiting/dead/retry'] button").click();
      PlaywrightAssertions.assertThat(page.locator(".notice")).containsText("1 is tried again.");
      assertThat(states()).isEqualTo("[wait-12 due 0]");
    }
  }

  @Test
  void theConsoleWantsAReasonToo() {
    fails("wait-1", "HTTP 400: refused");
    given()
        .contentType("application/x-www-form-urlencoded")
        .formParam("spoke", "crm")
        .post("/waiting/dead/discard")
        .then()
        .statusCode(400);
    given()
        .contentType("application/x-www-form-urlencoded")
        .post("/waiting/dead/retry")
        .then()
        .statusCode(400);
    assertThat(states()).isEqualTo("[wait-1 failed 12]");
  }

  // -- pauses

  @Test
  void aSpokeIsPausedWithAReasonAndResumed() {
    post("/api/spokes/crm/pause", "{}").statusCode(422);
    post("/api/spokes/nobody/pause", "{\"reason\": \"x\"}")
        .statusCode(404)
        .body("detail", containsString("expected: one of crm"));
    post("/api/spokes/crm/pause", "{\"reason\": \"maintenance\"}")
        .body("reason", is("maintenance"));
    given().get("/api/status").then().body("deliveries.crm.paused", containsString("maintenance"));
    given().post("/api/spokes/crm/resume").then().body("resumed", is(true));
    given().get("/api/status").then().body("deliveries.crm.paused", nullValue());
    given().post("/api/spokes/crm/resume").then().body("resumed", is(false));
  }
}
