package io.nave.console;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import io.nave.Browser;
import io.nave.Browser.Looker;
import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The console's pages in a real browser: readable for everybody, on every screen. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class ConsoleWalkIT {
  @Inject Homes homes;

  @TestHTTPResource("/")
  String base;

  private Browser browser;

  @BeforeEach
  void customersAndABrowser() {
    browser = Browser.open(base);
    var phone = ", \"phones\": [{\"value\": \"+442920180199\"}]";
    observe("crm", "w-1", "Gwenllian", phone + ", \"emails\": [{\"value\": \"gw@walk.example\"}]");
    observe("esp", "w-2", "Gwenllian", ", \"emails\": [{\"value\": \"gw@walk.example\"}]");
    observe("erp", "w-3", "G", phone);
    await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> given().get("/api/status").then().body("reconcileLag", equalTo(0)));
  }

  @AfterEach
  void theBrowserIsClosed() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void observe(String spoke, String id, String given, String rest) {
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "%s", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z", "customer":
             {"type": "person", "name": {"given": "%s", "family": "Walker"}%s}, "consents": [
              {"purpose": "marketing", "channel": "email", "state": "granted",
               "decidedAt": "2026-02-03T10:00:00Z", "evidence": {"method": "web form"}}]}
            """
                .formatted(spoke, id, given, rest))
        .post("/api/observations")
        .then()
        .body("accepted", is(1));
  }

  static Stream<Looker> lookers() {
    return Stream.of(Looker.DESK, Looker.DESK.inTheDark(), Looker.PHONE);
  }

  @ParameterizedTest
  @MethodSource("lookers")
  void everyPageCanBeRead(Looker looker) {
    var one = "/customers/" + homes.customerOf("crm:w-1");
    var pages =
        List.of(
            "/",
            "/customers?q=walker",
            one,
            one + "/timeline",
            one + "/why",
            one + "/compliance",
            "/review",
            "/propagation",
            "/operations",
            "/operations/routes",
            "/waiting");
    var page = browser.page(looker);
    for (var path : pages) {
      var answer = page.navigate(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      Browser.inspect(
          page, "console" + name(path) + "-" + looker.width() + (looker.dark() ? "-dark" : ""));
    }
  }

  private static String name(String path) {
    return path.replaceAll("[0-9a-f-]{36}", "one").replaceAll("\\?.*", "").replace('/', '-');
  }

  @Test
  void aTaskIsDecidedWithAKey() {
    var one = homes.customerOf("crm:w-1");
    var other = homes.customerOf("erp:w-3");
    assertThat(other).isNotEqualTo(one);
    var page = browser.page(Looker.DESK);
    page.navigate("/review/" + one + "/" + other);
    Browser.inspect(page, "console-review-task");
    page.keyboard().press("s");
    page.waitForURL(url -> !url.contains(other.toString()), new Page.WaitForURLOptions());
    assertThat(homes.customerOf("erp:w-3")).isEqualTo(homes.customerOf("crm:w-1"));
  }
}
