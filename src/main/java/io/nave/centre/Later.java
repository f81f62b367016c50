package io.nave.centre;

import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives answers that all take the same time, so that nobody can tell by the clock whether a link
 * was forged, revoked or used up. No thread waits meanwhile.
 */
final class Later {
  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  private Later() {}

  /** The answer, this long after the start. */
  static CompletionStage<Response> answer(long startNanos, Supplier<Response> answer) {
    var response = answer.get();
    long left = Math.max(1, NANOS - (System.nanoTime() - startNanos));
    Executor delayed = CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS);
    return CompletableFuture.supplyAsync(() -> response, delayed);
  }

  static CompletionStage<Response> now(Response response) {
    return CompletableFuture.completedFuture(response);
  }
}
