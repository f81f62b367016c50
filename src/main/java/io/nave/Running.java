package io.nave;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What was started beside the hub. It ends after the hub, last started first, and only once. */
final class Running {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private final Deque<Runnable> stops = new ArrayDeque<>();

  synchronized void add(Runnable stop) {
    stops.push(stop);
  }

  /**
   * The hub came to its end by itself or could not start. In development mode it comes back with
   * changed code, in the same process.
   */
  void hubEnded(int code, Throwable failure) {
    if (failure != null) {
      System.err.println("nave: the hub could not start: " + innermost(failure).getMessage());
    }
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      stopAll();
    } else {
      System.exit(code);
    }
  }

  /** Waits until the hub has let go, then stops the rest. */
  void stop() {
    long until = System.nanoTime() + PATIENCE;
    while (ApplicationLifecycleManager.getCurrentApplication() != null
        && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    stopAll();
  }

  private synchronized void stopAll() {
    while (!stops.isEmpty()) {
      stops.pop().run();
    }
  }

  private static Throwable innermost(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
