package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.canonical.Consent.Subject;
import io.nave.consent.ConsentDecision.Code;
import io.nave.sync.AskConsent.Answer;
import io.nave.sync.Asked.ByEmail;
import io.nave.sync.Asked.ById;
import io.nave.sync.Asked.ByPhone;
import io.nave.sync.Asked.ByRecord;
import io.nave.sync.Asked.Who;
import io.nave.sync.StewardAnswer.Done;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions on the real database: whom a name means, now and then, and by which entry. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class AskConsentIT {
  private static final Subject MAIL = new Subject("marketing", "email", null, null, null);
  private static final Subject CALL = new Subject("third-party", "phone", null, null, null);

  @Inject AskConsent ask;
  @Inject AskedCustomers askedCustomers;
  @Inject KnownConsents knownConsents;
  @Inject Reconcile reconcile;
  @Inject SealLedger sealLedger;
  @Inject EraseConsents erase;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  @Inject Homes homes;
  @Inject HubTables tables;
  @Inject DataSource database;
  @Inject Clock clock;
  private String topic;
  private long next;

  @BeforeEach
  void nobody() {
    tables.empty();
    topic = UUID.randomUUID().toString();
    next = 0;
  }

  private void observe(String observation) {
    var bytes = observation.getBytes(StandardCharsets.UTF_8);
    reconcile.reconcile(List.of(new Logged(topic, 0, next++, clock.instant(), bytes)));
  }

  private void person(String key, String rest, String consents) {
    var at = homes(key);
    observe(
        Say.snapshot(at[0], at[1], clock.instant().toString(), who(at[1]) + rest)
                .replaceFirst("}$", "")
            + ",\"consents\":["
            + consents
            + "]}");
  }

  private static String who(String id) {
    return switch (id) {
      case "1" -> name("Nia", "Rees");
      case "2" -> name("Huw", "Prys");
      case "3" -> name("Gwenllian", "Bevan");
      default -> name("Nia" + id, "Rees");
    };
  }

  private static String[] homes(String key) {
    return key.split(":");
  }

  private static String consent(String purpose, String channel, String state, String rest) {
    return "{\"purpose\":\"%s\",\"channel\":\"%s\",\"state\":\"%s\"%s}"
        .formatted(purpose, channel, state, rest);
  }

  private static String mailing(String state) {
    return consent("marketing", "email", state, ",\"decidedAt\":\"2026-05-03T10:00:00Z\"");
  }

  private Answer ask(Who who, Subject subject, Instant asOf) {
    return ask.ask(List.of(new Asked(who, subject)), asOf).get(0);
  }

  private Code code(Who who) {
    return ask(who, MAIL, null).decision().code();
  }

  private UUID customer(String record) {
    return homes.customerOf(record);
  }

  // -- whom a name means

  @Test
  void findsTheSameCustomerByIdEmailPhoneAndRecord() {
    person("crm:1", mail("Nia@L.example") + Say.phone("029 2018 0000"), mailing("granted"));
    var names =
        List.of(
            new ById(customer("crm:1")),
            new ByEmail(" nia@l.EXAMPLE"),
            new ByPhone("+44 29 2018 0000"),
            new ByRecord(Homes.key("crm:1")));
    for (var who : names) {
      var answer = ask(who, MAIL, null);
      assertThat(answer.customer()).isEqualTo(customer("crm:1"));
      assertThat(answer.decision().code()).isEqualTo(Code.GRANTED);
      assertThat(answer.entry().entry().id())
          .isEqualTo(tables.number("select id from consent_entry"));
      assertThat(answer.entry().hash()).isNull();
    }
    sealLedger.seal();
    assertThat(ask(names.get(0), MAIL, null).entry().hash())
        .isEqualTo(tables.text("select encode(hash, 'hex') from consent_seal"));
  }

  @Test
  void deniesWhomNobodyKnows() {
    for (var who :
        List.of(
            new ById(new UUID(1, 1)),
            new ByEmail("nobody@l.example"),
            new ByEmail(" "),
            new ByPhone("1"),
            new ByRecord(Homes.key("crm:9")))) {
      for (var asOf : new Instant[] {null, clock.instant()}) {
        var answer = ask(who, MAIL, asOf);
        assertThat(answer.decision().allowed()).isFalse();
        assertThat(answer.decision().code()).isEqualTo(Code.UNKNOWN_CUSTOMER);
        assertThat(answer.customers()).isEmpty();
      }
    }
  }

  @Test
  void theStricterWinsWhereSeveralHaveTheAddress() {
    person("crm:1", Say.phone("029 2018 0000"), mailing("granted"));
    person("crm:2", Say.phone("029 2018 0000"), mailing("withdrawn"));
    person("crm:3", Say.phone("029 2018 0000"), "");
    var answer = ask(new ByPhone("029 2018 0000"), MAIL, null);
    assertThat(answer.decision().code()).isEqualTo(Code.WITHDRAWN);
    assertThat(answer.customer()).isEqualTo(customer("crm:2"));
    assertThat(answer.customers())
        .containsExactlyInAnyOrder(customer("crm:1"), customer("crm:2"), customer("crm:3"));
  }

  @Test
  void anAddressThatHundredsHaveIsNobodys() {
    for (int i = 0; i <= AskedCustomers.MOST; i++) {
      var words = SearchWords.email("info@l.example");
      tables.run(
          "insert into customer (id, version, state, lineage, digest, search, created_at,"
              + " updated_at) values (gen_random_uuid(), 1, '{}', '{}', 0, to_tsvector('simple', '"
              + words
              + "'), now(), now())");
    }
    assertThat(code(new ByEmail("info@l.example"))).isEqualTo(Code.SHARED);
    assertThat(ask(new ByEmail("info@l.example"), MAIL, clock.instant()).decision().code())
        .isEqualTo(Code.SHARED);
  }

  @Test
  void aGrantForOneNumberIsForThatOneAlone() {
    var bound =
        consent(
            "third-party",
            "phone",
            "granted",
            ",\"decidedAt\":\"2026-05-03T10:00:00Z\",\"boundTo\":\"07700 900123\"");
    person("crm:1", Say.phone("07700 900123"), bound);
    person("crm:1", Say.phone("07700 900123"), "");
    var id = customer("crm:1");
    var answer = ask(new ById(id), CALL, null);
    assertThat(answer.decision().code()).isEqualTo(Code.GRANTED);
    assertThat(answer.decision().subject().boundTo()).isEqualTo("+447700900123");
    assertThat(answer.entry().entry().id()).isPositive();
    assertThat(ask(new ByPhone("07700900123"), CALL, clock.instant()).decision().code())
        .isEqualTo(Code.GRANTED);
    erase.erase(id, "request 17", "dpo");
    assertThat(ask(new ById(id), CALL, null).decision().code()).isEqualTo(Code.GRANTED);
    assertThat(ask(new ById(id), CALL, null).entry().entry().id()).isPositive();
    assertThat(ask(new ById(id), CALL, clock.instant()).decision().allowed()).isFalse();
  }

  // -- merge, unmerge and the past

  @Test
  void aMergeKeepsTheStopAndThePastIsAsItWas() {
    var begin = clock.instant();
    person("crm:1", mail("a@l.example"), mailing("granted"));
    var first = clock.instant();
    person("esp:2", mail("b@l.example"), mailing("withdrawn"));
    var one = customer("crm:1");
    var two = customer("esp:2");
    var before = clock.instant();
    assertThat(code(new ById(one))).isEqualTo(Code.GRANTED);
    merge.merge(one, two, "same", "gwen");
    var merged = clock.instant();
    assertThat(code(new ById(one))).isEqualTo(Code.WITHDRAWN);
    assertThat(ask(new ById(two), MAIL, null).customer()).isEqualTo(one);
    assertThat(ask(new ById(two), MAIL, merged).customer()).isEqualTo(one);
    assertThat(ask(new ById(one), MAIL, before).decision().code()).isEqualTo(Code.GRANTED);
    assertThat(ask(new ByEmail("a@l.example"), MAIL, before).decision().code())
        .isEqualTo(Code.WITHDRAWN);
    var record = new ByRecord(Homes.key("crm:1"));
    assertThat(ask(record, MAIL, before).decision().code()).isEqualTo(Code.GRANTED);
    assertThat(ask(record, MAIL, begin).decision().code()).isEqualTo(Code.UNKNOWN_CUSTOMER);
    assertThat(ask(new ById(two), MAIL, first).decision().code()).isEqualTo(Code.UNKNOWN_CUSTOMER);
    unmerge.unmerge(one, List.of(Homes.key("esp:2")), "no", "gwen");
    assertThat(code(new ById(one))).isEqualTo(Code.GRANTED);
    assertThat(code(new ById(two))).isEqualTo(Code.WITHDRAWN);
    assertThat(ask(new ById(one), MAIL, merged).decision().code()).isEqualTo(Code.WITHDRAWN);
  }

  @Test
  void tellsAllThatHoldsNowAndThen() {
    person("crm:1", mail("a@l.example"), mailing("granted"));
    var before = clock.instant();
    person(
        "crm:1",
        mail("a@l.example"),
        consent("marketing", "email", "withdrawn", ",\"decidedAt\":\"2026-05-04T10:00:00Z\""));
    var id = customer("crm:1");
    assertThat(states(ask.consents(id, null).orElseThrow())).containsExactly("withdrawn 2");
    assertThat(states(ask.consents(id, before).orElseThrow())).containsExactly("granted 1");
    assertThat(ask.consents(id, Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
    assertThat(ask.consents(new UUID(1, 1), null)).isEmpty();
  }

  private List<String> states(JsonNode found) {
    long first = tables.number("select min(id) from consent_entry");
    var states = new ArrayList<String>();
    found
        .path("consents")
        .forEach(
            one ->
                states.add(
                    one.path("state").asText() + " " + (one.path("entry").asLong() - first + 1)));
    return states;
  }

  /** Whatever is said, merged and taken apart: the past as of now is the present. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void asOfNowIsWhatHoldsNow(long seed) {
    var random = new Random(seed);
    for (int step = 0; step < 25; step++) {
      var key = pick(random, "crm:1", "esp:1", "esp:2", "erp:3");
      if (random.nextInt(4) == 0 && step > 5) {
        shuffleCustomers(random);
      } else {
        person(key, mail(pick(random, "a", "b", "c") + "@l.example"), anything(random));
      }
      assertPresent();
    }
  }

  private void assertPresent() {
    for (var id : tables.texts("select id::text from customer")) {
      var customer = UUID.fromString(id);
      var now = ask.consents(customer, null).orElseThrow();
      var then = ask.consents(customer, clock.instant()).orElseThrow();
      assertThat(then.path("consents")).isEqualTo(now.path("consents"));
      assertThat(then.path("customerId")).isEqualTo(now.path("customerId"));
      for (var subject : List.of(MAIL, CALL)) {
        var before = ask(new ById(customer), subject, null);
        assertThat(ask(new ById(customer), subject, clock.instant())).isEqualTo(before);
      }
    }
  }

  private void shuffleCustomers(Random random) {
    var all = tables.texts("select id::text from customer where redirect_to is null order by 1");
    var one = UUID.fromString(all.get(random.nextInt(all.size())));
    var two = UUID.fromString(all.get(random.nextInt(all.size())));
    if (!(merge.merge(one, two, null, "gwen") instanceof Done)) {
      var record = tables.text("select spoke || ':' || record_id from source_record order by id");
      unmerge.unmerge(customer(record), List.of(Homes.key(record)), null, "gwen");
    }
  }

  private static String anything(Random random) {
    var at = "2026-05-0" + (1 + random.nextInt(5)) + "T10:00:00Z";
    var dated = random.nextInt(4) == 0 ? "" : ",\"decidedAt\":\"" + at + "\"";
    var actor = ",\"evidence\":{\"actor\":\"" + pick(random, "customer", "import", "agent") + "\"}";
    var state = pick(random, "granted", "withdrawn", "denied", "pending");
    var bound = pick(random, "", ",\"boundTo\":\"+447700900123\"");
    return random.nextBoolean()
        ? consent("marketing", pick(random, "email", "any"), state, dated + actor)
        : consent("third-party", "phone", state, dated + actor + bound);
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  // -- how often the database is asked

  @Test
  void asksTheDatabaseAsOftenForManyAsForOne() throws SQLException {
    for (int i = 0; i < 40; i++) {
      person("crm:" + i, mail(i + "@l.example"), mailing("granted"));
    }
    var asOf = clock.instant();
    assertThat(statements(40, null)).isEqualTo(statements(1, null)).isPositive();
    assertThat(statements(40, asOf)).isEqualTo(statements(1, asOf)).isPositive();
  }

  private int statements(int customers, Instant asOf) throws SQLException {
    var count = new AtomicInteger();
    try (var real = database.getConnection()) {
      var connection = counting(real, count);
      var whom =
          IntStream.range(0, customers).<Who>mapToObj(i -> new ByEmail(i + "@l.example")).toList();
      var ids =
          askedCustomers.now(connection, whom).values().stream()
              .flatMap(java.util.Set::stream)
              .toList();
      assertThat(ids).hasSize(customers);
      var found =
          asOf == null
              ? knownConsents.now(connection, ids, clock.instant())
              : knownConsents.then(
                  connection, askedCustomers.withFormer(connection, ids).keySet(), asOf);
      assertThat(found.customers()).hasSize(customers);
    }
    return count.get();
  }

  private static Connection counting(Connection real, AtomicInteger count) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                count.incrementAndGet();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }
}
