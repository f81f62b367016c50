package io.nave.chaos;

import java.util.concurrent.TimeUnit;

/** How long it is since the changes began. */
final class Since {
  private volatile long began = System.nanoTime();

  /** They begin now. */
  void begin() {
    began = System.nanoTime();
  }

  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  /** Waits until it is so long. */
  void await(long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis - millis());
  }
}
