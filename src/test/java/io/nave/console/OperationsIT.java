package io.nave.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.nave.Browser;
import io.nave.Browser.Looker;
import io.nave.EmbeddedServices;
import io.nave.platform.FailureKind;
import io.nave.sync.Pauses;
import io.nave.sync.SourceTroubles;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators see of the systems, and do to them, in the console. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class OperationsIT {
  @Inject Pauses pauses;
  @Inject SourceTroubles troubles;

  @TestHTTPResource("/")
  String base;

  @AfterEach
  void nothingIsPaused() {
    pauses.resume("crm", "test");
  }

  private static io.restassured.specification.RequestSpecification form(String spoke) {
    return given().redirects().follow(false).formParam("spoke", spoke);
  }

  @Test
  void showsEachSystemButTheHubsOwn() {
    given()
        .get("/operations")
        .then()
        .statusCode(200)
        .body(
            allOf(
                containsString("Pause crm"),
                containsString("Pause esp"),
                not(containsString("preference-centre"))));
  }

  @Test
  void aSystemIsPausedWithAReasonAndResumedWithoutScripts() {
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.PHONE.withoutScripts());
      page.navigate("/operations");
      var row = page.locator("tr", new Page.LocatorOptions().setHasText("crm")).first();
      row.locator("input[name=reason]").fill("maintenance <tonight>");
      button(page, "Pause crm");
      assertThat(pauses.of("crm").orElseThrow().reason()).isEqualTo("maintenance <tonight>");
      assertThat(page.locator("table").first().textContent()).contains("maintenance <tonight>");
      button(page, "Resume crm");
      assertThat(pauses.of("crm")).isEmpty();
      assertThat(page.locator("table").last().textContent())
          .contains("console", "paused", "resumed", "spoke: crm", "maintenance <tonight>");
    }
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
    page.waitForLoadState();
  }

  @Test
  void whatIsTypedStaysWhileThePageRefreshes() {
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.DESK);
      page.navigate("/operations");
      var reason = page.locator("input[name=reason]").first();
      reason.fill("half a rea");
      page.waitForResponse(answer -> answer.url().endsWith("/operations/live"), () -> {});
      pauses.pause("esp", "by somebody else", "test");
      try {
        page.getByText("by somebody else").first().waitFor();
        assertThat(reason.inputValue()).isEqualTo("half a rea");
      } finally {
        pauses.resume("esp", "test");
      }
    }
  }

  @Test
  void aSourceThatCannotBeReadIsToldWithItsLastFailure() {
    troubles.failed("crm", "crm", FailureKind.PERMANENT, "VendorError (HTTP 414)");
    try {
      given()
          .get("/operations/live")
          .then()
          .body(
              allOf(
                  containsString("cannot be read"),
                  containsString("Changes there are not seen. First failed look:"),
                  containsString("VendorError (HTTP 414)")));
    } finally {
      troubles.succeeded("crm");
    }
    given().get("/operations/live").then().body(not(containsString("cannot be read")));
  }

  @Test
  void isPausedWithAReasonOnly() {
    for (var reason : List.of("", "  ", "x".repeat(2001))) {
      form("crm")
          .formParam("reason", reason)
          .post("/operations/pause")
          .then()
          .statusCode(400)
          .body(containsString("reason: missing or too long (expected: up to 2000 characters)"));
    }
    assertThat(pauses.of("crm")).isEmpty();
  }

  @Test
  void anUnknownSystemIsNeitherPausedNorResumed() {
    for (var act : List.of("pause", "resume")) {
      for (var spoke : List.of("nobody", "preference-centre")) {
        form(spoke)
            .formParam("reason", "maintenance")
            .post("/operations/" + act)
            .then()
            .statusCode(404)
            .body(containsString("(expected: one of crm, erp, esp)"));
      }
    }
  }

  @Test
  void aFormOfAnotherPageIsRefused() {
    form("crm")
        .header("Sec-Fetch-Site", "cross-site")
        .formParam("reason", "maintenance")
        .post("/operations/pause")
        .then()
        .statusCode(403);
    assertThat(pauses.of("crm")).isEmpty();
  }
}
