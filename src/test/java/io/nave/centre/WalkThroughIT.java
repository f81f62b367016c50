package io.nave.centre;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.nave.Browser;
import io.nave.Browser.Looker;
import io.nave.EmbeddedServices;
import io.nave.sync.Homes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A customer walks through the preference centre in a real browser. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class WalkThroughIT {
  private static final String EMAIL = "#consent\\:marketing\\:email";
  private static final String SMS = "#consent\\:marketing\\:sms";

  private static int next;

  @Inject Homes homes;

  @TestHTTPResource("/")
  String base;

  private Browser browser;
  private String id;

  @BeforeEach
  void aCustomerWithABrowser() {
    browser = Browser.open(base);
    id = UUID.randomUUID().toString();
    given()
        .contentType("application/json")
        .body(
            """
            {"spoke": "crm", "recordId": "%s", "changedAt": "2026-01-02T03:04:05Z",
             "customer": {"type": "person", "name": {"given": "Siân", "family": "Rees"},
               "emails": [{"value": "%s@x.example"}], "phones": [{"value": "+44292018%04d"}]},
             "consents": [{"purpose": "marketing", "channel": "email", "state": "granted",
               "decidedAt": "2026-05-03T10:00:00Z", "evidence": {"method": "web form"}}]}
            """
                .formatted(id, id, next++))
        .post("/api/observations")
        .then()
        .statusCode(202);
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

  private String link(String use, String rest) {
    return given()
        .contentType("application/json")
        .body(
            "{\"record\": {\"spoke\": \"crm\", \"recordId\": \"%s\"}, \"use\": \"%s\"%s}"
                .formatted(id, use, rest))
        .post("/api/links")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getString("items[0].links[0].url")
        .replaceFirst("https?://[^/]+/", "/");
  }

  private String state(String purpose, String channel) {
    return given()
        .get("/api/customers/" + homes.customerOf("crm:" + id))
        .then()
        .extract()
        .path(
            "consents.find { it.purpose == '%s' && it.channel == '%s' && it.topic == null }?.state"
                .formatted(purpose, channel));
  }

  @ParameterizedTest
  @CsvSource({"en, ltr", "cy, ltr", "ar, rtl", "zh, ltr", "pl, ltr", "th, ltr"})
  void sheManagesEverythingInHerLanguageOnAPhone(String language, String direction) {
    var page = browser.page(Looker.PHONE);
    page.navigate(link("manage", "") + "?lang=" + language);
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    assertThat(page.locator("html").getAttribute("dir")).isEqualTo(direction);
    Browser.inspect(page, "centre-" + language);

    page.locator("[name='profile:email']").fill("no address");
    page.locator("button[value=save]").click();
    PlaywrightAssertions.assertThat(page.locator("#mistakes")).isFocused();
    Browser.inspect(page, "centre-" + language + "-mistake");
    assertThat(state("marketing", "email")).isEqualTo("granted");

    page.locator("[name='profile:email']").fill("new-" + id + "@x.example");
    page.locator(EMAIL).uncheck();
    page.locator("button[value=save]").click();
    page.locator("#notice").waitFor();
    assertThat(page.locator(EMAIL).isChecked()).isFalse();
    assertThat(state("marketing", "email")).isEqualTo("withdrawn");
    Browser.inspect(page, "centre-" + language + "-saved");

    var other = language.equals("en") ? "cy" : "en";
    page.locator(".tongues a[hreflang=" + other + "]").click();
    PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("lang", other);
  }

  @ParameterizedTest
  @CsvSource({"en", "cy", "ar", "zh", "pl", "th"})
  void theSmallPagesAreInHerLanguageToo(String language) {
    var page = browser.page(Looker.PHONE);
    page.navigate(
        link("unsubscribe", ", \"purpose\": \"marketing\", \"channel\": \"email\"")
            + "?lang="
            + language);
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    Browser.inspect(page, "unsubscribe-" + language);
    page.locator("button.main").click();
    page.waitForCondition(() -> "withdrawn".equals(state("marketing", "email")));
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    Browser.inspect(page, "unsubscribe-" + language + "-done");
    page.navigate("/centre/l/none?lang=" + language);
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo(language);
    Browser.inspect(page, "refused-" + language);
  }

  @Test
  void itIsAsGoodInTheDarkAndAtADesk() {
    var page = browser.page(Looker.DESK.inTheDark());
    page.navigate(link("manage", ""));
    Browser.inspect(page, "centre-dark");
    page.locator("button[value=stop]").click();
    page.locator("#notice").waitFor();
    Browser.inspect(page, "centre-dark-stopped");
  }

  @Test
  void sheNeedsNoMouse() {
    var page = browser.page(Looker.DESK);
    page.navigate(link("manage", ""));
    page.keyboard().press("Tab");
    PlaywrightAssertions.assertThat(page.locator("a.skip")).isFocused();
    page.keyboard().press("Enter");
    tabTo(page, page.locator(EMAIL));
    assertThat(outline(page)).as("the outline of what has the focus").isNotEqualTo("none");
    page.keyboard().press("Space");
    tabTo(page, page.locator(SMS));
    page.keyboard().press("Space");
    tabTo(page, page.locator("button[value=save]"));
    assertThat(outline(page)).as("the outline of what has the focus").isNotEqualTo("none");
    page.keyboard().press("Enter");
    page.locator("#notice").waitFor();
    assertThat(state("marketing", "email")).isEqualTo("withdrawn");
    assertThat(state("marketing", "sms")).isEqualTo("granted");
  }

  private static void tabTo(Page page, Locator wanted) {
    for (int presses = 0; presses < 60; presses++) {
      page.keyboard().press("Tab");
      if ((Boolean) wanted.evaluate("one => one === document.activeElement")) {
        return;
      }
    }
    throw new AssertionError("60 presses of Tab do not lead to " + wanted);
  }

  private static String outline(Page page) {
    return (String) page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
  }

  @Test
  void sheNeedsNoScripts() {
    var page = browser.page(Looker.PHONE.withoutScripts());
    var manage = link("manage", "");
    page.navigate(manage);
    page.locator(EMAIL).uncheck();
    page.locator(SMS).check();
    page.locator("button[value=save]").click();
    page.locator("#notice").waitFor();
    assertThat(state("marketing", "email")).isEqualTo("withdrawn");
    assertThat(state("marketing", "sms")).isEqualTo("granted");

    page.locator("button[value=stop]").click();
    page.locator("#notice").waitFor();
    assertThat(state("marketing", "sms")).isEqualTo("withdrawn");
    assertThat(state("profiling", "any")).isEqualTo("withdrawn");
  }
}
