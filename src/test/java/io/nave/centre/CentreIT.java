package io.nave.centre;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The preference centre as a browser without scripts, and as a mail program, gets it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class CentreIT {
  @Inject Homes homes;
  private String id;

  @BeforeEach
  void aCustomer() {
    id = UUID.randomUUID().toString();
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "crm", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z",
             "customer": {"type": "person", "name": {"given": "Siân", "family": "Rees"},
               "language": "en", "emails": [{"value": "%s@x.example"}]},
             "consents": [{"purpose": "marketing", "channel": "email", "state": "granted",
               "decidedAt": "2026-05-03T10:00:00Z", "evidence": {"method": "web form"}},
              {"purpose": "third-party", "channel": "email", "state": "granted",
               "decidedAt": "2026-05-03T10:00:00Z"}]}
            """
                .formatted(id, id))
        .post("/api/observations")
        .then()
        .statusCode(202);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  private String link(String use, String rest) {
    return path(made(use, rest).getString("items[0].links[0].url"));
  }

  private JsonPath made(String use, String rest) {
    return given()
        .contentType("application/json")
        .body(
            "{\"record\": {\"spoke\": \"crm\", \"recordId\": \"%s\"}, \"use\": \"%s\"%s}"
                .formatted(id, use, rest))
        .post("/api/links")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static String path(String url) {
    return url.replaceFirst("https?://[^/]+", "");
  }

  private static ValidatableResponse look(String path) {
    return given().get(path).then();
  }

  private static ValidatableResponse send(String path, String... fields) {
    var request =
        given().redirects().follow(false).contentType("application/x-www-form-urlencoded");
    for (int i = 0; i < fields.length; i += 2) {
      request.formParam(fields[i], fields[i + 1]);
    }
    return request.post(path).then();
  }

  private String consents() {
    return given()
        .get("/api/customers/" + homes.customerOf("crm:" + id))
        .then()
        .extract()
        .jsonPath()
        .getList(
            "consents.collect { it.purpose + ' ' + it.channel + ' ' + it.topic + ' ' + it.state }")
        .toString();
  }

  private int version() {
    return given()
        .get("/api/customers/" + homes.customerOf("crm:" + id))
        .then()
        .extract()
        .path("version");
  }

  // -- receipts

  @Test
  void eachEntryOfHerHistoryHasAReceiptForHerAlone() {
    var link = link("manage", "");
    var page = look(link).statusCode(200).extract().asString();
    var matcher =
        java.util.regex.Pattern.compile("href=\"([^\"]*/receipts/(\\d+))\"").matcher(page);
    assertThat(matcher.find()).isTrue();
    var path = matcher.group(1);
    await().atMost(20, SECONDS).untilAsserted(() -> look(path).statusCode(200));
    look(path)
        .header("Content-Disposition", containsString("receipt-" + matcher.group(2) + ".json"))
        .header("Cache-Control", "no-store")
        .body("receipt.'nave:ledger'.entry.toString()", is(matcher.group(2)))
        .body("jws", org.hamcrest.Matchers.notNullValue());
    assertThat(matcher.find()).isTrue();
    look(link + "/receipts/x").statusCode(404);
    look(link + "/receipts/999999999").statusCode(404);
    look(link("unsubscribe", "") + "/receipts/" + matcher.group(2)).statusCode(404);
    aCustomer();
    look(link("manage", "") + "/receipts/" + matcher.group(2)).statusCode(404);
  }

  // -- looking

  @Test
  void thePageShowsWhatIsKnownAndProtectsIt() {
    look(link("manage", ""))
        .statusCode(200)
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store")
        .header("X-Robots-Tag", containsString("noindex"))
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .body(containsString("Hello Siân"))
        .body(containsString("value=\"" + id + "@x.example\""))
        .body(containsString("You said yes to “Marketing” (e-mail) with a form on 3 May 2026."))
        .body(containsString("noindex"));
  }

  @Test
  void herHistoryIsInTheOrderOfHerActsWhateverCameLater() {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "esp", "recordId": "%s", "changedAt": "2026-06-02T03:04:05Z",
             "customer": {"type": "person", "name": {"given": "Siân", "family": "Rees"},
               "emails": [{"value": "%s@x.example"}]},
             "consents": [{"purpose": "marketing", "channel": "sms", "state": "denied",
               "decidedAt": "2026-04-02T10:00:00Z"}]}
            """
                .formatted(id, id))
        .post("/api/observations")
        .then()
        .statusCode(202);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> look(link("manage", "")).body(containsString("on 2 April 2026")));
    var page = look(link("manage", "")).extract().asString();
    assertThat(page.indexOf("on 2 April 2026")).isGreaterThan(page.indexOf("on 3 May 2026"));
  }

  @Test
  void lookingChangesNothing() {
    int before = version();
    for (var path :
        new String[] {
          link("manage", ""),
          link("manage", "") + "?act=stop",
          link("unsubscribe", ""),
          link("unsubscribe", "") + "?List-Unsubscribe=One-Click"
        }) {
      given().header("Sec-GPC", "1").get(path).then().statusCode(200);
    }
    assertThat(version()).isEqualTo(before);
    assertThat(consents()).contains("marketing email null granted");
  }

  @Test
  void theLanguageIsChosenAskedOrKnown() {
    var path = link("manage", "");
    look(path).body(containsString("lang=\"en\" dir=\"ltr\""));
    look(path + "?lang=ar").body(containsString("lang=\"ar\" dir=\"rtl\""));
    look(path + "?lang=xx").body(containsString("lang=\"en\""));
    given()
        .header("Accept-Language", "pl-PL,pl;q=0.9")
        .get("/centre/l/none")
        .then()
        .statusCode(404)
        .body(containsString("Ten link nie działa"));
  }

  // -- acting

  @Test
  void onlyWhatWasFlippedIsAnAct() {
    var path = link("manage", "");
    send(
            path,
            "act",
            "save",
            "was:consent:marketing:email",
            "on",
            "was:consent:marketing:sms",
            "off",
            "consent:marketing:sms",
            "on",
            "was:consent:third-party:email",
            "on",
            "consent:third-party:email",
            "on")
        .statusCode(303)
        .header("Location", containsString("done=2"));
    assertThat(consents())
        .contains("marketing email null withdrawn", "marketing sms null granted")
        .contains("third-party email null granted");
    look(path + "?done=2")
        .body(containsString("Saved: 2 changes."))
        .body(containsString("You stopped “Marketing” (e-mail) on this page on"));
    send(path, "act", "save").statusCode(303).header("Location", containsString("done=0"));
  }

  @Test
  void aMistakeSavesNothingAndLosesNothing() {
    send(
            link("manage", ""),
            "act",
            "save",
            "was:profile:email",
            "a@x.example",
            "profile:email",
            "no address",
            "was:profile:given",
            "Siân",
            "profile:given",
            "Siana",
            "was:consent:marketing:email",
            "on",
            "was:preference:quietHours:from",
            "",
            "preference:quietHours:from",
            "22:00",
            "was:preference:quietHours:to",
            "",
            "preference:quietHours:to",
            "")
        .statusCode(422)
        .body(containsString("There are 2 mistakes. Nothing has been saved yet."))
        .body(containsString("value=\"no address\""))
        .body(containsString("value=\"Siana\""))
        .body(containsString("aria-describedby=\"profile:email-error\""))
        .body(
            not(
                containsString(
                    "id=\"consent:marketing:email\" name=\"consent:marketing:email\""
                        + " value=\"on\" checked")));
    assertThat(consents()).contains("marketing email null granted");
  }

  @Test
  void profileAndWishesAreSavedAndHersSurvive() {
    var path = link("manage", "");
    send(
            path,
            "act",
            "save",
            "was:profile:email",
            id + "@x.example",
            "profile:email",
            "new-" + id + "@y.example",
            "was:preference:contactChannel",
            "",
            "preference:contactChannel",
            "sms",
            "was:preference:interests",
            "",
            "preference:interests",
            "offers",
            "preference:interests",
            "events",
            "was:preference:quietHours:from",
            "",
            "preference:quietHours:from",
            "22:00",
            "was:preference:quietHours:to",
            "",
            "preference:quietHours:to",
            "07:00",
            "was:preference:language",
            "en",
            "preference:language",
            "cy")
        .statusCode(303)
        .header("Location", containsString("done=5"));
    var customer = given().get("/api/customers/" + homes.customerOf("crm:" + id)).jsonPath();
    assertThat(customer.getString("customer.emails[0].value")).startsWith("new-");
    assertThat(customer.getString("customer.language")).isEqualTo("cy");
    look(path)
        .body(containsString("lang=\"cy\""))
        .body(containsString("<option value=\"sms\" selected>"))
        .body(containsString("value=\"22:00\""))
        .body(containsString("value=\"events,offers\""));
  }

  @Test
  void everythingCanBeStoppedAndBegunAgain() {
    var path = link("manage", "");
    send(path, "act", "stop").statusCode(303);
    assertThat(consents())
        .contains("marketing any null withdrawn", "marketing email null withdrawn")
        .contains("profiling any null withdrawn", "third-party email null withdrawn")
        .doesNotContain("granted");
    look(path).body(containsString("You are unsubscribed from everything."));
    send(path, "act", "save", "was:consent:marketing:sms", "off", "consent:marketing:sms", "on");
    assertThat(consents()).contains("marketing sms null granted", "email null withdrawn");
  }

  @Test
  void aTopicIsBegunAgainOnlyOnTheChannelsThatAreOn() {
    var path = link("manage", "");
    send(path, "act", "save", "was:topic:marketing:offers", "on").statusCode(303);
    assertThat(consents()).contains("marketing any offers withdrawn");
    look(path)
        .body(
            containsString(
                "id=\"topic:marketing:offers\" name=\"topic:marketing:offers\" value=\"on\">"));
    send(
        path,
        "act",
        "save",
        "was:consent:marketing:email",
        "on",
        "consent:marketing:email",
        "on",
        "was:consent:marketing:sms",
        "off",
        "was:topic:marketing:offers",
        "off",
        "topic:marketing:offers",
        "on");
    assertThat(consents())
        .contains("marketing email offers granted")
        .doesNotContain("marketing sms offers");
  }

  // -- one click

  @Test
  void oneClickUnsubscribesWithoutPageOrCookie() {
    var made = made("unsubscribe", ", \"purpose\": \"marketing\", \"channel\": \"email\"");
    var headers = made.getMap("items[0].headers");
    assertThat(headers.get("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
    var path = path(headers.get("List-Unsubscribe").toString().replaceAll("[<>]", ""));
    look(path).statusCode(200).body(containsString("Do you want to stop “Marketing” (e-mail)?"));
    assertThat(consents()).contains("marketing email null granted");
    send(path, "List-Unsubscribe", "One-Click").statusCode(200);
    assertThat(consents())
        .contains("marketing email null withdrawn", "third-party email null granted");
    int version = version();
    send(path, "List-Unsubscribe", "One-Click").statusCode(200);
    assertThat(version()).isEqualTo(version);
    look(link("manage", ""))
        .body(containsString("with the unsubscribe button of your mail program"));
  }

  @Test
  void oneClickMayComeAsMultipart() {
    given()
        .multiPart("List-Unsubscribe", "One-Click")
        .post(link("unsubscribe", ""))
        .then()
        .statusCode(200);
    assertThat(consents()).contains("marketing any null withdrawn");
  }

  @Test
  void anUnsubscribeLinkDoesNothingElse() {
    var path = link("unsubscribe", ", \"purpose\": \"marketing\", \"channel\": \"email\"");
    look(path + "/data").statusCode(404);
    look(path).body(not(containsString("x.example")));
    send(path, "act", "save", "was:consent:marketing:sms", "off", "consent:marketing:sms", "on");
    assertThat(consents()).doesNotContain("sms");
    send(path, "act", "stop").statusCode(200);
    assertThat(consents()).contains("profiling any null withdrawn");
  }

  // -- links that do not work

  @Test
  void everyLinkThatDoesNotWorkIsRefusedTheSameWay() {
    var revoked = made("manage", "");
    given()
        .delete("/api/links/" + revoked.getString("items[0].links[0].id"))
        .then()
        .statusCode(204);
    var good = link("manage", "");
    var forged = good.substring(0, good.length() - 1) + (good.endsWith("A") ? "B" : "A");
    String first = null;
    for (var path :
        new String[] {path(revoked.getString("items[0].links[0].url")), forged, "/centre/l/x"}) {
      long start = System.nanoTime();
      var page = look(path).statusCode(404).extract().asString();
      assertThat(System.nanoTime() - start).isGreaterThan(55_000_000L);
      first = first == null ? page : first;
      assertThat(page).isEqualTo(first);
    }
  }

  @Test
  void whatIsNoLinkWishIsRefusedWithItsPlace() {
    for (var wrong :
        new String[] {
          "{\"use\": \"manage\"}",
          "{\"email\": \"nobody@x.example\", \"use\": \"manage\"}",
          "{\"customerId\": \"7\", \"use\": \"manage\"}",
          "{\"email\": \"a@x.example\", \"use\": \"steal\"}",
          "{\"email\": \"a@x.example\", \"use\": \"manage\", \"lifetime\": \"P-1D\"}",
          "{\"email\": \"a@x.example\", \"use\": \"manage\", \"brand\": \"x\"}",
          "{\"email\": \"a@x.example\", \"use\": \"unsubscribe\", \"purpose\": \"x\"}",
          "{\"email\": \"a@x.example\", \"usee\": \"manage\"}"
        }) {
      given()
          .contentType("application/json")
          .body(wrong)
          .post("/api/links")
          .then()
          .statusCode(422)
          .body("items[0].message", containsString("expected"));
    }
    given().contentType("application/json").body("{").post("/api/links").then().statusCode(400);
  }

  @Test
  void aCampaignGetsItsLinksLineByLine() {
    var line =
        "{\"record\": {\"spoke\": \"crm\", \"recordId\": \""
            + id
            + "\"},"
            + " \"use\": [\"manage\", \"unsubscribe\"], \"purpose\": \"marketing\"}\n";
    var lines =
        given()
            .contentType("application/x-ndjson")
            .body(
                (line.repeat(3) + "{\"email\": \"nobody@x.example\", \"use\": \"manage\"}\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .post("/api/links")
            .then()
            .statusCode(200)
            .extract()
            .asString()
            .lines()
            .toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).contains("List-Unsubscribe=One-Click", "\"manage\"", "\"index\":0");
    assertThat(lines.get(3)).contains("\"message\"").doesNotContain("url");
  }

  // -- privacy

  @Test
  void theBrowsersSignalIsRecordedOnceAndHerOwnWordCountsMore() {
    var path = link("manage", "");
    given().header("Sec-GPC", "1").get(path).then().body(containsString("data-signal"));
    signal(path, "act", "signal");
    assertThat(consents()).contains("sale-sharing any null withdrawn");
    int version = version();
    signal(path, "act", "signal");
    signal(path, "act", "save");
    assertThat(version()).isEqualTo(version);
    given()
        .header("Sec-GPC", "1")
        .get(path)
        .then()
        .body(containsString("We have noted it for all your devices."))
        .body(containsString("with a signal of your browser"));
    signal(
        path,
        "act",
        "save",
        "was:consent:sale-sharing:any",
        "off",
        "consent:sale-sharing:any",
        "on");
    signal(path, "act", "save");
    assertThat(consents()).contains("sale-sharing any null granted");
    look("/.well-known/gpc.json").statusCode(200).body("gpc", is(true));
  }

  private static void signal(String path, String... fields) {
    var request = given().redirects().follow(false).header("Sec-GPC", "1");
    request.contentType("application/x-www-form-urlencoded");
    for (int i = 0; i < fields.length; i += 2) {
      request.formParam(fields[i], fields[i + 1]);
    }
    request.post(path).then().statusCode(303);
  }

  @Test
  void herDataIsAFile() {
    look(link("manage", "") + "/data")
        .statusCode(200)
        .header("Content-Disposition", containsString("attachment"))
        .body("customer.name.given", is("Siân"))
        .body("consentHistory[0].purpose", is("marketing"));
  }
}
