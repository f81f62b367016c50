package io.nave.golden;

import io.nave.canonical.Customer;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.Map;

/**
 * What one linked source record genuinely says (an echo of the hub's own values is no statement).
 *
 * @param changedAt when each attribute last changed at the source, by attribute key ({@code name},
 *     {@code attributes.favouriteStore}); where a key is absent, {@code recordChangedAt} counts
 * @param deleted whether the source deleted the record; {@code customer} is what it said last
 */
public record Statement(
    SourceKey key,
    Customer customer,
    Map<String, Instant> changedAt,
    Instant recordChangedAt,
    boolean deleted) {

  public Statement {
    changedAt = changedAt == null ? Map.of() : changedAt;
  }

  /** When the attribute last changed; {@link Instant#MIN} where nothing is known. */
  Instant changedAt(String attribute) {
    Instant at = changedAt.getOrDefault(attribute, recordChangedAt);
    return at == null ? Instant.MIN : at;
  }
}
