package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.canonical.SourceKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A customer's own acts, on the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class ActIT {
  private static final String AT = "2026-01-01T00:00:00Z";
  private static final SourceKey CRM = new SourceKey("crm", "a");
  private static final SourceKey ESP = new SourceKey("esp", "b");

  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject Act act;
  @Inject Links links;
  @Inject Confirm confirm;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  private final Say say = new Say();

  @BeforeEach
  void twoCustomers() {
    tables.empty();
    observe(snapshot("crm", "a", AT, name("Siân", "Rees") + mail("s@x.example")));
    observe(snapshot("esp", "b", AT, name("Huw", "Prys") + mail("h@x.example")));
    tables.run("truncate outbox");
  }

  private void observe(String... observations) {
    reconcile.reconcile(say.logged(observations));
  }

  private static ObjectNode json(String text) {
    return (ObjectNode)
        CanonicalJson.parse(
            text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static ObjectNode consent(String channel, String state) {
    return json(
        "{'consents':[{'purpose':'marketing','channel':'%s','state':'%s'}]}"
            .formatted(channel, state));
  }

  private UUID customerOf(SourceKey key) {
    return UUID.fromString(
        tables.text(
            "select customer_id from source_record where spoke = '%s' and record_id = '%s'"
                .formatted(key.spoke(), key.recordId())));
  }

  private String consentsOf(SourceKey key) {
    return tables.text(
        "select string_agg((c ->> 'channel') || ' ' || (c ->> 'state'), ', ')"
            + " from customer x, json_array_elements(x.state -> 'consents') c where x.id = '"
            + customerOf(key)
            + "'");
  }

  private void withdraw(SourceKey anchor) {
    assertThat(act.act(anchor, consent("email", "withdrawn"))).isInstanceOf(Act.Done.class);
  }

  @Test
  void anActIsInTheLedgerAndPublishedOnTheFastLane() {
    var done = (Act.Done) act.act(CRM, consent("email", "granted"));
    assertThat(done.customerId()).isEqualTo(customerOf(CRM));
    assertThat(done.record().spoke()).isEqualTo("preference-centre");
    assertThat(consentsOf(CRM)).isEqualTo("email granted");
    assertThat(tables.texts("select spoke || ' ' || state from consent_entry"))
        .containsExactly("preference-centre granted");
    assertThat(tables.texts("select urgent::text from outbox")).containsExactly("true");
    assertThat(tables.text("select count(*) from customer")).isEqualTo("2");
  }

  @Test
  void oneAnchorHasOneRecordHoweverManyAct() {
    var all =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> withdraw(CRM)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).join();
    assertThat(
            tables.number("select count(*) from source_record where spoke = 'preference-centre'"))
        .isEqualTo(1);
    assertThat(tables.number("select count(*) from decision")).isEqualTo(1);
    assertThat(consentsOf(CRM)).isEqualTo("email withdrawn");
  }

  @Test
  void mergeAndUnmergeKeepHerActsWithHerAnchor() {
    withdraw(CRM);
    act.act(ESP, consent("sms", "granted"));
    var before = tables.partition();
    var states = tables.goldenStates();
    var ledger = tables.texts("select e::text from consent_entry e order by id");
    merge.merge(customerOf(CRM), customerOf(ESP), null, "test");
    assertThat(customerOf(CRM)).isEqualTo(customerOf(ESP));
    assertThat(consentsOf(ESP)).isEqualTo("email withdrawn, sms granted");
    unmerge.unmerge(customerOf(CRM), List.of(ESP), null, "test");
    assertThat(tables.partition()).isEqualTo(before);
    assertThat(tables.goldenStates()).isEqualTo(states);
    assertThat(tables.texts("select e::text from consent_entry e order by id")).isEqualTo(ledger);
  }

  @Test
  void whatSheDoesAfterAMergeStaysWithTheAnchorSheCameThrough() {
    merge.merge(customerOf(CRM), customerOf(ESP), null, "test");
    withdraw(ESP);
    assertThat(consentsOf(CRM)).isEqualTo("email withdrawn");
    unmerge.unmerge(customerOf(CRM), List.of(ESP), null, "test");
    assertThat(consentsOf(ESP)).isEqualTo("email withdrawn");
    assertThat(consentsOf(CRM)).isNull();
  }

  @Test
  void afterAStewardTookHerRecordAwayAnotherOneBegins() {
    var first = ((Act.Done) act.act(CRM, consent("email", "granted"))).record();
    unmerge.unmerge(customerOf(CRM), List.of(first), null, "test");
    assertThat(customerOf(first)).isNotEqualTo(customerOf(CRM));
    var second = ((Act.Done) act.act(CRM, consent("email", "withdrawn"))).record();
    assertThat(second).isNotEqualTo(first);
    assertThat(consentsOf(CRM)).isEqualTo("email withdrawn");
    assertThat(consentsOf(first)).isEqualTo("email granted");
  }

  @Test
  void anAddressSheTypesDoesNotMakeHerSomebodyElse() {
    act.act(
        CRM,
        json(
            "{'customer':{'name':{'given':'Huw','family':'Prys'},"
                + "'emails':[{'value':'h@x.example','primary':true}]}}"));
    assertThat(customerOf(CRM)).isNotEqualTo(customerOf(ESP));
    assertThat(
            tables.number(
                "select count(*) from match_key k join source_record s on s.id ="
                    + " k.source_record_id where s.spoke = 'preference-centre'"))
        .isZero();
    observe(
        snapshot(
            "esp",
            "b",
            "2026-02-01T00:00:00Z",
            name("Huw", "Prys") + mail("h@x.example") + ",\"language\":\"cy\""));
    observe(
        snapshot(
            "crm",
            "a",
            "2026-02-01T00:00:00Z",
            name("Siân", "Rees") + mail("s@x.example") + ",\"language\":\"cy\""));
    assertThat(customerOf(CRM)).isNotEqualTo(customerOf(ESP));
    assertThat(
            tables.text(
                "select state -> 'customer' -> 'name' ->> 'given' from customer where id = '"
                    + customerOf(CRM)
                    + "'"))
        .isEqualTo("Huw");
  }

  @Test
  void aMistakeChangesNothing() {
    assertThat(act.act(CRM, consent("pigeon", "granted"))).isInstanceOf(Act.Refused.class);
    assertThat(
            act.act(
                CRM, json("{'consents':[{'purpose':'x','channel':'email','state':'granted'}]}")))
        .isInstanceOf(Act.Refused.class);
    assertThat(act.act(new SourceKey("crm", "nobody"), consent("email", "granted")))
        .isInstanceOf(Act.Unknown.class);
    assertThat(tables.number("select count(*) from source_record")).isEqualTo(2);
    assertThat(tables.number("select count(*) from outbox")).isZero();
  }

  // -- links

  private static LinkWish wish(SourceKey record, Link.Use use, String email) {
    return new LinkWish(
        null, record, email, use, "marketing", "email", null, null, Duration.ofDays(1));
  }

  private Links.Made made(LinkWish wish) {
    return (Links.Made) links.make(List.of(wish), "test").get(0);
  }

  @Test
  void aLinkFollowsItsRecordThroughMergeAndUnmerge() {
    var token = made(wish(ESP, Link.Use.manage, null)).token();
    merge.merge(customerOf(CRM), customerOf(ESP), null, "test");
    assertThat(links.open(token).orElseThrow().customerId()).isEqualTo(customerOf(CRM));
    unmerge.unmerge(customerOf(CRM), List.of(ESP), null, "test");
    assertThat(links.open(token).orElseThrow().customerId()).isEqualTo(customerOf(ESP));
  }

  @Test
  void aRevokedLinkOpensNothing() {
    var one = made(wish(ESP, Link.Use.manage, null));
    var other = made(wish(ESP, Link.Use.manage, null));
    assertThat(links.revoke(one.id())).isTrue();
    assertThat(links.revoke(one.id())).isFalse();
    assertThat(links.open(one.token())).isEmpty();
    assertThat(links.open(other.token())).isPresent();
    assertThat(links.revokeAll(customerOf(ESP))).isEqualTo(1);
    assertThat(links.open(other.token())).isEmpty();
  }

  @Test
  void aLinkIsMadeByCustomerRecordOrAddress() {
    var byEmail =
        new LinkWish(
            null, null, "S@X.example", Link.Use.manage, null, null, null, null, Duration.ofDays(1));
    var byId =
        new LinkWish(
            customerOf(CRM),
            null,
            null,
            Link.Use.manage,
            null,
            null,
            null,
            null,
            Duration.ofDays(1));
    for (var one : List.of(byEmail, byId)) {
      assertThat(links.open(made(one).token()).orElseThrow().link().anchor()).isEqualTo(CRM);
    }
    var nobody =
        List.of(
            wish(new SourceKey("crm", "z"), Link.Use.manage, null),
            new LinkWish(
                UUID.randomUUID(),
                null,
                null,
                Link.Use.manage,
                null,
                null,
                null,
                null,
                Duration.ofDays(1)),
            new LinkWish(
                null,
                null,
                "no@x.example",
                Link.Use.manage,
                null,
                null,
                null,
                null,
                Duration.ofDays(1)));
    assertThat(links.make(nobody, "test")).allMatch(a -> a instanceof Links.NotMade);
  }

  @Test
  void theTableOfLinksHoldsNoTokenAndNoAddress() {
    var token = made(wish(CRM, Link.Use.confirm, "s@x.example")).token();
    var row = tables.text("select l::text from link l");
    assertThat(row).doesNotContain(token).doesNotContain("x.example");
  }

  // -- double opt-in

  private Act.Outcome confirmWith(String token) {
    return links
        .open(token)
        .map(opened -> confirm.confirm(opened, json("{'method':'double opt-in'}")))
        .orElse(new Act.Unknown());
  }

  @Test
  void aConfirmationGrantsWhatIsPendingOnce() {
    act.act(CRM, consent("email", "pending"));
    var token = made(wish(CRM, Link.Use.confirm, "s@x.example")).token();
    assertThat(confirmWith(token)).isInstanceOf(Act.Done.class);
    assertThat(consentsOf(CRM)).isEqualTo("email granted");
    withdraw(CRM);
    assertThat(confirmWith(token)).isInstanceOf(Act.Unknown.class);
    assertThat(consentsOf(CRM)).isEqualTo("email withdrawn");
  }

  @Test
  void aConfirmationAfterAStopGrantsNothing() {
    act.act(CRM, consent("email", "pending"));
    var token = made(wish(CRM, Link.Use.confirm, "s@x.example")).token();
    withdraw(CRM);
    assertThat(confirmWith(token)).isInstanceOf(Act.Unknown.class);
    assertThat(consentsOf(CRM)).isEqualTo("email withdrawn");
  }

  @Test
  void aConfirmationIsBoundToTheAddress() {
    act.act(CRM, consent("email", "pending"));
    var token = made(wish(CRM, Link.Use.confirm, "old@x.example")).token();
    assertThat(confirmWith(token)).isInstanceOf(Act.Unknown.class);
    assertThat(consentsOf(CRM)).isEqualTo("email pending");
  }
}
