package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.canonical.SourceKey;
import io.nave.platform.FailureKind;
import io.nave.sync.Confirmations.Due;
import io.nave.sync.Confirmations.Ended;
import io.nave.sync.Confirmations.State;
import io.nave.sync.Confirmations.Wanted;
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

/** Which messages to confirm are wanted, and who sends them, on the real database. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class ConfirmationsIT {
  private static final String AT = "2026-01-01T00:00:00Z";
  private static final SourceKey CRM = new SourceKey("crm", "a");
  private static final SourceKey ESP = new SourceKey("esp", "b");

  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject Transactions transactions;
  @Inject CentreRecords records;
  @Inject Merge merge;
  @Inject Unmerge unmerge;
  @Inject Homes homes;

  private final SettableClock clock = new SettableClock();
  private Confirmations confirmations;

  @BeforeEach
  void twoCustomers() {
    tables.empty();
    confirmations = new Confirmations(transactions, records, clock);
    var say = new Say();
    reconcile.reconcile(
        say.logged(snapshot("crm", "a", AT, name("Siân", "Rees") + mail("s@x.example"))));
    reconcile.reconcile(
        say.logged(snapshot("esp", "b", AT, name("Huw", "Prys") + mail("h@x.example"))));
  }

  private boolean ask(SourceKey anchor) {
    return ask(anchor, "email");
  }

  private boolean ask(SourceKey anchor, String channel) {
    var link =
        new Link(
            UUID.randomUUID(), anchor, Link.Use.manage, null, null, null, "b", clock.instant());
    var wanted = new Wanted("marketing", channel, "cy", Duration.ofDays(3), 2);
    return confirmations.ask(new Links.Opened(link, null), wanted);
  }

  private void end(State state) {
    var due = confirmations.claim(10);
    confirmations.settle(
        due.stream().map(d -> new Ended(d.id(), state, 0, "esp", null, null, null)).toList());
  }

  private List<String> states() {
    return tables.texts("select state from confirmation order by created_at");
  }

  // -- how many

  @Test
  void soManyInADayAndNotMore() {
    assertThat(ask(CRM)).isTrue();
    end(State.sent);
    assertThat(ask(CRM)).isTrue();
    end(State.failed);
    assertThat(ask(CRM)).isFalse();
    assertThat(ask(CRM, "sms")).isTrue();
    assertThat(ask(ESP)).isTrue();
    clock.pass(Duration.ofHours(24));
    assertThat(ask(CRM)).isTrue();
  }

  @Test
  void oneThatWaitsServesForAll() {
    assertThat(ask(CRM)).isTrue();
    assertThat(ask(CRM)).isTrue();
    assertThat(ask(CRM)).isTrue();
    assertThat(states()).containsExactly("waiting");
  }

  @Test
  void whatWasDroppedDoesNotCount() {
    for (int i = 0; i < 3; i++) {
      assertThat(ask(CRM)).isTrue();
      end(State.dropped);
    }
  }

  @Test
  void aMergeGivesNoSecondQuota() {
    ask(CRM);
    end(State.sent);
    ask(CRM);
    end(State.sent);
    merge.merge(homes.customerOf("crm:a"), homes.customerOf("esp:b"), null, "test");
    assertThat(ask(ESP)).isFalse();
    unmerge.unmerge(homes.customerOf("crm:a"), List.of(ESP), null, "test");
    assertThat(ask(ESP)).isTrue();
  }

  @Test
  void allAtOnceAreCountedToo() {
    var all =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> ask(CRM)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(all).join();
    assertThat(states()).containsExactly("waiting");
  }

  @Test
  void aRecordThatNobodyObservedGetsNone() {
    assertThat(ask(new SourceKey("crm", "nobody"))).isFalse();
    assertThat(states()).isEmpty();
  }

  // -- who sends them

  @Test
  void whatIsDueIsForOneHubAloneUntilItsLeaseEnds() {
    ask(CRM);
    var due = confirmations.claim(10);
    assertThat(due).hasSize(1);
    var one = due.get(0);
    assertThat(one.anchor()).isEqualTo(CRM);
    assertThat(one.brand()).isEqualTo("b");
    assertThat(one.language()).isEqualTo("cy");
    assertThat(one.lifetime()).isEqualTo(Duration.ofDays(3));
    assertThat(one.customerId()).isEqualTo(homes.customerOf("crm:a"));
    assertThat(one.state().at("/customer/name/given").asText()).isEqualTo("Siân");
    assertThat(confirmations.claim(10)).isEmpty();
    clock.pass(Duration.ofSeconds(121));
    assertThat(confirmations.claim(10)).extracting(Due::id).containsExactly(one.id());
  }

  @Test
  void whatFailedIsDueAgainLaterAndWhatEndedStaysSo() {
    ask(CRM);
    var one = confirmations.claim(10).get(0);
    var again = clock.instant().plusSeconds(60);
    confirmations.settle(
        List.of(
            new Ended(
                one.id(), State.waiting, 1, "esp", FailureKind.TRANSIENT, "timeout: …", again)));
    assertThat(confirmations.claim(10)).isEmpty();
    clock.pass(Duration.ofSeconds(60));
    assertThat(confirmations.claim(10)).extracting(Due::attempts).containsExactly(1);
    confirmations.settle(List.of(new Ended(one.id(), State.sent, 1, "esp", null, null, null)));
    confirmations.settle(List.of(new Ended(one.id(), State.failed, 2, "esp", null, "x", null)));
    assertThat(states()).containsExactly("sent");
  }

  @Test
  void neitherAddressNorNameIsStored() {
    ask(CRM);
    assertThat(tables.text("select f::text from confirmation f"))
        .doesNotContain("x.example")
        .doesNotContain("Siân");
  }
}
