package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.consent.VerifyLedger;
import io.nave.consent.VerifyLedger.Report;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger in the real database: what it hides, and what nobody can do to it unnoticed. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class LedgerIT {
  private static final String BOUND = "+447700900123";

  @Inject Reconcile reconcile;
  @Inject SealLedger sealLedger;
  @Inject EraseConsents erase;
  @Inject FindCustomers customers;
  @Inject HubTables tables;
  @Inject DataSource database;
  private Say say;

  @BeforeEach
  void fiveEntries() {
    tables.empty();
    say = new Say();
    for (int i = 1; i <= 5; i++) {
      state("c" + i, consent("email", "withdrawn", "2026-03-0" + i, null));
    }
  }

  private void state(String id, String consent) {
    var said =
        Say.snapshot(
            "crm", id, "2026-04-01T00:00:00Z", name("Nia", "Rees") + mail(id + "@l.example"));
    var with = said.substring(0, said.length() - 1) + ",\"consents\":[" + consent + "]}";
    reconcile.reconcile(say.logged(with));
  }

  private static String consent(String channel, String state, String day, String boundTo) {
    return """
        {"purpose": "marketing", "channel": "%s", "state": "%s", "decidedAt": "%sT00:00:00Z",
         "boundTo": %s, "evidence": {"actor": "customer", "method": "web form",
         "notice": "marketing-1", "language": "cy", "wording": "Peidiwch", "page": "secret-page"}}
        """
        .formatted(channel, state, day, boundTo == null ? "null" : "\"" + boundTo + "\"");
  }

  private Report verify() {
    return verify(Map.of());
  }

  private Report verify(Map<Long, String> kept) {
    try (var connection = database.getConnection()) {
      return VerifyLedger.run(connection, kept, done -> {});
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private List<String> found() {
    return verify().findings().stream().map(VerifyLedger.Finding::what).toList();
  }

  private long entry(String record) {
    return tables.number("select id from consent_entry where record_id = '" + record + "'");
  }

  // -- what it keeps

  @Test
  void keepsWhoHowAndUnderWhichNoticeAndHidesTheRest() {
    state("b", consent("phone", "granted", "2026-03-09", BOUND));
    var row = tables.text("select e::text from consent_entry e where record_id = 'b'");
    assertThat(row)
        .contains("customer", "web form", "marketing-1", ",cy,")
        .doesNotContain(BOUND, "secret-page", "Peidiwch");
    var personal =
        tables.text("select encode(personal, 'escape') from consent_entry where record_id = 'b'");
    assertThat(personal).doesNotContain(BOUND, "secret-page", "Peidiwch");
    var told = history("b");
    assertThat(told.path("boundTo").asText()).isEqualTo(BOUND);
    assertThat(told.path("evidence").path("page").asText()).isEqualTo("secret-page");
  }

  private com.fasterxml.jackson.databind.JsonNode history(String record) {
    return customers.byId(customer(record)).orElseThrow().customer().path("consentHistory").get(0);
  }

  private UUID customer(String record) {
    return UUID.fromString(
        tables.text("select customer_id from source_record where record_id = '" + record + "'"));
  }

  @Test
  void refusesEveryChange() {
    sealLedger.seal();
    for (var sql :
        List.of(
            "update consent_entry set state = 'granted'",
            "delete from consent_entry",
            "truncate consent_entry",
            "update consent_seal set hash = ''",
            "delete from consent_seal",
            "truncate consent_seal")) {
      assertThatThrownBy(() -> tables.run(sql)).hasStackTraceContaining("is append-only");
    }
  }

  @Test
  void erasesWhatIsPersonalAndKeepsTheProof() {
    state("b", consent("phone", "withdrawn", "2026-03-09", BOUND));
    sealLedger.seal();
    var id = customer("b");
    assertThat(erase.erase(id, "request 17", "dpo").orElseThrow().records()).isEqualTo(1);
    var told = history("b");
    assertThat(told.path("erased").asBoolean()).isTrue();
    assertThat(told.path("boundTo").isNull()).isTrue();
    assertThat(told.has("evidence")).isFalse();
    assertThat(told.path("state").asText()).isEqualTo("withdrawn");
    assertThat(told.path("notice").asText()).isEqualTo("marketing-1");
    assertThat(tables.text("select consents::text from source_record where record_id = 'b'"))
        .contains("\"actor\":\"customer\"")
        .doesNotContain("secret-page");
    assertThat(tables.text("select reason || by from consent_erasure")).isEqualTo("request 17dpo");
    assertThat(found()).isEmpty();
    assertThat(erase.erase(id, "request 18", "dpo").orElseThrow().records()).isZero();
    assertThat(erase.erase(new UUID(1, 1), "request 19", "dpo")).isEmpty();
  }

  @Test
  void takesNewStatementsOfAnErasedRecord() {
    erase.erase(customer("c1"), "request 17", "dpo");
    state("c1", consent("email", "granted", "2026-05-01", null));
    var entries = customers.byId(customer("c1")).orElseThrow().customer().path("consentHistory");
    assertThat(entries.get(0).path("erased").asBoolean()).isTrue();
    assertThat(entries.get(1).path("evidence").path("page").asText()).isEqualTo("secret-page");
  }

  // -- the chain

  @Test
  void chainsWhatIsAppendedAndFindsNothingWrong() {
    assertThat(verify().waiting()).isEqualTo(5);
    assertThat(sealLedger.seal()).isEqualTo(5);
    assertThat(sealLedger.seal()).isZero();
    state("c6", consent("sms", "granted", "2026-03-06", null));
    sealLedger.seal();
    var report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.sealed()).isEqualTo(6);
    assertThat(report.waiting()).isZero();
    assertThat(verify(Map.of(6L, report.head().hash())).findings()).isEmpty();
  }

  @Test
  void chainsAnEntryThatIsCommittedAfterALaterOne() throws SQLException {
    try (var slow = database.getConnection()) {
      slow.setAutoCommit(false);
      try (var statement = slow.createStatement()) {
        statement.execute(
            "with e as (insert into consent_entry (spoke, record_id, purpose, channel, state,"
                + " recorded_at) values ('crm', 'slow', 'marketing', 'email', 'denied', now())"
                + " returning id) insert into consent_unsealed select id from e");
      }
      state("later", consent("email", "denied", "2026-03-08", null));
      assertThat(sealLedger.seal()).isEqualTo(6);
      slow.commit();
    }
    assertThat(entry("slow")).isLessThan(entry("later"));
    assertThat(sealLedger.seal()).isEqualTo(1);
    assertThat(found()).isEmpty();
  }

  @Test
  void severalHubsSealOneChain() {
    var hubs = new ArrayList<CompletableFuture<Integer>>();
    for (int i = 0; i < 4; i++) {
      hubs.add(CompletableFuture.supplyAsync(sealLedger::seal));
    }
    hubs.forEach(CompletableFuture::join);
    sealLedger.seal();
    assertThat(tables.number("select max(seq) from consent_seal")).isEqualTo(5);
    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state = 'granted'",
        "decided_at = decided_at + interval '1 microsecond'",
        "recorded_at = recorded_at - interval '1 second'",
        "topic = 'offers'",
        "channel = 'emaiL'",
        "spoke = 'crmc', record_id = '3'",
        "actor = null",
        "method = 'web forn'",
        "notice = 'marketing-2'",
        "bound = true",
        "key_id = key_id + 1",
        "personal = set_byte(personal, 20, get_byte(personal, 20) # 1)"
      })
  void namesTheEntryThatWasAltered(String change) {
    sealLedger.seal();
    long third = entry("c3");
    tables.inSpiteOfTheLedger("update consent_entry set " + change + " where id = " + third);
    assertThat(verify().findings())
        .containsExactly(
            new VerifyLedger.Finding(
                third, "entry " + third + ": was altered, or put in, after it was written"));
  }

  @Test
  void namesTheEntryWhoseSealWasAltered() {
    sealLedger.seal();
    tables.inSpiteOfTheLedger("update consent_seal set hash = sha256('x') where seq = 3");
    assertThat(found().get(0)).startsWith("entry " + entry("c3") + ": was altered");
  }

  @Test
  void namesTheEntryThatWasDeleted() {
    sealLedger.seal();
    long third = entry("c3");
    tables.inSpiteOfTheLedger("delete from consent_entry where id = " + third);
    assertThat(found()).containsExactly("entry " + third + ": was deleted");
    tables.inSpiteOfTheLedger("delete from consent_seal where seq = 3");
    assertThat(found()).containsExactly("chain: places 3 to 3 are missing");
  }

  @Test
  void namesTheEntryThatWasDeletedBeforeItWasSealed() {
    long third = entry("c3");
    tables.inSpiteOfTheLedger("delete from consent_entry where id = " + third);
    assertThat(sealLedger.seal()).isEqualTo(4);
    assertThat(found()).containsExactly("entry " + third + ": was deleted before it was sealed");
  }

  @Test
  void namesTheEntryThatWasPutIn() {
    sealLedger.seal();
    tables.run(
        "insert into consent_entry (spoke, record_id, purpose, channel, state, recorded_at)"
            + " values ('crm', 'forged', 'marketing', 'email', 'granted', now())");
    long forged = entry("forged");
    assertThat(found())
        .containsExactly("entry " + forged + ": was put in by other means than the hub");
    tables.run("insert into consent_seal values (6, " + forged + ", sha256('x'))");
    assertThat(found())
        .containsExactly(
            "entry " + forged + ": was altered, or put in, after it was written",
            "chain: goes on after checkpoint 5 without a signature");
  }

  @Test
  void findsThatTheTailWasCutOff() {
    sealLedger.seal();
    var head = verify().head();
    tables.inSpiteOfTheLedger(
        "delete from consent_entry where record_id in ('c4', 'c5');"
            + " delete from consent_seal where seq > 3");
    assertThat(found()).containsExactly("chain: cut off after 3, 2 entries are missing at its end");
    tables.run("delete from consent_checkpoint");
    assertThat(found()).containsExactly("chain: goes on after checkpoint 0 without a signature");
    assertThat(verify(Map.of(head.seq(), head.hash())).findings())
        .extracting(VerifyLedger.Finding::what)
        .contains("chain: ends before 5, where a head was kept");
  }

  @Test
  void findsAChainThatWasWrittenAnewByItsCheckpoints() {
    sealLedger.seal();
    var head = verify().head();
    tables.inSpiteOfTheLedger(
        "update consent_entry set state = 'granted' where record_id = 'c2';"
            + " truncate consent_seal;"
            + " insert into consent_unsealed select id from consent_entry");
    tables.run("alter table consent_checkpoint rename to kept");
    tables.run("create table consent_checkpoint (like kept including all)");
    sealLedger.seal();
    tables.run("drop table consent_checkpoint");
    tables.run("alter table kept rename to consent_checkpoint");
    assertThat(found())
        .containsExactly("entry " + entry("c5") + ": the chain was rewritten up to checkpoint 5");
    assertThat(verify(Map.of(5L, head.hash())).findings()).hasSize(2);
    tables.run(
        "update consent_checkpoint set hash = (select hash from consent_seal where seq = 5)");
    assertThat(found()).containsExactly("checkpoint 5: not signed by this hub");
  }
}
