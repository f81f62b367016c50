package io.nave.centre;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The preference centre as pages and apps of the company's own use it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(value = OtherSites.class, restrictToAnnotatedClass = true)
class MeIT {
  private static final String ME = "/centre/api/me";
  private static int clients;

  @Inject Homes homes;
  @Inject DataSource database;
  private final String client = "192.0.2." + ++clients;
  private String id;
  private String token;

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
               "decidedAt": "2026-05-03T10:00:00Z", "evidence": {"method": "web form"}}]}
            """
                .formatted(id, id))
        .post("/api/observations")
        .then()
        .statusCode(202);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
    token = token("manage");
  }

  private String token(String use) {
    return made(use).replaceFirst(".* ", "");
  }

  private String made(String use) {
    var link =
        given()
            .contentType("application/json")
            .body(
                "{\"record\": {\"spoke\": \"crm\", \"recordId\": \"%s\"}, \"use\": \"%s\"}"
                    .formatted(id, use))
            .post("/api/links")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    return link.getString("items[0].links[0].id")
        + " "
        + link.getString("items[0].links[0].url").replaceFirst(".*/", "");
  }

  private RequestSpecification me(String token) {
    return given().header("Authorization", "Bearer " + token).header("X-Forwarded-For", client);
  }

  private ValidatableResponse look() {
    return me(token).get(ME).then().statusCode(200);
  }

  private ValidatableResponse send(String body) {
    return me(token).contentType("application/json").body(body.replace('\'', '"')).post(ME).then();
  }

  private String channel(String purpose, String channel) {
    return look()
        .extract()
        .path(
            "purposes.find { it.name == '%s' }.channels.find { it.name == '%s' }.state"
                .formatted(purpose, channel));
  }

  private String confirmations() {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select string_agg(state, ' ') from confirmation where anchor_record = ?")) {
      statement.setString(1, id);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private int version() {
    return given()
        .get("/api/customers/" + homes.customerOf("crm:" + id))
        .then()
        .extract()
        .path("version");
  }

  // -- looking

  @Test
  void itShowsWhatThePageShows() {
    look()
        .header("Cache-Control", "no-store")
        .body("language", is("en"))
        .body("brand.title", is("Example Company"))
        .body("profile.given", is("Siân"))
        .body("profile.email", is(id + "@x.example"))
        .body("purposes.name", hasItem("marketing"))
        .body("purposes[0].channels[0].name", is("email"))
        .body("purposes[0].channels[0].state", is("on"))
        .body("purposes[0].channels[1].state", is("off"))
        .body("purposes[0].topics.name", hasItem("newsletter"))
        .body("purposes.find { it.name == 'service' }.asked", is(false))
        .body("preferences.find { it.name == 'frequency' }.value", nullValue())
        .body(
            "preferences.find { it.name == 'frequency' }.options.value",
            contains("daily", "weekly", "monthly"))
        .body("history[0].state", is("granted"))
        .body("history[0].text", containsString("You said yes to “Marketing” (e-mail)"))
        .body("stopped", is(false));
  }

  @Test
  void itSpeaksTheLanguageThatIsAskedFor() {
    me(token)
        .get(ME + "?lang=ar")
        .then()
        .body("language", is("ar"))
        .body("direction", is("rtl"))
        .body("purposes[0].title", is("التسويق"));
  }

  @Test
  void lookingChangesNothing() {
    int before = version();
    me(token).header("Sec-GPC", "1").get(ME + "?stopAll=true").then().statusCode(200);
    assertThat(version()).isEqualTo(before);
  }

  // -- acting

  @Test
  void onlyDifferencesAreActs() {
    send("""
            {'consents': [{'purpose': 'marketing', 'channel': 'email', 'granted': true},
                          {'purpose': 'marketing', 'channel': 'sms', 'granted': true},
                          {'purpose': 'marketing', 'topic': 'offers', 'granted': false}],
             'preferences': [{'name': 'interests', 'value': ['offers', 'events']},
                             {'name': 'frequency', 'value': null},
                             {'name': 'quietHours', 'value': {'from': '22:00', 'to': '07:00'}}],
             'profile': {'given': 'Siân', 'city': 'Cardiff'}}
            """)
        .statusCode(200)
        .body("changes", is(5))
        .body("profile.city", is("Cardiff"))
        .body("purposes[0].channels.find { it.name == 'sms' }.state", is("on"))
        .body("purposes[0].topics.find { it.name == 'offers' }.state", is("off"))
        .body("preferences.find { it.name == 'interests' }.value", contains("events", "offers"))
        .body("preferences.find { it.name == 'quietHours' }.value.from", is("22:00"))
        .body("history.size()", is(3));
    int version = version();
    send("{'consents': [{'purpose': 'marketing', 'channel': 'sms', 'granted': true}]}")
        .statusCode(200)
        .body("changes", is(0));
    send("{}").statusCode(200).body("changes", is(0));
    assertThat(version()).isEqualTo(version);
  }

  @Test
  void aYesThatHasToBeConfirmedIsPending() {
    send("{'consents': [{'purpose': 'marketing', 'channel': 'email', 'granted': false}]}")
        .body("changes", is(1));
    send("{'consents': [{'purpose': 'marketing', 'channel': 'email', 'granted': true}]}")
        .body("changes", is(1))
        .body("purposes[0].channels[0].state", is("pending"));
    assertThat(confirmations()).as("no spoke sends it").isEqualTo("waiting");
    send("{'consents': [{'purpose': 'marketing', 'channel': 'email', 'granted': true}]}")
        .body("changes", is(0));
    send("{'consents': [{'purpose': 'marketing', 'channel': 'email', 'granted': false}]}")
        .body("changes", is(1))
        .body("purposes[0].channels[0].state", is("off"))
        .body("history[0].state", is("withdrawn"));
  }

  @Test
  void everythingCanBeStopped() {
    send("{'stopAll': true}").statusCode(200).body("stopped", is(true));
    assertThat(channel("marketing", "email")).isEqualTo("off");
    send("{'stopAll': true}").statusCode(200).body("changes", is(0));
  }

  @Test
  void theBrowsersSignalIsRecordedWithWhatSheSaves() {
    me(token)
        .header("Sec-GPC", "1")
        .contentType("application/json")
        .body("{}")
        .post(ME)
        .then()
        .statusCode(200)
        .body("changes", is(0))
        .body("signal", containsString("We have noted it"))
        .body("history[0].purpose", is("sale-sharing"))
        .body("history[0].state", is("withdrawn"));
  }

  // -- what is not understood

  private void refused(String body, String pointer, String message) {
    send(body)
        .statusCode(422)
        .contentType(startsWith("application/problem+json"))
        .body("title", is("Nothing was saved"))
        .body("refused[0].pointer", is(pointer))
        .body("refused[0].message", containsString(message));
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithItsPlaceAndNothingIsSaved() {
    int before = version();
    refused("[]", "", "expected: an object with consents, preferences, profile, stopAll");
    refused("{'consent': []}", "/consent", "consent: unknown (expected: consents, ");
    refused("{'consents': {}}", "/consents", "expected: a list");
    refused("{'consents': ['x']}", "/consents/0", "expected: an object with purpose");
    refused(
        "{'consents': [{'purpose': 'spam', 'channel': 'email', 'granted': true}]}",
        "/consents/0/purpose",
        "purpose: spam (expected: one of marketing, ");
    refused(
        "{'consents': [{'purpose': 'service', 'channel': 'email', 'granted': false}]}",
        "/consents/0/purpose",
        "service (expected");
    refused(
        "{'consents': [{'purpose': 'marketing', 'channel': 'fax', 'granted': true}]}",
        "/consents/0/channel",
        "channel: fax (expected: one of email, sms, phone, post)");
    refused(
        "{'consents': [{'purpose': 'marketing', 'topic': 'x', 'granted': true}]}",
        "/consents/0/topic",
        "expected: one of newsletter, ");
    refused(
        "{'consents': [{'purpose': 'marketing', 'granted': true}]}",
        "/consents/0",
        "expected: channel, or topic");
    refused(
        "{'consents': [{'purpose': 'marketing', 'channel': 'sms'}]}",
        "/consents/0/granted",
        "granted: missing (expected: true or false)");
    refused(
        "{'consents': [{'purpose': 'marketing', 'channel': 'sms', 'granted': 'yes'}]}",
        "/consents/0/granted",
        "granted: yes (expected: true or false)");
    refused(
        "{'consents': [{'purpose': 'marketing', 'channel': 'sms', 'granted': true},"
            + "{'purpose': 'marketing', 'channel': 'sms', 'granted': false}]}",
        "/consents/1",
        "given twice");
    refused(
        "{'preferences': [{'name': 'colour', 'value': 'red'}]}",
        "/preferences/0/name",
        "expected: one of contactChannel");
    refused(
        "{'preferences': [{'name': 'frequency', 'value': 'hourly'}]}",
        "/preferences/0/value",
        "Please choose one of the values.");
    refused(
        "{'preferences': [{'name': 'frequency', 'value': 7}]}",
        "/preferences/0/value",
        "value: 7 (expected: a text, or null)");
    refused(
        "{'preferences': [{'name': 'interests', 'value': 'offers'}]}",
        "/preferences/0/value",
        "expected: a list of texts, or null");
    refused(
        "{'preferences': [{'name': 'quietHours', 'value': {'from': '25:00', 'to': '07:00'}}]}",
        "/preferences/0/value/from",
        "Please write a time");
    refused("{'profile': {'shoeSize': '38'}}", "/profile/shoeSize", "expected: given, family");
    refused(
        "{'profile': {'email': 'no address'}}", "/profile/email", "Please write an e-mail address");
    refused("{'stopAll': 'yes'}", "/stopAll", "expected: true, with nothing else");
    refused(
        "{'stopAll': true, 'profile': {'city': 'Cardiff'}}",
        "/stopAll",
        "expected: true, with nothing else");
    refused(
        "{'profile': {'city': 'Cardiff'}, 'consents': [{'purpose': 'marketing', 'channel': 'fax',"
            + " 'granted': true}]}",
        "/consents/0/channel",
        "fax");
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void aMistakeIsToldInHerLanguage() {
    me(token)
        .contentType("application/json")
        .body("{\"profile\": {\"email\": \"x\"}}")
        .post(ME + "?lang=pl")
        .then()
        .statusCode(422)
        .body("refused[0].message", containsString("adres"));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    send("{").statusCode(400).body("title", is("Not JSON")).body("detail", is("line 1"));
    send("{} {}").statusCode(400);
    send("{'stopAll': false, 'stopAll': true}").statusCode(400);
    send("{'profile': {'city': '" + "x".repeat(70_000) + "'}}").statusCode(413);
    me(token).contentType("text/plain").body("{}").post(ME).then().statusCode(415);
  }

  // -- who may not come in

  @Test
  void everybodyElseIsRefusedTheSameWay() {
    var revoked = made("manage").split(" ");
    given().delete("/api/links/" + revoked[0]).then().statusCode(204);
    var answers = new HashSet<String>();
    var wrong = new ArrayList<>(List.of("", "x", revoked[1], token("unsubscribe")));
    wrong.add(token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A"));
    for (var one : wrong) {
      long start = System.nanoTime();
      answers.add(me(one).get(ME).then().statusCode(404).extract().asString());
      assertThat(System.nanoTime() - start).isGreaterThan(55_000_000L);
    }
    var none = given().header("X-Forwarded-For", client);
    answers.add(none.get(ME).then().statusCode(404).extract().asString());
    answers.add(none.get(ME + "?token=" + token).then().statusCode(404).extract().asString());
    answers.add(
        me("x")
            .contentType("application/json")
            .body("{")
            .post(ME)
            .then()
            .statusCode(404)
            .extract()
            .asString());
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next()).contains("\"status\":404", "Nobody here");
  }

  @Test
  void aFloodOfGuessesIsNotLookedAt() {
    int status = 0;
    for (int guess = 0; status != 429 && guess < 60; guess++) {
      var answer = me("guess" + guess).get(ME);
      status = answer.statusCode();
      if (status == 429) {
        answer
            .then()
            .contentType(startsWith("application/problem+json"))
            .body("title", is("Too many requests"));
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
      }
    }
    assertThat(status).isEqualTo(429);
    look();
  }

  // -- other web sites

  @Test
  void theSitesOfTheConfigurationMayUseItInABrowser() {
    given()
        .header("Origin", OtherSites.SITE)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .options(ME)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", OtherSites.SITE)
        .header("Access-Control-Allow-Methods", "GET, POST")
        .header("Access-Control-Allow-Headers", "authorization, content-type")
        .header("Access-Control-Allow-Credentials", nullValue());
    for (var one : List.of(token, "wrong")) {
      var answer = me(one).header("Origin", OtherSites.SITE).get(ME);
      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(OtherSites.SITE);
      assertThat(answer.headers().getValues("Vary").toString())
          .contains("Origin", "Accept-Language", "Sec-GPC");
    }
  }

  @Test
  void noOtherSiteMay() {
    for (var site :
        List.of(
            "https://www.example.com.evil.example",
            "http://www.example.com",
            "https://www.example.com:8443",
            "https://example.com",
            "null")) {
      var asked = given().header("Origin", site).options(ME);
      var got = me(token).header("Origin", site).get(ME);
      for (var answer : List.of(asked, got)) {
        assertThat(answer.header("Access-Control-Allow-Origin")).as(site).isNull();
        assertThat(answer.headers().getValues("Vary").toString()).contains("Origin");
      }
    }
    me(token)
        .header("Origin", OtherSites.SITE)
        .get("/centre/l/" + token)
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
