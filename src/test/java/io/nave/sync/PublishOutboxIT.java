package io.nave.sync;

import static io.nave.sync.Say.name;
import static io.nave.sync.Say.snapshot;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nave.EmbeddedServices;
import io.nave.NoRoutes;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox relay against the real database and a log that fails on purpose. */
@QuarkusTest
@TestProfile(NoRoutes.class)
@QuarkusTestResource(EmbeddedServices.class)
class PublishOutboxIT {
  @Inject SessionFactory sessions;
  @Inject Reconcile reconcile;
  @Inject HubTables tables;
  @Inject Wake wake;
  private final Say say = new Say();
  private final MemoryLog log = new MemoryLog();

  @BeforeEach
  void empty() {
    tables.empty();
  }

  private void change(int round, int people) {
    var said =
        IntStream.range(0, people)
            .mapToObj(
                i ->
                    snapshot(
                        "crm",
                        "r" + i,
                        "2026-01-01T00:00:%02dZ".formatted(round),
                        name("Nia", "Rees" + round)))
            .toList();
    reconcile.reconcile(say.logged(said));
  }

  /** The last version published of each customer; fails where an older one follows a newer one. */
  private HashMap<UUID, Long> inOrder() {
    var last = new HashMap<UUID, Long>();
    for (var message : log.messages) {
      var before = last.put(message.customerId(), message.version());
      assertThat(message.version()).isGreaterThanOrEqualTo(before == null ? 1 : before);
    }
    return last;
  }

  /** A log that is slow until it may go on. */
  private final class SlowLog implements CustomerLog {
    final CountDownLatch writing = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    @Override
    public void publish(List<Message> messages) {
      writing.countDown();
      try {
        go.await(20, SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      log.publish(messages);
    }

    @Override
    public java.util.Map<String, Long> published() {
      return log.published();
    }
  }

  private void stop(String decidedAt) {
    var consents =
        "\"name\":{\"given\":\"Nia\"}},\"consents\":[{\"purpose\":\"marketing\",\"channel\":\"email\","
            + "\"state\":\"withdrawn\",\"decidedAt\":\"%s\"}]".formatted(decidedAt);
    var said = snapshot("crm", "stop", "2026-05-31T23:59:00Z", consents);
    reconcile.reconcile(say.logged(said.substring(0, said.length() - 1)));
  }

  @Test
  void whatIsUrgentDoesNotWaitForARelayThatIsWriting() throws Exception {
    var slow = new SlowLog();
    change(1, 20);
    var first = CompletableFuture.runAsync(() -> new PublishOutbox(sessions, slow).publish());
    assertThat(slow.writing.await(20, SECONDS)).isTrue();
    stop("2026-05-31T23:59:00Z");
    var relay = new PublishOutbox(sessions, log);
    assertThat(relay.publish()).isZero();
    assertThat(relay.publishUrgent()).isEqualTo(1);
    assertThat(log.messages).singleElement().matches(CustomerLog.Message::urgent);
    slow.go.countDown();
    first.join();
    assertThat(relay.publishUrgent()).isZero();
    assertThat(relay.publish()).isEqualTo(1);
    assertThat(log.messages).hasSize(22).last().matches(message -> !message.urgent());
  }

  @Test
  void aRelayIsWokenOnlyWhereItHasSomethingToDo() throws Exception {
    wake.awaitOutbox(0);
    wake.awaitUrgent(0);
    change(1, 1);
    assertThat(wake.awaitOutbox(0)).isTrue();
    assertThat(wake.awaitUrgent(0)).isFalse();
    change(1, 1);
    assertThat(wake.awaitOutbox(0)).isFalse();
    stop("2026-05-31T23:59:00Z");
    assertThat(wake.awaitOutbox(0)).isTrue();
    assertThat(wake.awaitUrgent(0)).isTrue();
  }

  @Test
  void whatIsUrgentStaysUrgentWhenTheLogFails() {
    var relay = new PublishOutbox(sessions, log);
    stop("2026-05-31T23:59:00Z");
    log.failures.set(1);
    assertThatThrownBy(relay::publishUrgent).hasStackTraceContaining("broken on purpose");
    assertThat(relay.publishUrgent()).isEqualTo(1);
  }

  @Test
  void anOldStopIsUrgentOnlyWhereTheRecordWasKnown() {
    var relay = new PublishOutbox(sessions, log);
    stop("2026-01-01T00:00:00Z");
    assertThat(relay.publishUrgent()).isZero();
    stop("2026-02-01T00:00:00Z");
    assertThat(relay.publishUrgent()).isEqualTo(1);
  }

  @Test
  void theOldestObservationOfSeveralIsNamed() {
    var late = new Origin(Say.RECEIVED.plusSeconds(9), null);
    for (var said :
        say.logged(
            snapshot("crm", "1", "2026-01-01T00:00:00Z", name("Nia", "Rees")),
            snapshot("crm", "1", "2026-01-02T00:00:00Z", name("Nia", "Prys")))) {
      var origin = said.offset() == 0 ? said.origin() : late;
      reconcile.reconcile(
          List.of(
              new Logged(
                  said.topicId(),
                  said.partition(),
                  said.offset(),
                  said.receivedAt(),
                  origin,
                  said.value())));
    }
    assertThat(new PublishOutbox(sessions, log).publish()).isEqualTo(2);
    assertThat(log.messages)
        .singleElement()
        .extracting(CustomerLog.Message::origin)
        .isEqualTo(new Origin(Say.RECEIVED, null));
  }

  @Test
  void twoRelaysPublishVersionsInOrder() {
    var changing = new AtomicBoolean(true);
    var relays =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          var relay = new PublishOutbox(sessions, log);
                          while (changing.get() || relay.publish() > 0) {
                            relay.publish();
                          }
                        }))
            .toList();
    for (int round = 0; round < 15; round++) {
      change(round, 30);
    }
    changing.set(false);
    relays.forEach(CompletableFuture::join);
    await().atMost(10, SECONDS).until(() -> new PublishOutbox(sessions, log).publish() == 0);
    assertThat(inOrder())
        .hasSize(30)
        .allSatisfy((id, version) -> assertThat(version).isEqualTo(15));
    assertThat(tables.number("select count(*) from outbox")).isZero();
  }

  @Test
  void nothingIsLostWhenTheLogFails() {
    var relay = new PublishOutbox(sessions, log);
    change(1, 10);
    log.failures.set(2);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(relay::publish).hasStackTraceContaining("broken on purpose");
      assertThat(tables.number("select count(*) from outbox")).isEqualTo(10);
    }
    change(2, 10);
    assertThat(relay.publish()).isEqualTo(20);
    assertThat(inOrder()).hasSize(10).allSatisfy((id, version) -> assertThat(version).isEqualTo(2));
  }

  @Test
  void aChangeThatCommitsWhileTheRelayIsWritingIsPublishedAfterwards() throws Exception {
    var slow = new SlowLog();
    change(1, 1);
    var first = CompletableFuture.runAsync(() -> new PublishOutbox(sessions, slow).publish());
    assertThat(slow.writing.await(20, SECONDS)).isTrue();
    change(2, 1);
    assertThat(new PublishOutbox(sessions, log).publish()).isZero();
    slow.go.countDown();
    first.join();
    assertThat(new PublishOutbox(sessions, log).publish()).isEqualTo(1);
    assertThat(log.messages).extracting(CustomerLog.Message::version).containsExactly(1L, 2L);
  }
}
