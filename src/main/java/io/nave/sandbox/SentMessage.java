package io.nave.sandbox;

import java.time.Instant;
import java.util.Map;

/**
 * A message that the vendor's system has sent to a person.
 *
 * @param id what the sender calls it
 * @param group by which template it was sent
 * @param texts what the sender filled in, by name, as it came
 */
public record SentMessage(
    String id, Instant at, String to, String group, Map<String, String> texts) {}
