package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.golden.Pin;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What stewards pinned, in PostgreSQL: at most one pin in force for an attribute of a source
 * record; none is ever lost. All in the caller's transaction, which holds the customer.
 */
@ApplicationScoped
class Pins {
  private static final String COLUMNS =
      "p.id, p.spoke, p.record_id, p.attribute, p.value, p.from_spoke, p.from_record, p.reason,"
          + " p.pinned_by, p.pinned_at, p.retracted_by, p.retracted_at";

  /** The pins in force of each customer that has some, by the records that are linked to it. */
  Map<UUID, List<Pin>> inForce(Connection connection, Map<UUID, List<StoredRecord>> members)
      throws SQLException {
    var customers = new HashMap<SourceKey, UUID>();
    members.forEach((id, records) -> records.forEach(r -> customers.put(r.key(), id)));
    var pins = new HashMap<UUID, List<Pin>>();
    for (var pin : read(connection, customers.keySet(), " and p.retracted_at is null")) {
      pins.computeIfAbsent(customers.get(pin.anchor()), id -> new ArrayList<>()).add(pin.inForce());
    }
    return pins;
  }

  /** All pins of these records, also those that were retracted, the newest first. */
  List<StoredPin> all(Connection connection, Collection<SourceKey> records) throws SQLException {
    return read(connection, records, " order by p.pinned_at desc, p.id desc");
  }

  private static List<StoredPin> read(
      Connection connection, Collection<SourceKey> records, String rest) throws SQLException {
    if (records.isEmpty()) {
      return List.of();
    }
    var sql =
        "select "
            + COLUMNS
            + " from unnest(?, ?) k(spoke, record_id) join pin p"
            + " on p.spoke = k.spoke and p.record_id = k.record_id"
            + rest;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, records, SourceKey::recordId));
      var pins = new ArrayList<StoredPin>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          pins.add(read(rows));
        }
      }
      return pins;
    }
  }

  private static StoredPin read(ResultSet row) throws SQLException {
    var value = row.getString(5);
    var from = row.getString(6);
    return new StoredPin(
        row.getLong(1),
        new SourceKey(row.getString(2), row.getString(3)),
        row.getString(4),
        value == null ? null : CanonicalJson.parse(value),
        from == null ? null : new SourceKey(from, row.getString(7)),
        row.getString(8),
        row.getString(9),
        Columns.instant(row, 10),
        row.getString(11),
        Columns.instant(row, 12));
  }

  /** Adds a pin; one in force of the same record and attribute must be retracted before. */
  void add(Connection connection, SourceKey anchor, PinWish wish, JsonNode value, Instant now)
      throws SQLException {
    var sql =
        "insert into pin (spoke, record_id, attribute, value, from_spoke, from_record, reason,"
            + " pinned_by, pinned_at) values (?, ?, ?, ?::json, ?, ?, ?, ?, ?::timestamptz)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, anchor.spoke());
      statement.setString(2, anchor.recordId());
      statement.setString(3, wish.attribute());
      statement.setString(4, value == null ? null : value.toString());
      statement.setString(5, wish.from() == null ? null : wish.from().spoke());
      statement.setString(6, wish.from() == null ? null : wish.from().recordId());
      statement.setString(7, wish.reason());
      statement.setString(8, wish.by());
      statement.setString(9, now.toString());
      statement.executeUpdate();
    }
  }

  /** Retracts these pins. */
  void retract(Connection connection, Collection<StoredPin> pins, String by, Instant now)
      throws SQLException {
    var sql =
        "update pin set retracted_by = ?, retracted_at = ?::timestamptz where id = any(?)"
            + " and retracted_at is null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, by);
      statement.setString(2, now.toString());
      statement.setArray(3, Columns.numbers(connection, pins, StoredPin::id));
      statement.executeUpdate();
    }
  }
}
