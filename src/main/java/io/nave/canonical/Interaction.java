package io.nave.canonical;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened between the customer and the company, such as a clicked e-mail; {@code
 * properties} is never null.
 */
public record Interaction(
    String id,
    String kind,
    String channel,
    String direction,
    Instant at,
    String outcome,
    Map<String, Object> properties) {

  public Interaction {
    properties = properties == null ? Map.of() : properties;
  }
}
