package io.nave.canonical;

import java.time.Instant;
import java.util.Map;

/** Something that happened between the customer and the company, such as a clicked e-mail. */
public record Interaction(
    String id,
    String kind,
    String channel,
    String direction,
    Instant at,
    String outcome,
    Map<String, Object> properties) {}
