package io.nave.connectors;

import io.nave.sync.WatchConsents;
import io.nave.sync.WatchHub;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The bean {@code watch} of the hub's routes. */
@ApplicationScoped
@Named("watch")
class Watch {
  private final WatchConsents consents;
  private final WatchHub hub;

  Watch(WatchConsents consents, WatchHub hub) {
    this.consents = consents;
    this.hub = hub;
  }

  /** Looks for systems that do not know of a consent in time. */
  public void consents() {
    consents.look();
  }

  /** Reads the hub's figures for its metrics. */
  public void hub() {
    hub.look();
  }
}
