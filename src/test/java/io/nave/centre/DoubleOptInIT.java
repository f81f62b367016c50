package io.nave.centre;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A yes that has to be confirmed, from the page to the message and back. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(value = AcousticAtHand.class, restrictToAnnotatedClass = true)
class DoubleOptInIT {
  private static final String WAS = "was:consent:marketing:email";
  private static final String EMAIL = "consent:marketing:email";

  @Inject Homes homes;
  @Inject DataSource database;

  private final String sandbox =
      ConfigProvider.getConfig().getValue("nave.spokes.acoustic.url", String.class);
  private String id;
  private int observed;
  private String email;

  @BeforeEach
  void aCustomer() {
    id = UUID.randomUUID().toString();
    email = id + "@x.example";
    observe("crm", "en", "Siân", email);
  }

  private void observe(String spoke, String language, String given, String address) {
    var emails = address == null ? "" : ", \"emails\": [{\"value\": \"%s\"}]".formatted(address);
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-02T03:04:%02dZ",
             "customer": {"type": "person", "name": {"given": "%s", "family": "Rees"},
               "language": "%s"%s}}
            """
                .formatted(spoke, id, ++observed, given, language, emails))
        .post("/api/observations")
        .then()
        .statusCode(202);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  @AfterEach
  void theSandboxIsWellAgain() {
    given().delete(sandbox + "/_sandbox/faults").then().statusCode(204);
  }

  private void fault(String json) {
    given()
        .contentType("application/json")
        .body(json)
        .post(sandbox + "/_sandbox/faults")
        .then()
        .statusCode(201);
  }

  private String link(String spoke, String use, String rest) {
    return given()
        .contentType("application/json")
        .body(
            "{\"record\": {\"spoke\": \"%s\", \"recordId\": \"%s\"}, \"use\": \"%s\"%s}"
                .formatted(spoke, id, use, rest))
        .post("/api/links")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("items[0].links[0].url")
        .replaceFirst("https?://[^/]+", "");
  }

  private static ValidatableResponse send(String path, String... fields) {
    var request =
        given().redirects().follow(false).contentType("application/x-www-form-urlencoded");
    for (int i = 0; i < fields.length; i += 2) {
      request.formParam(fields[i], fields[i + 1]);
    }
    return request.post(path).then();
  }

  private static void sayYes(String page) {
    send(page, "act", "save", WAS, "off", EMAIL, "on")
        .statusCode(303)
        .header("Location", containsString("done=1-sent"));
  }

  private List<Map<String, Object>> messages() {
    JsonPath all =
        given().accept("application/json").get(sandbox + "/_sandbox/messages").jsonPath();
    return all.param("to", email).getList("findAll { it.to == to }");
  }

  private Map<String, String> message(int number) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(messages()).hasSizeGreaterThanOrEqualTo(number));
    return texts(messages().get(0));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(Map<String, Object> message) {
    return (Map<String, String>) message.get("texts");
  }

  private static String path(Map<String, String> message) {
    return message.get("LINK").replaceFirst("https?://[^/]+", "");
  }

  private String state() {
    return given()
        .get("/api/customers/" + homes.customerOf("crm:" + id))
        .then()
        .extract()
        .path("consents.find { it.purpose == 'marketing' && it.channel == 'email' }?.state");
  }

  private String confirmation() {
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select string_agg(state || ' ' || attempts || coalesce(' ' || error, ''), '; '"
                    + " order by created_at) from confirmation where anchor_record = ?")) {
      statement.setString(1, id);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void becomes(String confirmation) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(confirmation()).isEqualTo(confirmation));
  }

  // -- the whole way

  @Test
  void theLinkInTheMessageMakesHerYesCountOnce() {
    sayYes(link("crm", "manage", ""));
    assertThat(state()).isEqualTo("pending");

    var message = message(1);
    assertThat(message.get("SUBJECT")).isEqualTo("Please confirm: “Marketing” (e-mail)");
    assertThat(message.get("GREETING")).isEqualTo("Hello Siân");
    assertThat(message.get("WORDS")).startsWith("You asked Example Company for “Marketing”");
    becomes("sent 0");

    given().get(path(message)).then().statusCode(200).body(containsString("Please confirm"));
    assertThat(state()).isEqualTo("pending");
    send(path(message)).statusCode(200).body(containsString("Your yes has been noted."));
    assertThat(state()).isEqualTo("granted");

    given().get(path(message)).then().statusCode(404);
    send(path(message)).statusCode(404);
    given()
        .get(link("crm", "manage", ""))
        .then()
        .body(containsString("with the link in our message"));
  }

  @Test
  void sheIsWrittenToInHerLanguageAndNeverByANameThatIsAnAdvertisement() {
    observe("crm", "ar", "buy at shop.example", email);
    sayYes(link("crm", "manage", "") + "?lang=ar");
    var message = message(1);
    assertThat(message)
        .containsEntry("LANGUAGE", "ar")
        .containsEntry("DIRECTION", "rtl")
        .containsEntry("GREETING", "مرحبًا");
    given().get(path(message)).then().body(containsString("dir=\"rtl\""));
  }

  @Test
  void aPersonCanFollowTheLinkAtTheSandbox() {
    sayYes(link("crm", "manage", ""));
    var message = message(1);
    given()
        .get(sandbox + "/_sandbox/messages")
        .then()
        .statusCode(200)
        .body(containsString("<a href=\"" + message.get("LINK") + "\">"))
        .body(containsString("To " + email));
  }

  // -- links that do not work

  @Test
  void aLinkThatHasEndedConfirmsNothing() {
    sayYes(link("crm", "manage", ""));
    message(1);
    var rest =
        ", \"purpose\": \"marketing\", \"channel\": \"email\", \"email\": \"%s\","
            + " \"lifetime\": \"PT1S\"";
    var path = link("crm", "confirm", rest.formatted(email));
    await().atMost(20, SECONDS).until(() -> given().get(path).statusCode() == 404);
    send(path).statusCode(404);
    assertThat(state()).isEqualTo("pending");
  }

  @Test
  void aLinkToAnAddressThatIsNotHersAnyMoreConfirmsNothing() {
    sayYes(link("crm", "manage", ""));
    var message = message(1);
    var page = link("crm", "manage", "");
    send(page, "act", "save", "was:profile:email", email, "profile:email", "new-" + email);
    observe("crm", "en", "Siân", "new-" + email);
    send(path(message)).statusCode(404);
    assertThat(state()).isEqualTo("pending");
  }

  // -- how often

  @Test
  void theMessageIsSentSoOftenADayAndNotMore() {
    var page = link("crm", "manage", "");
    sayYes(page);
    for (int sent = 1; sent <= 3; sent++) {
      message(sent);
      becomes("sent 0" + "; sent 0".repeat(sent - 1));
      send(page, "resend", "consent:marketing:email")
          .header("Location", containsString("done=sent"));
    }
    becomes("sent 0; sent 0; sent 0; sent 0");
    send(page, "resend", "consent:marketing:email")
        .header("Location", containsString("done=resend-limit"));
    assertThat(messages()).hasSize(4);
  }

  @Test
  void whatIsNotPendingIsNotSent() {
    send(link("crm", "manage", ""), "resend", "consent:marketing:email")
        .header("Location", containsString("done=resend-limit"));
    assertThat(confirmation()).isNull();
  }

  // -- when the spoke does not take it

  @Test
  void messagesWaitWhileTheSpokeIsDownAndOneServesForAllWhoAsk() {
    fault("{\"kind\": \"status\", \"status\": 503, \"path\": \"/XTMail\"}");
    var page = link("crm", "manage", "");
    sayYes(page);
    becomes("waiting 0 HTTP 503: /XTMail was refused");
    send(page, "resend", "consent:marketing:email").header("Location", containsString("done=sent"));

    given().delete(sandbox + "/_sandbox/faults");
    message(1);
    becomes("sent 0");
    assertThat(messages()).hasSize(1);
  }

  @Test
  void aMessageIsTriedAgainAfterAFailureThatPasses() {
    fault("{\"kind\": \"status\", \"status\": 500, \"count\": 2, \"path\": \"/XTMail\"}");
    sayYes(link("crm", "manage", ""));
    message(1);
    becomes("sent 2");
  }

  @Test
  void whatCanNeverBeSentWaitsForAPerson() {
    email = id + "@suppressed.example";
    observe("crm", "en", "Siân", email);
    sayYes(link("crm", "manage", ""));
    becomes("failed 1 transact 10: the message was refused");
    given()
        .get("/waiting")
        .then()
        .body(containsString("transact 10: the message was refused"))
        .body(not(containsString(email)));
  }

  @Test
  void whatIsStoppedMeanwhileIsNotSent() {
    fault("{\"kind\": \"status\", \"status\": 503, \"path\": \"/XTMail\"}");
    var page = link("crm", "manage", "");
    sayYes(page);
    becomes("waiting 0 HTTP 503: /XTMail was refused");
    send(page, "act", "stop").statusCode(303);
    given().delete(sandbox + "/_sandbox/faults");
    becomes("dropped 0 it waits for no confirmation any more");
    assertThat(messages()).isEmpty();
  }

  @Test
  void withoutAnAddressThereIsNothingToSend() {
    id = UUID.randomUUID().toString();
    observe("crm", "en", "Siân", null);
    sayYes(link("crm", "manage", ""));
    becomes("dropped 0 no e-mail address");
  }
}
