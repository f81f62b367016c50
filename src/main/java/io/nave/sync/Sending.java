package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.Consent;
import io.nave.platform.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Sends deliveries to a spoke, as many at once as it allows. Where the spoke is to be looked at
 * first, each record is read right before it is written; elsewhere one that is told a yes, so that
 * no stop is undone of which the hub has not heard.
 */
final class Sending {
  private final Spoke spoke;
  private final Crossing crossing;
  private final boolean urgent;

  Sending(Spoke spoke, Crossing crossing, boolean urgent) {
    this.spoke = spoke;
    this.crossing = crossing;
    this.urgent = urgent;
  }

  /**
   * A delivery that is to be sent.
   *
   * @param reportedBack what the record holds then, as the spoke reports it
   * @param tells whether it changes a consent, or one may change with it
   * @param leaves whether it leaves alone what somebody has just changed there
   */
  record Outgoing(
      DueDelivery due, Spoke.Parcel parcel, Held reportedBack, boolean tells, boolean leaves) {
    static Outgoing of(Spoke spoke, DueDelivery due, Compared compared, JsonNode held) {
      var wanted = compared.wanted();
      var operation = due.isCreation() ? "create" : "update";
      var parcel =
          new Spoke.Parcel(
              operation,
              due.recordId(),
              due.customerId(),
              due.version(),
              wanted,
              held,
              due.quiet());
      var expected = spoke.reportedBack(wanted, held);
      boolean tells =
          held == null || !expected.consents().equals(spoke.reportedBack(held).consents());
      boolean leaves = !compared.left().isEmpty();
      return new Outgoing(due, parcel, compared.believed(expected, due), tells, leaves);
    }

    String target() {
      return due.target();
    }

    /** The same, of which nothing was sent. */
    private Outgoing unsent() {
      return new Outgoing(due, parcel, reportedBack, false, leaves);
    }

    /** Whether it says yes where the record was not known to. */
    private boolean grants() {
      var known = due.known() == null ? List.<Consent>of() : due.known().consents();
      return reportedBack.consents().stream()
          .filter(one -> one.state() == Consent.State.granted)
          .anyMatch(
              one ->
                  known.stream()
                      .noneMatch(
                          there ->
                              there.state() == one.state()
                                  && there.subject().equals(one.subject())));
    }
  }

  /**
   * What became of it.
   *
   * @param instead how it ended where it was not sent after all; else null
   */
  record Sent(Outgoing outgoing, Spoke.Taken taken, Throwable failure, SettledDelivery instead) {
    boolean isHeldBack() {
      return failure instanceof HeldBack;
    }
  }

  /** Sends them, and waits for all answers. */
  List<Sent> send(List<Outgoing> outgoing) {
    var results = new LinkedBlockingQueue<Sent>();
    int started = 0;
    boolean held = false;
    var sent = new ArrayList<Sent>();
    for (var one : outgoing) {
      boolean looks = looksFirst(one);
      crossing.enter(urgent, looks ? 2 : 1);
      results.drainTo(sent);
      held = held || sent.stream().anyMatch(this::stopsTheSpoke);
      if (held) {
        sent.add(new Sent(one, null, new HeldBack(), null));
        crossing.leave(urgent);
        continue;
      }
      started++;
      var span = span(one);
      var answer = looks ? lookAndSend(one) : sendNow(one);
      answer.thenAccept(
          done -> {
            end(span, done.failure());
            results.add(done);
            crossing.leave(urgent);
          });
    }
    while (sent.stream().filter(s -> !s.isHeldBack()).count() < started) {
      sent.add(take(results));
    }
    return sent;
  }

  private boolean looksFirst(Outgoing one) {
    return spoke.reads() && !one.due().isCreation() && (spoke.looksFirst() || one.grants());
  }

  private CompletionStage<Sent> sendNow(Outgoing one) {
    return spoke.send(one.parcel()).handle((taken, failure) -> new Sent(one, taken, failure, null));
  }

  /** What somebody has just changed there, and nobody reported yet, is left alone. */
  private CompletionStage<Sent> lookAndSend(Outgoing one) {
    return spoke
        .read(one.due().recordId())
        .thenCompose(found -> found.map(held -> sendAfter(one, held)).orElseGet(() -> gone(one)))
        .exceptionally(failure -> new Sent(one.unsent(), null, failure, null));
  }

  /**
   * Where everything is as it was known, what was to be sent is sent at once: what somebody changes
   * from now on is written over, where the spoke knows no conditional write.
   */
  private CompletionStage<Sent> sendAfter(Outgoing one, Held found) {
    if (!one.tells() && one.due().isAsKnown(found)) {
      return sendNow(one);
    }
    var due = one.due().seen(found);
    var compared = Compared.toDeliver(spoke, due);
    if (!spoke.looksFirst() && !compared.stops()) {
      return sendNow(one);
    }
    return compared.isSame()
        ? CompletableFuture.completedFuture(
            new Sent(one, null, null, SettledDelivery.unchanged(due, compared)))
        : sendNow(Outgoing.of(spoke, due, compared, compared.held()));
  }

  private static CompletionStage<Sent> gone(Outgoing one) {
    return CompletableFuture.completedFuture(
        new Sent(one, null, null, SettledDelivery.gone(one.due())));
  }

  private Span span(Outgoing one) {
    return Traces.step("deliver", SpanKind.CLIENT, one.due().origin().trace())
        .setAttribute(Traces.SPOKE, spoke.name())
        .setAttribute(Traces.CUSTOMER, one.due().customerId().toString())
        .setAttribute(Traces.VERSION, one.due().version())
        .setAttribute(Traces.OPERATION, one.parcel().operation());
  }

  private void end(Span span, Throwable failure) {
    if (failure != null && span.isRecording()) {
      var cause = cause(failure);
      Traces.failed(
          span, cause instanceof Spoke.CannotHold ? "CANNOT_HOLD" : spoke.classify(cause).name());
    }
    span.end();
  }

  /** Not sent, since the spoke turned out to be down. */
  private static final class HeldBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Sent take(LinkedBlockingQueue<Sent> results) {
    try {
      return results.take();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while a delivery was under way", interrupted);
    }
  }

  /** Those of which nobody knows whether they were written, where they were to change a consent. */
  List<Outgoing> toldWithoutAnswer(List<Sent> sent) {
    return sent.stream()
        .filter(one -> one.failure() != null && !one.isHeldBack() && one.outgoing().tells())
        .filter(one -> spoke.classify(cause(one.failure())).mayHaveArrived())
        .map(Sent::outgoing)
        .toList();
  }

  boolean stopsTheSpoke(Sent sent) {
    if (sent.failure() == null || sent.isHeldBack()) {
      return false;
    }
    return spoke.classify(cause(sent.failure())).stopsTheSpoke();
  }

  /** Without the wrapping of a future. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
