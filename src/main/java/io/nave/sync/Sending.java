package io.nave.sync;

import io.nave.platform.Traces;
import io.nave.sync.DeliveryQueue.Due;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends deliveries to a spoke, as many at once as it allows. */
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
   */
  record Outgoing(Due due, Spoke.Parcel parcel, Held reportedBack) {
    String target() {
      return due.target();
    }
  }

  /** What became of it. */
  record Sent(Outgoing outgoing, Spoke.Taken taken, Throwable failure) {
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
      crossing.enter(urgent);
      results.drainTo(sent);
      held = held || sent.stream().anyMatch(this::stopsTheSpoke);
      if (held) {
        sent.add(new Sent(one, null, new HeldBack()));
        crossing.leave(urgent);
        continue;
      }
      started++;
      var span = span(one);
      spoke
          .send(one.parcel())
          .whenComplete(
              (taken, failure) -> {
                end(span, failure);
                results.add(new Sent(one, taken, failure));
                crossing.leave(urgent);
              });
    }
    while (sent.stream().filter(s -> !s.isHeldBack()).count() < started) {
      sent.add(take(results));
    }
    return sent;
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
