package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The invalid message channel: what could not be understood, with its cause and payload, waits here
 * for a person. Nothing is dropped.
 */
@ApplicationScoped
class InvalidMessages {

  /**
   * A message in quarantine.
   *
   * @param fromLog true if it had been accepted into the log; false if a connector could not
   *     translate it
   */
  record Invalid(String spoke, String cause, String payload, Instant receivedAt, boolean fromLog) {}

  void add(Connection connection, List<Invalid> messages) throws SQLException {
    if (messages.isEmpty()) {
      return;
    }
    var sql =
        "insert into invalid_message (spoke, cause, payload, received_at, from_log)"
            + " select s, c, p, r::timestamptz, f::boolean from unnest(?, ?, ?, ?, ?) u(s, c, p, r, f)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, messages, Invalid::spoke));
      statement.setArray(2, Columns.text(connection, messages, Invalid::cause));
      statement.setArray(3, Columns.text(connection, messages, m -> clean(m.payload())));
      statement.setArray(4, Columns.text(connection, messages, Invalid::receivedAt));
      statement.setArray(5, Columns.text(connection, messages, Invalid::fromLog));
      statement.executeUpdate();
    }
  }

  /** PostgreSQL's text cannot hold NUL. */
  private static String clean(String payload) {
    return payload.replace("\u0000", "\\u0000");
  }
}
