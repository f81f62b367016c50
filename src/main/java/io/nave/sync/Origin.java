package io.nave.sync;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * What made a customer change, kept beside the customer until it is delivered.
 *
 * @param observedAt when the hub accepted the observation, of several the oldest; null where it was
 *     none, as a steward's decision
 * @param trace of the same observation, else of another one of them, as a {@code traceparent}; null
 *     where none is traced
 */
public record Origin(Instant observedAt, String trace) {
  static final Origin NONE = new Origin(null, null);

  /** From the columns {@code observed_at} and {@code trace}. */
  static Origin read(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    var trace = row.getString(column + 1);
    return at == null && trace == null
        ? NONE
        : new Origin(at == null ? null : at.toInstant(), trace);
  }

  /** What made a customer change where both did. */
  Origin and(Origin other) {
    var first = isAfter(other) ? other : this;
    var second = first == this ? other : this;
    return first.trace != null || second.trace == null
        ? first
        : new Origin(first.observedAt, second.trace);
  }

  private boolean isAfter(Origin other) {
    return other.observedAt != null && (observedAt == null || observedAt.isAfter(other.observedAt));
  }
}
