package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.Decision;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What stewards decided about pairs of source records; it beats every rule. */
@ApplicationScoped
class Decisions {

  /** The decisions that concern any of these records. */
  List<Decision> among(Connection connection, Collection<StoredRecord> records)
      throws SQLException {
    var sql =
        "select d.a_spoke, d.a_record, d.b_spoke, d.b_record, d.same from decision d"
            + " join unnest(?, ?) k(spoke, record_id)"
            + " on d.a_spoke = k.spoke and d.a_record = k.record_id order by d.id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, r -> r.key().spoke()));
      statement.setArray(2, Columns.text(connection, records, r -> r.key().recordId()));
      var decisions = new ArrayList<Decision>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          decisions.add(
              new Decision(
                  new SourceKey(rows.getString(1), rows.getString(2)),
                  new SourceKey(rows.getString(3), rows.getString(4)),
                  rows.getBoolean(5)));
        }
      }
      return decisions;
    }
  }
}
