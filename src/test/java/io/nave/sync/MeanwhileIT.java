package io.nave.sync;

import static io.nave.sync.Say.mail;
import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonPointer;
import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.nave.platform.FailureKind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What changes in a spoke, or in the hub, while something is being written there, and what comes
 * back of it.
 */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class MeanwhileIT extends CourierSetting {
  @Test
  void whatADeadInstanceMayHaveWrittenIsReadBeforeTheNextWrite() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    couriers.stop();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    var dead = claim();
    var second = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"second@x.example\"}");
    esp.reads = true;
    esp.there.put("new-1", second);
    var held = esp.reportedBack(second);
    queue.intend(
        "esp",
        dead.stream().map(due -> new Sending.Outgoing(due, null, held, true, false)).toList(),
        clock.instant());
    observe(crm("2026-01-03T00:00:00Z", "Nia", "nia@x.example"));
    clock.pass(DeliveryQueue.CLAIM_LASTS.plusSeconds(1));
    couriers.start(List.of(esp));
    awaitState("delivered");
    assertThat(esp.parcels).hasSize(2);
    assertThat(sent(1)).contains("nia@x.example");
    assertThat(esp.parcels.get(1).before().toString()).contains("second@x.example");
  }

  @Test
  void aChangeDuringADeliveryIsDeliveredAfterwards() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    esp.gate.complete(null);
    awaitSent(3);
    awaitState("delivered");
    assertThat(sent(1)).contains("second@x.example");
    assertThat(sent(2)).contains("third@x.example");
    assertThat(esp.parcels).hasSize(3);
  }

  @Test
  void theEchoOfADeliveryChangesNothing() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    var first = FakeSpoke.report("new-1", "2026-01-03T00:00:00Z", esp.parcels.get(1).record());
    observe(first.toString());
    long version = tables.number("select version from customer");
    int published = log.messages.size();
    observe(
        FakeSpoke.report("new-1", "2026-01-04T00:00:00Z", esp.parcels.get(1).record()).toString());
    assertThat(tables.number("select version from customer")).isEqualTo(version);
    assertThat(log.messages).hasSize(published);
    awaitState("delivered");
    assertThat(esp.parcels).hasSize(2);
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void anEchoThatComesAfterTheNextWriteChangesNothingAndAPersonWhoSaysTheSameIsHeard() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    var inBetween = clock.instant();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(3);
    awaitState("delivered");
    long version = tables.number("select version from customer");
    var second = esp.parcels.get(1).record();
    observe(FakeSpoke.report("new-1", inBetween.toString(), second).toString());
    assertThat(tables.number("select version from customer")).isEqualTo(version);
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
    clock.pass(Duration.ofSeconds(10));
    observe(FakeSpoke.report("new-1", clock.instant().toString(), second).toString());
    assertThat(tables.text("select state->'customer'->'emails'->0->>'value' from customer"))
        .isEqualTo("second@x.example");
  }

  /** Yields a time between the two writes. */
  private Instant writtenTwice() {
    esp.reads = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    var between = clock.instant();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    return between;
  }

  @Test
  void aReportOfBeforeTheLastWriteDoesNotHideThatWrite() {
    var before = writtenTwice();
    var person = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"own@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), person).toString());
    awaitSent(3);
    awaitState("delivered");
    assertThat(sent(2)).contains("own@x.example");
    assertThat(esp.parcels.get(2).before().toString()).contains("second@x.example");
  }

  @Test
  void whatChangedDuringAWriteIsLookedAtBeforeTheNext() {
    esp.reads = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    var person = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"own@x.example\"}");
    esp.there.put("new-1", person);
    clock.pass(Duration.ofSeconds(1));
    observe(FakeSpoke.report("new-1", clock.instant().toString(), person).toString());
    esp.gate.complete(null);
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatIsHeardWhileARecordIsLookedAtIsLookedAtBeforeTheNextWrite() {
    var before = writtenTwice();
    somebodyWrites("own@x.example");
    var heard = new AtomicBoolean();
    esp.whenRead =
        () -> {
          if (!heard.getAndSet(true)) {
            clock.pass(Duration.ofSeconds(1));
            var own = esp.there.get("new-1");
            observe(FakeSpoke.report("new-1", clock.instant().toString(), own).toString());
          }
        };
    var late = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"late@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), late).toString());
    await().atMost(20, SECONDS).until(heard::get);
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatWasWrittenBeforeIsForgottenAfterADay() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    for (var address : List.of("second@x.example", "third@x.example", "fourth@x.example")) {
      int sent = esp.parcels.size();
      clock.pass(Duration.ofHours(25));
      observe(crm("2026-01-0" + (sent + 1) + "T00:00:00Z", "Nia", address));
      awaitSent(sent + 1);
      awaitState("delivered");
    }
    assertThat(
            tables.text("select string_agg(held->'customer'->>'emails', ' ') from written_before"))
        .contains("third@x.example")
        .doesNotContain("second@x.example");
  }

  @Test
  void anEchoOfATryWhoseAnswerWasLostChangesNothingEitherOnceSomethingElseWasWritten() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    var inBetween = clock.instant();
    esp.failing = null;
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    clock.pass(Duration.ofMinutes(10));
    awaitSent(3);
    awaitState("delivered");
    observe(
        FakeSpoke.report("new-1", inBetween.toString(), esp.parcels.get(1).record()).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void whatATryMayHaveLeftIsNotTheSystemsWordUntilTheNextWriteHasArrived() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    await().atMost(20, SECONDS).until(() -> tables.number("select attempts from delivery") == 1);
    esp.failing = null;
    esp.gate = new CompletableFuture<>();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    clock.pass(Duration.ofMinutes(10));
    awaitSent(3);
    clock.pass(Duration.ofSeconds(5));
    var stillThere = clock.instant();
    clock.pass(Duration.ofSeconds(5));
    esp.gate.complete(null);
    awaitState("delivered");
    observe(
        FakeSpoke.report("new-1", stillThere.toString(), esp.parcels.get(1).record()).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void whatTheFirstOfSeveralTriesLeftIsOverwritten() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.failing = FailureKind.TRANSIENT;
    for (int tried = 1; tried <= 2; tried++) {
      var address = tried + "@x.example";
      observe(crm("2026-01-02T00:00:0" + tried + "Z", "Nia", address));
      awaitSent(1 + tried);
      await().atMost(20, SECONDS).until(this::isSettled);
    }
    esp.there.put("new-1", esp.parcels.get(1).record());
    esp.reads = true;
    esp.failing = null;
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(4);
    awaitState("delivered");
    assertThat(esp.parcels.get(3).before().toString()).contains("1@x.example");
    assertThat(esp.there.get("new-1").toString()).contains("third@x.example");
  }

  /** Held there; the hub has not heard of it. */
  private void somebodyWrites(String mail) {
    var own = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"%s\"}".formatted(mail));
    esp.there.put("new-1", own);
  }

  @Test
  void whereTheHubIsUnsureWhatItHasNotHeardOfIsLeftAlone() {
    var before = writtenTwice();
    somebodyWrites("own@x.example");
    var late = CanonicalJson.parse("{\"given\": \"Nia\", \"mail\": \"late@x.example\"}");
    observe(FakeSpoke.report("new-1", before.toString(), late).toString());
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(2);
  }

  @Test
  void whatASpokeThatIsLookedAtFirstHasNotReportedYetIsLeftAlone() {
    esp.reads = true;
    esp.looksFirst = true;
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    somebodyWrites("own@x.example");
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitState("unchanged");
    assertThat(esp.parcels).hasSize(1);
    somebodyWrites("nia@x.example"); // what the hub knows there
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitSent(2);
  }

  @Test
  void aSpokeThatIsLookedAtFirstIsReadWhenAllIsReadyForTheWrite() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.reads = true;
    esp.looksFirst = true;
    var ready = new AtomicLong();
    esp.whenRead =
        () -> ready.set(tables.number("select count(*) from delivery where intent is not null"));
    observe(crm("2026-01-02T00:00:00Z", "Nia", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(ready).hasValue(1);
    assertThat(esp.parcels.get(1).before().toString()).contains("nia@x.example");
    esp.there.clear();
    observe(crm("2026-01-03T00:00:00Z", "Nia", "third@x.example"));
    awaitState("not-held");
  }

  @Test
  void whatTheSpokeDidNotTakeIsKnownNotToBeThere() {
    observe(crm("2026-01-01T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    esp.leaving = List.of(JsonPointer.compile("/mail"));
    observe(crm("2026-01-02T00:00:00Z", "Ann", "second@x.example"));
    awaitSent(2);
    awaitState("delivered");
    assertThat(tables.text("select held->'customer'->'emails'->0->>'value' from delivery"))
        .isEqualTo("nia@x.example");
    assertThat(tables.text("select held->'customer'->'name'->>'given' from delivery"))
        .isEqualTo("Ann");
    clock.pass(Duration.ofSeconds(10));
    observe(
        FakeSpoke.report("new-1", clock.instant().toString(), esp.there.get("new-1")).toString());
    assertThat(tables.text("select content::text from source_record where spoke = 'esp'"))
        .isEqualTo("{}");
  }

  @Test
  void aSpokesOwnChangeThatLosesIsCorrectedThere() {
    observe(crm("2026-01-10T00:00:00Z", "Nia", "nia@x.example"));
    awaitState("delivered");
    var stale = name("Niamh", "Rees") + mail("nia@x.example");
    observe(snapshot("esp", "new-1", "2026-01-05T00:00:00Z", stale));
    awaitSent(2);
    awaitState("delivered");
    assertThat(sent(1)).contains("\"Nia\"");
    assertThat(esp.parcels.get(1).recordId()).isEqualTo("new-1");
    assertThat(tables.text("select state->'customer'->'name'->>'given' from customer"))
        .isEqualTo("Nia");
  }
}
