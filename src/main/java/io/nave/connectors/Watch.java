package io.nave.connectors;

import io.nave.sync.WatchConsents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The bean {@code watch} of the hub's routes. */
@ApplicationScoped
@Named("watch")
class Watch {
  private final WatchConsents consents;

  Watch(WatchConsents consents) {
    this.consents = consents;
  }

  /** Looks for systems that do not know of a consent in time. */
  public void consents() {
    consents.look();
  }
}
