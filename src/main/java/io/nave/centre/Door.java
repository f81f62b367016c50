package io.nave.centre;

import io.nave.sync.Links;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * Lets those in who hold a link that works. All others are told the same, whatever is wrong with
 * theirs. Wrong links are counted by client and altogether; too many of them are not even looked at
 * any more, while links that work go on.
 */
@ApplicationScoped
class Door {
  private static final String ALL = "all";

  private final Links links;
  private final CentreConfig config;
  private final Clock clock;
  private final Throttle ofLink;
  private final Throttle ofClient;
  private final Throttle ofEverybody;

  Door(Links links, CentreConfig config, Clock clock) {
    this.links = links;
    this.config = config;
    this.clock = clock;
    ofLink = new Throttle(config.limits().link());
    ofClient = new Throttle(config.limits().client());
    ofEverybody = new Throttle(config.limits().everybody());
  }

  /** Who may come in. */
  sealed interface Answer permits Admitted, Refused, Busy {}

  /** The link works. */
  record Admitted(Links.Opened opened) implements Answer {}

  /** It does not; nobody says why. */
  record Refused() implements Answer {}

  /** Too much; see {@link Throttle#pause}. */
  record Busy() implements Answer {}

  Answer ask(String token, HttpServerRequest request) {
    var now = clock.instant();
    var opened = links.open(token);
    if (opened.isPresent()) {
      var link = opened.get().link();
      return ofLink.admits(link.id().toString(), now) ? new Admitted(opened.get()) : new Busy();
    }
    var remote = request.remoteAddress();
    var client =
        ClientAddress.of(
            remote == null ? null : remote.hostAddress(),
            request.getHeader("X-Forwarded-For"),
            config.proxies());
    boolean fits = ofClient.admits(client, now) & ofEverybody.admits(ALL, now);
    return fits ? new Refused() : new Busy();
  }
}
