package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.Decision;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What stewards decided about pairs of source records; it beats every rule. At most one decision
 * about a pair stands: a later one retracts it.
 */
@ApplicationScoped
class Decisions {
  private static final long LOCK = 0x6465636964650000L; // "decide"
  private static final String COLUMNS =
      "d.id, d.a_spoke, d.a_record, d.b_spoke, d.b_record, d.same, d.reason, d.decided_by,"
          + " d.decided_at, d.retracted_at, d.retracted_by";

  /** The standing decisions about any of these records, whose others may be elsewhere. */
  List<Decision> around(Connection connection, Collection<SourceKey> keys) throws SQLException {
    return about(connection, keys).stream()
        .map(decision -> new Decision(decision.a(), decision.b(), decision.same()))
        .toList();
  }

  /** Only one transaction decides at a time, so that no two together contradict each other. */
  void serialise(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      statement.setLong(1, LOCK);
      statement.execute();
    }
  }

  /** The standing decisions about any of these records, oldest first. */
  List<StewardDecision> about(Connection connection, Collection<SourceKey> keys)
      throws SQLException {
    var from = "select " + COLUMNS + " from unnest(?, ?) k(spoke, record_id) join decision d on ";
    var sql =
        from
            + "d.a_spoke = k.spoke and d.a_record = k.record_id where d.retracted_at is null union "
            + from
            + "d.b_spoke = k.spoke and d.b_record = k.record_id where d.retracted_at is null"
            + " order by id";
    try (var statement = connection.prepareStatement(sql)) {
      var spokes = Columns.text(connection, keys, SourceKey::spoke);
      var ids = Columns.text(connection, keys, SourceKey::recordId);
      statement.setArray(1, spokes);
      statement.setArray(2, ids);
      statement.setArray(3, spokes);
      statement.setArray(4, ids);
      return read(statement);
    }
  }

  /**
   * What to list.
   *
   * @param record null for all
   * @param customer of which one record is; null for all
   * @param standing whether retracted ones are left out
   * @param before only those with a lower id; null for the newest
   */
  record Wanted(SourceKey record, UUID customer, boolean standing, Long before, int most) {}

  /** Newest first. */
  List<StewardDecision> list(Connection connection, Wanted wanted) throws SQLException {
    var sql =
        "select "
            + COLUMNS
            + " from decision d where (?::bigint is null or d.id < ?::bigint)"
            + " and (not ? or d.retracted_at is null)"
            + (wanted.record() == null
                ? ""
                : " and ((d.a_spoke, d.a_record) = (?, ?) or (d.b_spoke, d.b_record) = (?, ?))")
            + (wanted.customer() == null
                ? ""
                : " and d.id in (select x.id from source_record s join decision x"
                    + " on x.a_spoke = s.spoke and x.a_record = s.record_id where s.customer_id = ?"
                    + " union select x.id from source_record s join decision x"
                    + " on x.b_spoke = s.spoke and x.b_record = s.record_id"
                    + " where s.customer_id = ?)")
            + " order by d.id desc limit "
            + wanted.most();
    try (var statement = connection.prepareStatement(sql)) {
      fill(statement, wanted);
      return read(statement);
    }
  }

  private static void fill(PreparedStatement statement, Wanted wanted) throws SQLException {
    statement.setObject(1, wanted.before());
    statement.setObject(2, wanted.before());
    statement.setBoolean(3, wanted.standing());
    int next = 4;
    if (wanted.record() != null) {
      for (int i = 0; i < 2; i++) {
        statement.setString(next++, wanted.record().spoke());
        statement.setString(next++, wanted.record().recordId());
      }
    }
    if (wanted.customer() != null) {
      statement.setObject(next++, wanted.customer());
      statement.setObject(next, wanted.customer());
    }
  }

  /** The decision with this id, standing or not; null for none. */
  StewardDecision byId(Connection connection, long id) throws SQLException {
    var sql = "select " + COLUMNS + " from decision d where d.id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      var found = read(statement);
      return found.isEmpty() ? null : found.get(0);
    }
  }

  /** Decides, in place of whatever stands about the pair. */
  StewardDecision add(Connection connection, Wish wish, String by, Instant now)
      throws SQLException {
    var sql =
        "insert into decision as d (a_spoke, a_record, b_spoke, b_record, same, reason, decided_by,"
            + " decided_at) values (?, ?, ?, ?, ?, ?, ?, ?::timestamptz) returning "
            + COLUMNS;
    retract(connection, onPair(connection, wish), by, now);
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, wish.low().spoke());
      statement.setString(2, wish.low().recordId());
      statement.setString(3, wish.high().spoke());
      statement.setString(4, wish.high().recordId());
      statement.setBoolean(5, wish.same());
      statement.setString(6, wish.reason());
      statement.setString(7, by);
      statement.setString(8, now.toString());
      return read(statement).get(0);
    }
  }

  private List<StewardDecision> onPair(Connection connection, Wish wish) throws SQLException {
    return about(connection, List.of(wish.a())).stream()
        .filter(d -> d.isOn(wish.a(), wish.b()))
        .toList();
  }

  /** They stand no longer. */
  void retract(Connection connection, Collection<StewardDecision> decisions, String by, Instant now)
      throws SQLException {
    if (decisions.isEmpty()) {
      return;
    }
    var sql =
        "update decision set retracted_at = ?::timestamptz, retracted_by = ? where id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setString(2, by);
      statement.setArray(3, Columns.numbers(connection, decisions, StewardDecision::id));
      statement.executeUpdate();
    }
  }

  private static List<StewardDecision> read(PreparedStatement statement) throws SQLException {
    var decisions = new ArrayList<StewardDecision>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        decisions.add(read(rows));
      }
    }
    return decisions;
  }

  private static StewardDecision read(ResultSet row) throws SQLException {
    return new StewardDecision(
        row.getLong(1),
        new SourceKey(row.getString(2), row.getString(3)),
        new SourceKey(row.getString(4), row.getString(5)),
        row.getBoolean(6),
        row.getString(7),
        row.getString(8),
        Columns.instant(row, 9),
        Columns.instant(row, 10),
        row.getString(11));
  }
}
