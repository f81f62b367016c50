package io.nave.console;

import io.nave.platform.FailureName;
import io.nave.sync.HubStatus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Samples the hub's counts: every second while somebody looks, every ten seconds else, and never so
 * often that counting takes more than a twentieth of the time.
 */
@ApplicationScoped
class Pulse {
  private static final Logger LOG = Logger.getLogger(Pulse.class);
  private static final Duration WATCHED = Duration.ofSeconds(1);
  private static final Duration UNWATCHED = Duration.ofSeconds(10);
  private static final Duration JUST_NOW = Duration.ofMillis(700);
  private static final int SPARING = 20;

  private final HubStatus status;
  private final Clock clock;
  private final Samples samples = new Samples();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Pulse::thread);
  private volatile long lookedAt = System.nanoTime() - UNWATCHED.toNanos();
  private volatile String trouble;

  Pulse(HubStatus status, Clock clock) {
    this.status = status;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "console-pulse");
    thread.setDaemon(true);
    return thread;
  }

  void start(@Observes StartupEvent started) {
    timer.schedule(this::beat, WATCHED.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }

  /** The samples; whoever asks is looking. */
  Samples watch() {
    boolean slept = !isWatched();
    lookedAt = System.nanoTime();
    if (slept && !timer.isShutdown()) {
      timer.execute(this::sample);
    }
    return samples;
  }

  /** Why the counts cannot be read now, or null. */
  String trouble() {
    return trouble;
  }

  private boolean isWatched() {
    return System.nanoTime() - lookedAt < UNWATCHED.toNanos();
  }

  private void beat() {
    long began = System.nanoTime();
    sample();
    long sparing = (System.nanoTime() - began) * SPARING;
    long wanted = (isWatched() ? WATCHED : UNWATCHED).toNanos();
    timer.schedule(this::beat, Math.max(wanted, sparing), TimeUnit.NANOSECONDS);
  }

  private void sample() {
    var newest = samples.newest();
    if (newest != null && newest.at().plus(JUST_NOW).isAfter(clock.instant())) {
      return;
    }
    try {
      samples.add(clock.instant(), status.now());
      trouble = null;
    } catch (RuntimeException unreadable) {
      if (trouble == null) {
        LOG.warnf("the hub's counts cannot be read: %s", FailureName.of(unreadable));
      }
      trouble = unreadable.getClass().getSimpleName();
    }
  }
}
