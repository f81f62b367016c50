package io.nave.sync;

import io.nave.platform.Columns;
import io.nave.sync.Audit.Finding;
import io.nave.sync.Audit.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The audits and what they found, in PostgreSQL. In the caller's transaction. */
@ApplicationScoped
class Audits {
  /** So many audits of a spoke keep their findings; of older ones the numbers remain. */
  private static final int KEPT = 10;

  /** An audit that this instance goes on with. */
  record Open(long id, String spoke, String position) {}

  /**
   * A record to be read.
   *
   * @param pending whether a delivery to it is under way, or not noticed yet
   */
  record Record(DueDelivery due, boolean pending) {}

  /** How many records of the spoke the hub knows of. */
  long total(Connection connection, String spoke) throws SQLException {
    var sql = "select count(*) from source_record where spoke = ? and not deleted";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      return number(statement);
    }
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** The audit of this spoke that runs. */
  Optional<Long> running(Connection connection, String spoke) throws SQLException {
    var sql = "select id from audit where spoke = ? and state = 'running'";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }

  /** Whether an audit of this spoke began after that time. */
  boolean hasBegunSince(Connection connection, String spoke, Instant time) throws SQLException {
    var sql = "select count(*) from audit where spoke = ? and started_at > ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setString(2, time.toString());
      return number(statement) > 0;
    }
  }

  long begin(Connection connection, String spoke, String by, Instant now) throws SQLException {
    var sql =
        "insert into audit (spoke, asked_by, state, started_at, total)"
            + " values (?, ?, 'running', ?::timestamptz, ?) returning id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setString(2, by);
      statement.setString(3, now.toString());
      statement.setLong(4, total(connection, spoke));
      return number(statement);
    }
  }

  /** An audit of this spoke that no other instance is at; claimed for a while. */
  Optional<Open> claim(Connection connection, String spoke, Instant now) throws SQLException {
    var sql =
        "update audit set claimed_until = ?::timestamptz + interval '2 minutes'"
            + " where spoke = ? and state = 'running'"
            + " and (claimed_until is null or claimed_until < ?::timestamptz)"
            + " returning id, position";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setString(2, spoke);
      statement.setString(3, now.toString());
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Open(rows.getLong(1), spoke, rows.getString(2)))
            : Optional.empty();
      }
    }
  }

  /** Gives it back, for whoever comes first. */
  void release(Connection connection, Open open) throws SQLException {
    var sql = "update audit set claimed_until = null where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, open.id());
      statement.executeUpdate();
    }
  }

  private static final String RECORDS =
      """
      select s.record_id, c.id, c.version, c.state, coalesce(d.seen, d.held), 0, c.updated_at,
        s.content, s.consents, s.preferences, false, false, false, null::bigint, false, null::json,
        d.target is not null and (d.due_at is not null or d.wanted < c.version)
      from source_record s
      join customer c on c.id = s.customer_id
      left join delivery d on d.spoke = s.spoke and d.target = s.record_id
      where s.spoke = ? and not s.deleted
      """;

  /** The next records of the spoke. */
  List<Record> next(Connection connection, Open open, int most) throws SQLException {
    var sql = RECORDS + " and (?::text is null or s.record_id > ?) order by s.record_id limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, open.spoke());
      statement.setString(2, open.position());
      statement.setString(3, open.position());
      statement.setInt(4, most);
      return records(statement);
    }
  }

  /** These records, as they are now. */
  List<Record> again(Connection connection, String spoke, Collection<String> recordIds)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(RECORDS + " and s.record_id = any(?) order by s.record_id")) {
      statement.setString(1, spoke);
      statement.setArray(2, connection.createArrayOf("text", recordIds.toArray()));
      return records(statement);
    }
  }

  private static List<Record> records(PreparedStatement statement) throws SQLException {
    var records = new ArrayList<Record>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        records.add(new Record(DueDelivery.read(rows), rows.getBoolean(17)));
      }
    }
    return records;
  }

  /** What a slice came to; {@code position} is its last record. */
  void advance(
      Connection connection, Open open, String position, int records, int pending, int differing)
      throws SQLException {
    var sql =
        "update audit set position = ?, records = records + ?, pending = pending + ?,"
            + " differing = differing + ?, claimed_until = null where id = ? and state = 'running'";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, position);
      statement.setInt(2, records);
      statement.setInt(3, pending);
      statement.setInt(4, differing);
      statement.setLong(5, open.id());
      statement.executeUpdate();
    }
  }

  void found(Connection connection, long audit, List<Finding> findings) throws SQLException {
    if (findings.isEmpty()) {
      return;
    }
    var sql =
        "insert into audit_finding (audit, kind, record_id, field, believed, customer_id)"
            + " select ?, kind, record_id, field, believed::boolean, customer_id::uuid"
            + " from unnest(?, ?, ?, ?, ?) u(kind, record_id, field, believed, customer_id)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, audit);
      statement.setArray(2, Columns.text(connection, findings, Finding::kind));
      statement.setArray(3, Columns.text(connection, findings, Finding::recordId));
      statement.setArray(4, Columns.text(connection, findings, Finding::field));
      statement.setArray(5, Columns.text(connection, findings, Finding::believed));
      statement.setArray(6, Columns.text(connection, findings, Finding::customerId));
      statement.executeUpdate();
    }
  }

  /** What the hub's own tables say is wrong. */
  private static final List<String> OWN =
      List.of(
          """
          select 'duplicate', s.record_id, null, s.customer_id from source_record s
          where s.spoke = ? and not s.deleted and exists (select from source_record o
            where o.customer_id = s.customer_id and o.spoke = s.spoke and not o.deleted
              and o.id <> s.id)
          """,
          """
          select 'crosswalk', s.record_id, 'its customer is merged into another, or missing',
            s.customer_id
          from source_record s left join customer c on c.id = s.customer_id
          where s.spoke = ? and (c.id is null or c.redirect_to is not null)
          """,
          """
          select 'crosswalk', d.target, 'delivered to, and linked to nobody', d.customer_id
          from delivery d where d.spoke = ? and d.target not like '+%' and not exists (
            select from source_record s where s.spoke = d.spoke and s.record_id = d.target)
          """);

  void ownFindings(Connection connection, Open open) throws SQLException {
    for (var of : OWN) {
      var sql =
          "insert into audit_finding (audit, kind, record_id, field, customer_id)"
              + " select ?, f.* from ("
              + of
              + ") f";
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, open.id());
        statement.setString(2, open.spoke());
        statement.executeUpdate();
      }
    }
  }

  /** Ends it; false where it did not run any more. */
  boolean finish(Connection connection, long id, String state, Instant now) throws SQLException {
    var sql =
        "update audit set state = ?, finished_at = ?::timestamptz, claimed_until = null"
            + " where id = ? and state = 'running'";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, state);
      statement.setString(2, now.toString());
      statement.setLong(3, id);
      return statement.executeUpdate() > 0;
    }
  }

  /** Forgets the findings of older audits of the spoke. */
  void forget(Connection connection, String spoke) throws SQLException {
    var sql =
        "delete from audit_finding where audit in (select id from audit where spoke = ?"
            + " order by id desc offset ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setInt(2, KEPT);
      statement.executeUpdate();
    }
  }

  /** Notes that it was repaired; false where it is not done, or was repaired before. */
  boolean repaired(Connection connection, long id, Instant now) throws SQLException {
    var sql =
        "update audit set repaired_at = ?::timestamptz"
            + " where id = ? and state = 'done' and repaired_at is null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setLong(2, id);
      return statement.executeUpdate() > 0;
    }
  }

  /** The records of a kind. */
  List<String> records(Connection connection, long id, Kind kind) throws SQLException {
    var sql =
        "select distinct record_id from audit_finding where audit = ? and kind = ? order by 1";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      statement.setString(2, kind.name());
      var records = new ArrayList<String>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          records.add(rows.getString(1));
        }
      }
      return records;
    }
  }

  private static final String LIST =
      """
      select a.id, a.spoke, a.asked_by, a.state, a.started_at, a.finished_at, a.total, a.records,
        a.pending, a.differing, a.repaired_at
      from audit a
      """;

  Optional<Audit> of(Connection connection, long id, int first) throws SQLException {
    try (var statement = connection.prepareStatement(LIST + " where a.id = ?")) {
      statement.setLong(1, id);
      return read(connection, statement, first).stream().findFirst();
    }
  }

  /**
   * The latest, first.
   *
   * @param spoke of this spoke; null: of all
   */
  List<Audit> latest(Connection connection, String spoke, int most) throws SQLException {
    var sql = LIST + " where ?::text is null or a.spoke = ? order by a.id desc limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setString(2, spoke);
      statement.setInt(3, most);
      return read(connection, statement, 0);
    }
  }

  private static List<Audit> read(Connection connection, PreparedStatement statement, int first)
      throws SQLException {
    var ids = new ArrayList<Long>();
    var audits = new ArrayList<Audit>();
    try (var row = statement.executeQuery()) {
      while (row.next()) {
        ids.add(row.getLong(1));
        audits.add(
            new Audit(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5),
                instant(row, 6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                new EnumMap<>(Kind.class),
                new LinkedHashMap<>(),
                first == 0 ? List.of() : first(connection, row.getLong(1), first),
                instant(row, 11)));
      }
    }
    count(connection, ids, audits);
    return audits;
  }

  private static void count(Connection connection, List<Long> ids, List<Audit> audits)
      throws SQLException {
    var sql =
        "select audit, kind, case when kind = 'differs' then field end, count(*),"
            + " count(distinct record_id) from audit_finding where audit = any(?)"
            + " group by 1, 2, 3 order by 4 desc, 3";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, ids, Long::longValue));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var audit = audits.get(ids.indexOf(rows.getLong(1)));
          var kind = Kind.valueOf(rows.getString(2));
          if (kind == Kind.differs) {
            audit.findings().put(kind, audit.differing());
            audit.fields().put(rows.getString(3), rows.getLong(4));
          } else {
            audit.findings().put(kind, rows.getLong(4));
          }
        }
      }
    }
  }

  private static List<Finding> first(Connection connection, long id, int most) throws SQLException {
    var sql =
        "select kind, record_id, field, believed, customer_id from audit_finding"
            + " where audit = ? order by kind, record_id, field limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      statement.setInt(2, most);
      var findings = new ArrayList<Finding>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          findings.add(
              new Finding(
                  Kind.valueOf(rows.getString(1)),
                  rows.getString(2),
                  rows.getString(3),
                  (Boolean) rows.getObject(4),
                  rows.getObject(5, UUID.class)));
        }
      }
      return findings;
    }
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }
}
