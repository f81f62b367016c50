package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The ledger in PostgreSQL: append-only, which the database enforces. */
@ApplicationScoped
public class ConsentLedger {

  /** A line of the ledger; {@code evidence} is JSON. */
  public record Line(SourceKey key, Consent consent, String evidence, Instant recordedAt) {}

  /** Appends the lines in their order, in the caller's transaction. */
  public void append(Connection connection, List<Line> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    var sql =
        "insert into consent_entry (spoke, record_id, purpose, channel, topic, brand, bound_to,"
            + " state, decided_at, recorded_at, legal_basis, evidence)"
            + " select spoke, record_id, purpose, channel, topic, brand, bound_to, state,"
            + " decided_at::timestamptz, recorded_at::timestamptz, legal_basis, evidence::json"
            + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality u(spoke, record_id,"
            + " purpose, channel, topic, brand, bound_to, state, decided_at, recorded_at,"
            + " legal_basis, evidence, n) order by n";
    try (var statement = connection.prepareStatement(sql)) {
      bind(connection, statement, lines);
      statement.executeUpdate();
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, List<Line> lines)
      throws SQLException {
    statement.setArray(1, Columns.text(connection, lines, line -> line.key().spoke()));
    statement.setArray(2, Columns.text(connection, lines, line -> line.key().recordId()));
    statement.setArray(3, Columns.text(connection, lines, line -> line.consent().purpose()));
    statement.setArray(4, Columns.text(connection, lines, line -> line.consent().channel()));
    statement.setArray(5, Columns.text(connection, lines, line -> line.consent().topic()));
    statement.setArray(6, Columns.text(connection, lines, line -> line.consent().brand()));
    statement.setArray(7, Columns.text(connection, lines, line -> line.consent().boundTo()));
    statement.setArray(8, Columns.text(connection, lines, line -> line.consent().state()));
    statement.setArray(9, Columns.text(connection, lines, line -> line.consent().decidedAt()));
    statement.setArray(10, Columns.text(connection, lines, Line::recordedAt));
    statement.setArray(11, Columns.text(connection, lines, line -> line.consent().legalBasis()));
    statement.setArray(12, Columns.text(connection, lines, Line::evidence));
  }
}
