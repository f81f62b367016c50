package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.nave.Browser;
import io.nave.Browser.Looker;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two systems that correct each other, with the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class LoopIT {
  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject Transactions transactions;
  @Inject PinAttributes pins;
  @Inject Leases leases;
  private final Say say = new Say();
  private int said;
  private FreezeLoops loops;

  @TestHTTPResource("/")
  String base;

  @BeforeEach
  void start() {
    tables.empty();
    said = 0;
    loops = within(Duration.ofMinutes(10), Clock.systemUTC());
  }

  private FreezeLoops within(Duration time, Clock clock) {
    return new FreezeLoops(transactions, pins, leases, clock, 5, time);
  }

  /** Each says it is otherwise, in turn, and never the same twice in a row. */
  private void flip(int times) {
    for (int i = 0; i < times; i++) {
      boolean crm = said % 2 == 0;
      boolean even = said / 2 % 2 == 0;
      says(crm ? "crm" : "esp", crm ? (even ? "cy" : "de") : even ? "en" : "fr", "");
    }
  }

  private void says(String spoke, String language, String more) {
    var at = "2026-01-01T00:%02d:00Z".formatted(said++);
    var who = name("Siân", "Rees") + mail("s@x.example") + ",\"language\":\"%s\"" + more;
    reconcile.reconcile(say.logged(snapshot(spoke, "1", at, who.formatted(language))));
  }

  private String golden() {
    return tables.text(
        "select state->'customer'->>'language' from customer where redirect_to is null");
  }

  private static io.restassured.response.ValidatableResponse frozen() {
    return given().get("/api/frozen").then();
  }

  @Test
  void anAttributeThatKeepsFlippingIsFrozenAndWaitsForASteward() {
    flip(8);
    loops.look();
    loops.look();
    flip(2);
    assertThat(golden()).isEqualTo("fr");
    frozen()
        .body("items", hasSize(1))
        .body("items[0].attribute", is("language"))
        .body("items[0].value", is("\"fr\""))
        .body(
            "items[0].reason",
            is("went back and forth 6 times within 10 minutes between crm:1 and esp:1"))
        .body("items[0].trail", hasSize(8))
        .body("items[0].trail[0].from", is("crm:1"));
  }

  @Test
  void fewerFlipsAreNoLoop() {
    flip(7);
    loops.look();
    frozen().body("items", hasSize(0));
  }

  /** So that the look need not read the history of everybody who changes often. */
  @Test
  void onlyWhatComesFromAnotherRecordThanBeforeIsAMove() {
    for (int i = 0; i < 4; i++) {
      says("crm", i % 2 == 0 ? "cy" : "de", "");
    }
    assertThat(tables.number("select count(*) from source_move")).isZero();
    says("esp", "en", "");
    says("crm", "fr", "");
    assertThat(tables.number("select count(*) from source_move")).isEqualTo(2);
  }

  @Test
  void movesOfLongAgoAreForgotten() {
    flip(3);
    tables.run("update source_move set at = at - interval '11 minutes'");
    loops.look();
    assertThat(tables.number("select count(*) from source_move")).isZero();
  }

  @Test
  void flipsOfLongAgoDoNotCount() {
    flip(5);
    tables.run("update customer_history set at = at - interval '11 minutes'");
    flip(5);
    loops.look();
    frozen().body("items", hasSize(0));
  }

  @Test
  void whatIsFrozenIsCorrectedNowhereAndTheRestIs() {
    flip(8);
    loops.look();
    tables.run("truncate outbox");
    says("crm", "cy", "");
    assertThat(tables.number("select count(*) from outbox")).isZero();
    says("crm", "de", Say.gender("female"));
    assertThat(tables.number("select count(*) from outbox")).isEqualTo(1);
    assertThat(golden()).isEqualTo("fr");
  }

  @Test
  void aStewardEndsItAndItIsNotFrozenAgainForTheSameFlips() {
    flip(8);
    loops.look();
    var id = tables.text("select customer_id::text from source_record limit 1");
    flip(1);
    given().delete("/api/customers/" + id + "/pins/language?by=Mair").then().statusCode(200);
    assertThat(golden()).isEqualTo("cy");
    loops.look();
    frozen().body("items", hasSize(0));
    flip(9);
    loops.look();
    frozen().body("items", hasSize(1));
  }

  @Test
  void nobodyPinsInTheHubsName() {
    flip(1);
    var id = tables.text("select customer_id::text from source_record limit 1");
    given()
        .contentType("application/json")
        .body("{\"value\": \"cy\", \"by\": \"hub\"}")
        .put("/api/customers/" + id + "/pins/language")
        .then()
        .statusCode(422)
        .body("refused[0].message", containsString("by: hub (expected: a person"));
  }

  @Test
  void isShownAmongTheReviewsWithItsTrail() {
    flip(8);
    loops.look();
    try (var browser = Browser.open(base)) {
      var page = browser.page(Looker.DESK);
      page.navigate("/review");
      PlaywrightAssertions.assertThat(page.locator("section[aria-labelledby=frozen-title]"))
          .containsText("crm:1 → esp:1 → crm:1");
      Browser.inspect(page, "review-frozen");
    }
  }
}
