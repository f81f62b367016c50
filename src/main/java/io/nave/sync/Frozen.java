package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An attribute that kept flipping between spokes, so that the hub pinned it. It waits for a
 * steward: who pins something else, or takes the pin back.
 *
 * @param value what is pinned, as JSON
 * @param trail whose value it was when, the oldest first
 */
public record Frozen(
    UUID customerId, String attribute, String value, String reason, Instant at, List<Step> trail) {

  /**
   * One value of an attribute.
   *
   * @param from the source record whose it was, as {@code spoke:recordId}; of a list those of its
   *     elements, in their order
   * @param value null where there was none
   */
  public record Step(Instant at, long version, String from, JsonNode value) {}
}
