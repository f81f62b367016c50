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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser gets them. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ConsoleIT {

  private static void observe(String spoke, String id, String customer, String rest) {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z",
             "customer": %s%s}
            """
                .formatted(spoke, id, customer, rest))
        .post("/api/observations")
        .then()
        .statusCode(202)
        .body("accepted", is(1));
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

  private static String person(String given, String family, String email) {
    return """
        {"type": "person", "name": {"given": "%s", "family": "%s"}, "emails": [{"value": "%s"}]}
        """
        .formatted(given, family, email);
  }

  private static String page(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/wheel", "/customers", "/waiting", "/customers/nobody"})
  void everyPageForbidsWhatIsNotItsOwn(String path) {
    var page =
        given()
            .get(path)
            .then()
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .header("Content-Security-Policy", containsString("script-src 'self'"))
            .header("X-Frame-Options", "DENY")
            .header("X-Content-Type-Options", "nosniff")
            .header("Referrer-Policy", "no-referrer")
            .extract()
            .asString();
    assertThat(page).doesNotContain("<script>", " style=", " onclick=", "https://");
  }

  @Test
  void everyFileThatAPageLoadsIsThere() {
    var page = page("/");
    var files =
        java.util.regex.Pattern.compile("(?:src|href)=\"(/(?:console|webjars)/[^\"]+)\"")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(files).hasSize(5);
    files.forEach(file -> given().get(file).then().statusCode(200));
    given().get("/console/console.css").then().header("Cache-Control", "no-cache");
  }

  @Test
  void theWheelShowsEverySpokeThatIsDeclared() {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(page("/wheel"))
                    .contains("<bdi>crm</bdi>", "<bdi>erp</bdi>", "<bdi>esp</bdi>")
                    .contains("contributes only", "<bdi>Preference centre</bdi>")
                    .doesNotContain("<html"));
  }

  @Test
  void aNameWithMarkupIsHarmlessEverywhere() {
    var evil = "<script>alert(1)</script>";
    observe("crm", "console-evil", person(evil, "Evil\\\"' onload=x", "evil@console.example"), "");
    var pages =
        page("/customers?q=evil@console.example")
            + page("/customers/" + customerOf("console-evil"));
    assertThat(pages)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain(evil, "Evil\"");
  }

  @Test
  void whatIsSearchedForIsHarmlessToo() {
    assertThat(page("/customers?q=\"><img src=x>"))
        .contains("&quot;&gt;&lt;img src=x&gt;")
        .doesNotContain("<img");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mair find", "Mair@CONSOLE.example", "029 2018 0666", "caerd", "mair@"})
  void aCustomerIsFoundByWhateverIsTyped(String typed) {
    observe(
        "crm",
        "console-find",
        """
        {"type": "person", "name": {"given": "Mair", "family": "Findable"},
         "emails": [{"value": "mair@console.example"}], "phones": [{"value": "+442920180666"}],
         "addresses": [{"lines": ["1 Stryd"], "city": "Caerdydd", "country": "GB"}]}
        """,
        "");
    given()
        .queryParam("q", typed)
        .header("HX-Request", "true")
        .get("/customers")
        .then()
        .statusCode(200)
        .body(containsString("Mair Findable"))
        .body(containsString("/customers/" + customerOf("console-find")))
        .body(not(containsString("<html")));
  }

  @Test
  void aSearchThatFindsNobodySaysSo() {
    assertThat(page("/customers?q=zzzzqq")).contains("Nobody is found for “zzzzqq”");
    assertThat(page("/customers?q=")).contains("Type a name in any script");
  }

  @Test
  void aCustomerShowsWhereEachValueComesFrom() {
    var consents =
        ", \"consents\": [{\"purpose\": \"marketing\", \"channel\": \"email\", \"state\":"
            + " \"withdrawn\", \"decidedAt\": \"2026-01-01T00:00:00Z\"}]";
    observe("crm", "console-a", person("Siân", "Origin", "sian@origin.example"), consents);
    observe(
        "esp",
        "console-b",
        """
        {"type": "person", "name": {"given": "Sian", "family": "Origin"}, "gender": "female",
         "emails": [{"value": "sian@origin.example"}]}
        """,
        "");
    assertThat(page("/customers/" + customerOf("console-a")))
        .contains("console-a", "console-b")
        .contains("nobody else says anything")
        .contains("said survives", "said agrees", "said differs")
        .contains("withdrawn", "Version 2", "first version");
  }

  @Test
  void aMergedCustomerRedirects() {
    var mail = "\"emails\": [{\"value\": \"a@merge.example\"}]";
    var phone = "\"phones\": [{\"value\": \"+442920180222\"}]";
    var nia = "{\"type\": \"person\", \"name\": {\"given\": \"Nia\", \"family\": \"Merge\"}, ";
    observe("crm", "console-m1", nia + mail + "}", "");
    observe("esp", "console-m2", nia + phone + "}", "");
    var first = customerOf("console-m1");
    var second = customerOf("console-m2");
    observe("erp", "console-m3", nia + mail + ", " + phone + "}", "");
    given()
        .redirects()
        .follow(false)
        .get("/customers/" + second)
        .then()
        .statusCode(303)
        .header("Location", endsWith("/customers/" + first));
  }

  @Test
  void anUnknownCustomerIsAPageThatSaysSo() {
    given()
        .get("/customers/nobody")
        .then()
        .statusCode(404)
        .body(containsString("There is no customer nobody."));
  }
}
