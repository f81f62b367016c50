package io.nave.sync;

import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of matching that were applied and how far that is, in PostgreSQL. In the caller's
 * transaction.
 */
@ApplicationScoped
class MatchRuns {

  /** What was applied last. */
  record Applied(long id, String rules, long fileDigest) {}

  /**
   * A run that goes on.
   *
   * @param last the last record to match, or null while the blocking keys are the old ones
   * @param position the last record that is done
   */
  record Open(long id, Long last, long position) {}

  Optional<Applied> applied(Connection connection) throws SQLException {
    var sql = "select id, rules, file_digest from match_run order by id desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(new Applied(rows.getLong(1), rows.getString(2), rows.getLong(3)))
          : Optional.empty();
    }
  }

  Optional<MatchRun> newest(Connection connection) throws SQLException {
    var sql =
        "select id, started_at, total, done, moved, finished_at from match_run"
            + " order by id desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      var finished = rows.getObject(6, OffsetDateTime.class);
      return Optional.of(
          new MatchRun(
              rows.getLong(1),
              rows.getObject(2, OffsetDateTime.class).toInstant(),
              rows.getLong(3),
              rows.getLong(4),
              rows.getLong(5),
              finished == null ? null : finished.toInstant()));
    }
  }

  /** Begins a run; one that goes on ends where it is. */
  void begin(Connection connection, String rules, long fileDigest, Instant now)
      throws SQLException {
    var end = "update match_run set finished_at = ?::timestamptz where finished_at is null";
    try (var statement = connection.prepareStatement(end)) {
      statement.setString(1, now.toString());
      statement.executeUpdate();
    }
    var begin =
        "insert into match_run (rules, file_digest, started_at, total)"
            + " select ?, ?, ?::timestamptz, count(*) from source_record";
    try (var statement = connection.prepareStatement(begin)) {
      statement.setString(1, rules);
      statement.setLong(2, fileDigest);
      statement.setString(3, now.toString());
      statement.executeUpdate();
    }
  }

  /** Holds the run that goes on, if it began before that time and no other instance holds it. */
  Optional<Open> hold(Connection connection, Instant before) throws SQLException {
    var sql =
        "select id, last, position from match_run where finished_at is null"
            + " and started_at <= ?::timestamptz order by id desc limit 1 for update skip locked";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, before.toString());
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Open(rows.getLong(1), rows.getObject(2, Long.class), rows.getLong(3)))
            : Optional.empty();
      }
    }
  }

  /** All records there are now are to be matched; later ones are matched as they come. */
  void indexed(Connection connection, Open run) throws SQLException {
    var sql =
        "update match_run set last = s.last, total = s.total from (select coalesce(max(id), 0)"
            + " as last, count(*) as total from source_record) s where match_run.id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, run.id());
      statement.executeUpdate();
    }
  }

  /** The next records, by id, in the order of their ids. */
  Map<Long, SourceKey> next(Connection connection, Open run, int most) throws SQLException {
    var sql =
        "select id, spoke, record_id from source_record where id > ? and id <= ? order by id limit "
            + most;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, run.position());
      statement.setLong(2, run.last());
      var found = new LinkedHashMap<Long, SourceKey>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getLong(1), new SourceKey(rows.getString(2), rows.getString(3)));
        }
      }
      return found;
    }
  }

  void advance(Connection connection, Open run, long position, int done, int moved)
      throws SQLException {
    var sql = "update match_run set position = ?, done = done + ?, moved = moved + ? where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, position);
      statement.setInt(2, done);
      statement.setInt(3, moved);
      statement.setLong(4, run.id());
      statement.executeUpdate();
    }
  }

  void finish(Connection connection, Open run, Instant now) throws SQLException {
    var sql = "update match_run set finished_at = ?::timestamptz where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setLong(2, run.id());
      statement.executeUpdate();
    }
  }
}
