package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the relays that the outbox has something, so that they need not ask all the time. Only a
 * hint within this hub instance: whoever waits looks by itself now and then, too.
 */
@ApplicationScoped
public class Wake {
  private final Semaphore outbox = new Semaphore(0);
  private final Semaphore urgent = new Semaphore(0);

  /** Something was added to the outbox. */
  void outbox() {
    outbox(true);
  }

  /**
   * The same.
   *
   * @param withUrgent whether any of it is urgent
   */
  void outbox(boolean withUrgent) {
    release(outbox);
    if (withUrgent) {
      release(urgent);
    }
  }

  private static void release(Semaphore hint) {
    if (hint.availablePermits() == 0) {
      hint.release();
    }
  }

  /** Waits until something was added, or for so long. */
  public boolean awaitOutbox(long millis) throws InterruptedException {
    return await(outbox, millis);
  }

  /** The same for the relay of what is urgent. */
  public boolean awaitUrgent(long millis) throws InterruptedException {
    return await(urgent, millis);
  }

  private static boolean await(Semaphore hint, long millis) throws InterruptedException {
    boolean woken = hint.tryAcquire(millis, TimeUnit.MILLISECONDS);
    hint.drainPermits();
    return woken;
  }
}
