package io.nave.sync;

import io.nave.platform.FailureName;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work that is done again and again in a thread of its own. What fails is tried again next time.
 */
final class Background {
  private static final Logger LOG = Logger.getLogger(Background.class);

  private final String name;
  private final Duration pause;
  private final ScheduledExecutorService timer;

  /**
   * @param name the thread's, and what the log calls the work
   * @param pause before the first time, and after each
   */
  Background(String name, Duration pause) {
    this.name = name;
    this.pause = pause;
    this.timer = Executors.newSingleThreadScheduledExecutor(this::thread);
  }

  private Thread thread(Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  void start(Runnable work) {
    timer.scheduleWithFixedDelay(
        () -> turn(work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void turn(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException again) {
      if (isRunning()) {
        LOG.warnf("%s: tried again soon: %s", name, FailureName.of(again));
      }
    }
  }

  /** False once it is to end: what takes long looks at this now and then. */
  boolean isRunning() {
    return !timer.isShutdown();
  }

  void stop() {
    timer.shutdownNow();
  }
}
