package io.nave.sync;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to one spoke, which its couriers share: how much may be under way, how often something
 * may be sent, and whether the spoke is paused. One place is kept for what is urgent, where the
 * spoke allows more than one.
 */
final class Crossing {
  private final Semaphore places;
  private final Semaphore ordinary;
  private final long interval;
  private final double perSecond;
  private final Budget budget;
  private long next = System.nanoTime();
  private volatile String pausedBecause;

  /**
   * @param inFlight requests under way at once
   * @param perSecond requests a second; 0: as many as one likes
   * @param budget is told of each request
   */
  Crossing(int inFlight, double perSecond, Budget budget) {
    this.budget = budget;
    this.places = new Semaphore(inFlight, true);
    this.ordinary = new Semaphore(Math.max(1, inFlight - 1));
    this.perSecond = perSecond;
    this.interval = perSecond > 0 ? (long) (TimeUnit.SECONDS.toNanos(1) / perSecond) : 0;
  }

  /** Waits for a place, and until it is time. */
  void enter(boolean urgent) {
    enter(urgent, 1);
  }

  /** The same for some requests that follow one another. */
  void enter(boolean urgent, int requests) {
    if (!urgent) {
      ordinary.acquireUninterruptibly();
    }
    places.acquireUninterruptibly();
    for (int request = 0; request < requests; request++) {
      long wait = turn() - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
      }
      budget.spend();
    }
  }

  void leave(boolean urgent) {
    places.release();
    if (!urgent) {
      ordinary.release();
    }
  }

  private synchronized long turn() {
    long mine = Math.max(next, System.nanoTime());
    next = mine + interval;
    return mine;
  }

  /** How many of these can be sent in half a second and are in the budget, at least one. */
  int round(int batch, boolean urgent) {
    long most = perSecond > 0 ? (long) Math.min(batch, perSecond / 2) : batch;
    return (int) Math.max(1, Math.min(most, budget.left(urgent)));
  }

  Budget budget() {
    return budget;
  }

  /** Why the spoke is paused, or null where it is not. */
  String pausedBecause() {
    return pausedBecause;
  }

  void pause(String because) {
    pausedBecause = because;
  }

  void resume() {
    pausedBecause = null;
  }
}
