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
 */
public record Origin(Instant observedAt) {
  static final Origin NONE = new Origin(null);

  /** From the column {@code observed_at}. */
  static Origin read(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? NONE : new Origin(at.toInstant());
  }

  /** What made a customer change where both did. */
  Origin and(Origin other) {
    return other.observedAt == null || observedAt != null && !other.observedAt.isBefore(observedAt)
        ? this
        : other;
  }
}
