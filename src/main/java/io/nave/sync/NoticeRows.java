package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.platform.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads rows of {@code consent_notice}. */
final class NoticeRows {
  static final String COLUMNS =
      """
      n.id, n.customer_id, n.spoke, n.record_id, n.purpose, n.channel, n.topic, n.brand, n.bound_to,
      n.consent, n.decided_at, n.state, n.noticed_at, n.sent_at, n.confirmed_at, n.confirmed_by,
      n.deadline, n.error, n.replaced_at
      """;

  /** A row with its number and customer. */
  record Row(long id, UUID customer, Knowing knowing) {}

  private NoticeRows() {}

  /** All rows of the statement; what is late, is so at this time. */
  static List<Row> read(PreparedStatement statement, Instant now) throws SQLException {
    var all = new ArrayList<Row>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(row(rows, now));
      }
    }
    return all;
  }

  private static Row row(ResultSet row, Instant now) throws SQLException {
    var state = Knowing.State.of(row.getString(12));
    var deadline = Columns.instant(row, 17);
    var replacedAt = Columns.instant(row, 19);
    var knowing =
        new Knowing(
            new Consent.Subject(
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9)),
            Consent.State.valueOf(row.getString(10)),
            Columns.instant(row, 11),
            null,
            row.getString(3),
            row.getString(4),
            state,
            Columns.instant(row, 13),
            Columns.instant(row, 14),
            Columns.instant(row, 15),
            row.getString(16),
            deadline,
            replacedAt == null && state.isOpen() && deadline.isBefore(now),
            row.getString(18),
            replacedAt);
    return new Row(row.getLong(1), row.getObject(2, UUID.class), knowing);
  }
}
