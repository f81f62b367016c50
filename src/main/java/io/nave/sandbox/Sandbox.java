package io.nave.sandbox;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A stand-in for a vendor's system that speaks the vendor's documented protocol, closely enough for
 * the vendor's own or a third party's client library. State is in memory and is touched on the one
 * event loop of its server only.
 */
public interface Sandbox {

  /** The connector's name, such as {@code salesforce}. */
  String name();

  /** The vendor's name for people, such as {@code Salesforce}. */
  String title();

  /**
   * Adds the vendor's endpoints. The router is the root of the sandbox's own HTTP server, whose
   * address is {@code self}; {@code /_sandbox} and {@code /} are taken by {@link SandboxServer}.
   */
  void mount(Vertx vertx, Router router, URI self);

  /** The records, for the plain page on which a person edits them as in the vendor's screens. */
  RecordTable records();

  /** What was sent to people, newest first; null where the vendor sends nothing. */
  default List<SentMessage> messages() {
    return null;
  }

  /**
   * What a hub must be told to connect, as {@code nave.spokes.<name>.<key>} without the prefix:
   * addresses and the sandbox's made-up credentials.
   */
  Map<String, String> settings();

  /**
   * Makes every token given out so far invalid, as if its time had passed; false where the vendor
   * has no tokens.
   */
  default boolean expireTokens() {
    return false;
  }

  /** The system's clock, for a fault that makes it wrong; null where it cannot be. */
  default ShiftedClock clock() {
    return null;
  }

  /** Stops what {@link #mount} started besides the routes. */
  default void close() {}
}
