package io.nave.sync;

import static io.nave.sync.Say.born;
import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules of matching that change while the hub runs; over HTTP, on the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class MatchingIT {
  private static final String AT = "2026-01-01T00:00:00Z";

  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject ApplyMatching apply;
  @Inject MatchingInForce matching;
  @Inject Decide decide;
  private final Say say = new Say();
  private String file;

  /** By the file crm:1 and esp:2 are one, by their e-mail address; crm:3 and esp:4 are not. */
  @BeforeEach
  void threeCustomers() {
    file = apply.rules();
    tables.empty();
    observe(
        snapshot("crm", "1", AT, name("Nia", "Rees") + mail("nia@x.example")),
        snapshot("esp", "2", AT, name("Nia", "Rees") + mail("nia@x.example")),
        snapshot("crm", "3", AT, name("Gwenllian", "Prydderch") + born("1980-02-03")),
        snapshot("esp", "4", AT, name("Lowri", "Prydderch") + born("1980-02-03")));
    assertThat(tables.partition()).containsExactly("crm:1 esp:2", "crm:3", "esp:4");
  }

  @AfterEach
  void backToTheFile() {
    tables.empty();
    if (!apply.rules().equals(file)) {
      matching.adopt(-1, file);
    }
  }

  private void observe(String... observations) {
    reconcile.reconcile(say.logged(observations));
  }

  /** Twins are one person, and who shares a name and an e-mail address only is two. */
  private String changed() {
    return with(
        "rules:",
        """
        rules:
          - {name: shared, when: {email: [same], birth-date: [nothing]}, outcome: NO_MATCH}
          - {name: all-prydderch, when: {family: [same], birth-date: [same]}, outcome: MATCH}
        """);
  }

  private String with(String line, String other) {
    assertThat(file).contains("\n" + line);
    return file.replaceFirst("\n" + line + ".*\n", "\n" + other);
  }

  private static ValidatableResponse rules(String path, String text) {
    return given().contentType("text/plain").body(text).post("/api/matching/" + path).then();
  }

  private List<String> everything() {
    var all = new ArrayList<String>();
    for (var table :
        List.of(
            "source_record",
            "match_key",
            "match_edge",
            "customer",
            "customer_history",
            "outbox",
            "review_task",
            "match_run")) {
      all.addAll(tables.texts("select '" + table + "' || t::text from " + table + " t order by 1"));
    }
    return all;
  }

  private void applied(String text) {
    rules("apply", text).statusCode(202).body("finishedAt", nullValue());
    awaitTheEnd();
  }

  private static void awaitTheEnd() {
    await()
        .atMost(30, SECONDS)
        .untilAsserted(
            () -> given().get("/api/status").then().body("matching.finishedAt", not(nullValue())));
  }

  @Test
  void aPreviewNamesAMergeAndASplitAndChangesNothing() {
    var before = everything();
    rules("preview", changed())
        .statusCode(200)
        .body("records", is(4))
        .body("customers", is(3))
        .body("customersThen", is(3))
        .body("merges.count", is(1))
        .body("merges.customers", is(2))
        .body("merges.examples[0].parts.records.recordId.flatten()", is(List.of("3", "4")))
        .body("merges.examples[0].strongest.then.rule", is("all-prydderch"))
        .body("merges.examples[0].strongest.now.outcome", not("MATCH"))
        .body("merges.examples[0].strongest.then.reasons.words", hasItem("same family name"))
        .body("splits.count", is(1))
        .body("splits.parts", is(2))
        .body("splits.examples[0].parts.records.recordId.flatten()", is(List.of("1", "2")))
        .body("splits.examples[0].strongest.now.outcome", is("MATCH"))
        .body("splits.examples[0].strongest.then.outcome", is("NO_MATCH"))
        .body(
            "splits.examples[0].parts.customerId.unique()",
            is(
                List.of(
                    tables.text("select customer_id from source_record where record_id = '1'"))));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theRulesInForceWouldChangeNothing() {
    rules("preview", apply.rules())
        .statusCode(200)
        .body("merges.count", is(0))
        .body("splits.count", is(0));
    assertThat(given().get("/api/matching").then().statusCode(200).extract().asString())
        .isEqualTo(file);
  }

  @Test
  void aPreviewHeedsStewards() {
    decide.decide(
        List.of(new Wish(Homes.key("crm:3"), Homes.key("esp:4"), false, "twins")), "gwen");
    decide.decide(List.of(new Wish(Homes.key("crm:1"), Homes.key("esp:2"), true, "met")), "gwen");
    rules("preview", changed()).body("merges.count", is(0)).body("splits.count", is(0));
  }

  @Test
  void appliedRulesEndWithThePreviewedClustersAndCountForWhatComesLater() {
    applied(changed());
    assertThat(tables.partition()).containsExactly("crm:1", "crm:3 esp:4", "esp:2");
    given().get("/api/status").then().body("matching.done", is(4)).body("matching.total", is(4));
    given().get("/api/status").then().body("matching.moved", is(2));
    assertThat(tables.number("select count(*) from outbox")).isPositive();
    rules("preview", changed()).body("merges.count", is(0)).body("splits.count", is(0));
    observe(snapshot("erp", "5", AT, name("Nest", "Prydderch") + born("1980-02-03")));
    assertThat(tables.partition()).contains("crm:3 erp:5 esp:4");
  }

  @Test
  void applyingTheOldRulesAgainEndsWhereItBegan() {
    var states = tables.goldenStates();
    applied(changed());
    assertThat(tables.goldenStates()).isNotEqualTo(states);
    applied(file);
    assertThat(tables.goldenStates()).isEqualTo(states);
    assertThat(tables.partition()).containsExactly("crm:1 esp:2", "crm:3", "esp:4");
  }

  @Test
  void aKeyThatWasWornOutCountsAgainUnderAHigherLimit() {
    applied(with("  recordsWithOneKey", "  recordsWithOneKey: 2\n"));
    observe(snapshot("erp", "5", AT, name("Nia", "Rees") + mail("nia@x.example")));
    assertThat(tables.partition()).contains("crm:1", "erp:5", "esp:2");
    applied(file);
    assertThat(tables.partition()).containsExactly("crm:1 erp:5 esp:2", "crm:3", "esp:4");
    var keys = "select count(*) from source_record s, unnest(s.keys) k";
    assertThat(tables.number("select count(*) from match_key")).isEqualTo(tables.number(keys));
    assertThat(tables.number("select count(*) from match_key where source_record_id = 0")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whereKeysWearOutTheOrderPlaysNoPart(long seed) {
    matching.adopt(-3, with("  recordsWithOneKey", "  recordsWithOneKey: 5\n"));
    var random = new Random(seed);
    var said = new ArrayList<String>();
    for (int i = 0; i < 45; i++) {
      var spoke = List.of("crm", "esp", "erp").get(i % 3);
      var rest = name("Nia", "Prys" + (char) ('a' + random.nextInt(4)));
      rest += mail("p" + random.nextInt(7) + "@x.example");
      rest += random.nextBoolean() ? born("198" + random.nextInt(4) + "-02-03") : "";
      said.add(snapshot(spoke, "r" + i, AT, rest));
    }
    var expected = inBatches(said, 45);
    assertThat(tables.number("select count(*) from match_key where source_record_id = 0"))
        .isPositive();
    for (int batch : new int[] {1, 4, 45}) {
      Collections.shuffle(said, random);
      assertThat(inBatches(said, batch)).as("batches of " + batch).isEqualTo(expected);
    }
  }

  private Set<String> inBatches(List<String> said, int batch) {
    tables.empty();
    for (int from = 0; from < said.size(); from += batch) {
      var part = said.subList(from, Math.min(from + batch, said.size()));
      reconcile.reconcile(say.logged(part));
    }
    return tables.partition();
  }

  @Test
  void anInterruptedRunGoesOnWhereItWas() {
    matching.adopt(-2, changed());
    var third = tables.number("select id from source_record where record_id = '3'");
    tables.run(
        "insert into match_run (rules, file_digest, started_at, total, last, position, done)"
            + " select '"
            + changed().replace("'", "''")
            + "', 1, now() - interval '1 minute', 4, max(id), "
            + (third - 1)
            + ", 2 from source_record");
    awaitTheEnd();
    assertThat(tables.partition()).containsExactly("crm:1 esp:2", "crm:3 esp:4");
    given().get("/api/status").then().body("matching.done", is(4));
  }

  @Test
  void aBrokenFileIsRefusedWithEveryMistakeAndItsLine() {
    var wrong = "match: 7\nluck: 1\nnicknames: ../../etc/passwd\n";
    for (var path : List.of("preview", "apply")) {
      rules(path, wrong)
          .statusCode(422)
          .contentType("application/problem+json")
          .body("refused", hasItem(containsString("matching.yaml:1: match: 7")))
          .body("refused", hasItem(containsString("matching.yaml:2: luck")))
          .body("refused", hasItem(containsString("matching.yaml:3: nicknames")));
      rules(path, " ").statusCode(400);
    }
    rules("preview", "nicknames: none.csv").statusCode(422).body("refused", not(hasSize(0)));
    assertThat(tables.number("select count(*) from match_run")).isZero();
    assertThat(apply.rules()).isEqualTo(file);
  }
}
