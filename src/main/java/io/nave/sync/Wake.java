package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the relay that the outbox has something, so that it need not ask all the time. Only a hint
 * within this hub instance: whoever waits looks by itself now and then, too.
 */
@ApplicationScoped
public class Wake {
  private final Semaphore outbox = new Semaphore(0);

  /** Something was added to the outbox. */
  void outbox() {
    if (outbox.availablePermits() == 0) {
      outbox.release();
    }
  }

  /** Waits until something was added, or for so long. */
  public boolean awaitOutbox(long millis) throws InterruptedException {
    boolean woken = outbox.tryAcquire(millis, TimeUnit.MILLISECONDS);
    outbox.drainPermits();
    return woken;
  }
}
