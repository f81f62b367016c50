package io.nave.sync;

import static io.nave.sync.Say.born;
import static io.nave.sync.Say.gender;
import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.phone;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reconciling transaction against the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class ReconcileIT {
  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject DataSource database;

  @BeforeEach
  void empty() {
    tables.empty();
  }

  /** What is known in the end, without ids and versions. */
  private record Known(TreeSet<String> partition, List<String> golden) {}

  private Known known() {
    return new Known(tables.partition(), tables.goldenStates());
  }

  private Known afterAll(List<String> observations, int batch) {
    tables.empty();
    var logged = new Say().logged(observations);
    for (int from = 0; from < logged.size(); from += batch) {
      reconcile.reconcile(logged.subList(from, Math.min(from + batch, logged.size())));
    }
    return known();
  }

  /** Records of a few people that share addresses and numbers, and some that contradict others. */
  private static List<String> records(Random random, int count) {
    var said = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      int person = random.nextInt(count / 3);
      var rest = name(person % 2 == 0 ? "Nia" : "Huw", "Prys" + (char) ('a' + person % 5));
      rest += random.nextInt(3) > 0 ? mail("p" + person + "@law.example") : "";
      rest += random.nextInt(3) > 0 ? phone("+44292018%04d".formatted(person)) : "";
      rest += random.nextInt(3) > 0 ? "" : born("198" + random.nextInt(3) + "-02-03");
      var spoke = List.of("crm", "esp", "erp").get(random.nextInt(3));
      said.add(snapshot(spoke, "r" + i, "2026-01-%02dT00:00:00Z".formatted(1 + i % 28), rest));
    }
    return said;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void orderOfArrivalAndBatchingDoNotMatter(long seed) {
    var random = new Random(seed);
    var observations = records(random, 60);
    var expected = afterAll(observations, 100);
    for (int batch : new int[] {1, 7, 100}) {
      Collections.shuffle(observations, random);
      assertThat(afterAll(observations, batch)).as("batches of " + batch).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void whatAChangedRecordWasBeforeDoesNotMatter(long seed) {
    var random = new Random(seed);
    var before = records(random, 45);
    var after = records(random, 45);
    after.replaceAll(said -> said.replace("2026-01-", "2026-02-"));
    after.replaceAll(said -> said.replaceAll("\"spoke\":\"...\"", "\"spoke\":\"crm\""));
    before.replaceAll(said -> said.replaceAll("\"spoke\":\"...\"", "\"spoke\":\"crm\""));
    var changing = new ArrayList<>(before);
    changing.addAll(after);
    var expected = afterAll(after, 100).partition();
    assertThat(afterAll(changing, 7).partition()).isEqualTo(expected);
  }

  @Test
  void aRecordThatLeavesItsCustomerFreesTheOthersToFindTheirs() {
    var a =
        snapshot(
            "crm",
            "a",
            "2026-01-01T00:00:00Z",
            name("Nia", "Rees") + mail("n@x.example") + born("1980-02-03") + gender("female"));
    var b =
        snapshot(
            "esp",
            "b",
            "2026-01-01T00:00:00Z",
            name("Nia", "Rees") + mail("n@x.example") + phone("+442920180001"));
    var c =
        snapshot(
            "erp",
            "c",
            "2026-01-01T00:00:00Z",
            name("Nia", "Rees") + phone("+442920180001") + born("1957-07-19") + gender("male"));
    var moved =
        snapshot(
            "crm",
            "a",
            "2026-01-02T00:00:00Z",
            name("Nia", "Rees") + mail("new@x.example") + born("1980-02-03") + gender("female"));
    assertThat(afterAll(List.of(a, b, c), 1).partition())
        .containsExactlyInAnyOrder("crm:a esp:b", "erp:c");
    assertThat(afterAll(List.of(a, b, c, moved), 1).partition())
        .containsExactlyInAnyOrder("crm:a", "erp:c esp:b");
  }

  @Test
  void newRecordsThatSayNothingToMatchByAreCustomersOfTheirOwn() {
    var a = snapshot("crm", "a", "2026-01-01T00:00:00Z", name("Nia", "Rees"));
    var b = snapshot("crm", "b", "2026-01-01T00:00:00Z", name("Huw", "Prys"));
    assertThat(afterAll(List.of(a, b), 2).partition()).containsExactly("crm:a", "crm:b");
  }

  @Test
  void redeliveredObservationsChangeNothing() {
    var logged =
        new Say().logged(snapshot("crm", "1", "2026-01-01T00:00:00Z", name("Nia", "Rees")));
    reconcile.reconcile(logged);
    tables.run("delete from outbox");
    tables.run("update source_record set rule = 'untouched'");
    reconcile.reconcile(logged);
    assertThat(tables.number("select count(*) from outbox")).isZero();
    assertThat(tables.text("select rule from source_record")).isEqualTo("untouched");
    assertThat(tables.number("select sum(next) from progress")).isEqualTo(1);
  }

  @Test
  void lineageFollowsTheRecordsWhereTheStateStaysTheSame() {
    var older =
        snapshot("crm", "a", "2026-01-01T00:00:00Z", name("Nia", "Rees") + mail("n@x.example"));
    var newer =
        snapshot("esp", "b", "2026-01-03T00:00:00Z", name("Nia", "Rees") + mail("n@x.example"));
    var earlier =
        snapshot("esp", "b", "2025-12-24T00:00:00Z", name("Nia", "Rees") + mail("n@x.example"));
    afterAll(List.of(older, newer, earlier), 1);
    assertThat(tables.text("select lineage->'name'->>'recordId' from customer")).isEqualTo("a");
    assertThat(tables.number("select version from customer")).isEqualTo(2);
  }

  @Test
  void aRedeliveredInvalidMessageIsQuarantinedOnce() {
    var logged = new Say().logged("{\"spoke\": \"crm\"}");
    reconcile.reconcile(logged);
    reconcile.reconcile(logged);
    assertThat(tables.number("select count(*) from invalid_message")).isEqualTo(1);
    assertThat(tables.text("select next || ' ' || invalid from progress")).isEqualTo("1 1");
  }

  @Test
  void aPoisonedObservationGoesToQuarantineAndTheRestLands() {
    tables.run(
        """
        create function poison() returns trigger language plpgsql as
        $$ begin
          if new.record_id = 'poison' then raise exception using errcode = '22023'; end if;
          return new;
        end $$""");
    tables.run(
        "create trigger poison before insert on source_record for each row execute function poison()");
    try {
      var said = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        var id = i == 13 ? "poison" : "good" + i;
        said.add(
            snapshot(
                "crm", id, "2026-01-01T00:00:00Z", name("Nia", "Rees") + mail(id + "@x.example")));
      }
      reconcile.reconcile(new Say().logged(said));
    } finally {
      tables.run("drop trigger poison on source_record");
      tables.run("drop function poison");
    }
    assertThat(tables.number("select count(*) from source_record")).isEqualTo(19);
    assertThat(tables.texts("select cause from invalid_message"))
        .containsExactly("PostgreSQL 22023");
    assertThat(tables.text("select payload from invalid_message")).contains("\"poison\"");
    assertThat(tables.text("select next || ' ' || invalid from progress")).isEqualTo("20 1");
  }

  @Test
  void twoHubsReconcileOverlappingPeopleAtOnce() {
    var say = new Say();
    int people = 40;
    var hubs = new ArrayList<CompletableFuture<Void>>();
    for (int hub = 0; hub < 2; hub++) {
      var batches = overlapping(say, hub, people);
      hubs.add(CompletableFuture.runAsync(() -> batches.forEach(reconcile::reconcile)));
    }
    hubs.forEach(CompletableFuture::join);
    assertThat(tables.partition()).hasSize(people);
    assertThat(tables.number("select count(*) from source_record")).isEqualTo(people * 6L);
    assertThat(tables.number("select count(*) from invalid_message")).isZero();
    assertThat(tables.number("select sum(next) from progress")).isEqualTo(people * 6L);
  }

  @Test
  void whatWasDoneBetweenTheLookAndTheTurnIsNotMissed() throws SQLException {
    var say = new Say();
    var batches = new ArrayList<CompletableFuture<Void>>();
    try (var connection = database.getConnection();
        var turn = connection.createStatement()) {
      connection.setAutoCommit(false);
      turn.execute("select turn from resolution for update");
      for (int hub = 0; hub < 3; hub++) {
        var said =
            snapshot(
                List.of("crm", "esp", "erp").get(hub),
                "1",
                "2026-01-01T00:00:00Z",
                name("Nia", "Rees") + mail("nia@both.example"));
        var batch = say.numbered(hub, List.of(said));
        batches.add(CompletableFuture.runAsync(() -> reconcile.reconcile(batch)));
      }
      await().atMost(20, SECONDS).until(this::looked, looked -> looked == 3);
      connection.rollback();
    }
    batches.forEach(CompletableFuture::join);
    assertThat(tables.partition()).containsExactly("crm:1 erp:1 esp:1");
  }

  /** How many batches have looked and wait for their turn. */
  private long looked() {
    return tables.number(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and query like 'update resolution%'");
  }

  /** Three records of each person, the people in an order of its own for each hub. */
  private static List<List<Logged>> overlapping(Say say, int hub, int people) {
    var batches = new ArrayList<List<Logged>>();
    var random = new Random(hub);
    for (int round = 0; round < 3; round++) {
      var said = new ArrayList<String>();
      for (int person = 0; person < people; person++) {
        said.add(
            snapshot(
                List.of("crm", "esp", "erp").get(round),
                hub + "-" + person,
                "2026-01-01T00:00:00Z",
                name("Nia", "Rees") + mail("p" + person + "@both.example")));
      }
      Collections.shuffle(said, random);
      for (int from = 0; from < people; from += 5) {
        batches.add(say.numbered(hub, said.subList(from, from + 5)));
      }
    }
    return batches;
  }
}
