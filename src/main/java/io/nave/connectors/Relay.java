package io.nave.connectors;

import io.nave.sync.PublishOutbox;
import io.nave.sync.Wake;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The bean {@code relay} of the hub's routes: publishes as soon as the outbox has something. */
@ApplicationScoped
@Named("relay")
class Relay {
  private static final long LOOK_MILLIS = 200;
  private final PublishOutbox outbox;
  private final Wake wake;

  Relay(PublishOutbox outbox, Wake wake) {
    this.outbox = outbox;
    this.wake = wake;
  }

  /** Waits for a moment until there is something to publish, and publishes all there is. */
  public void publish() throws InterruptedException {
    wake.awaitOutbox(LOOK_MILLIS);
    int published;
    do {
      published = outbox.publish();
    } while (published > 0);
  }

  /** The same for the fast lane only. */
  public void publishUrgent() throws InterruptedException {
    wake.awaitUrgent(LOOK_MILLIS);
    int published;
    do {
      published = outbox.publishUrgent();
    } while (published > 0);
  }
}
