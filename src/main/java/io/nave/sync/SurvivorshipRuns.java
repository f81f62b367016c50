package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rules that were applied and how far that is, in PostgreSQL. In the caller's transaction. */
@ApplicationScoped
class SurvivorshipRuns {
  private static final UUID FIRST = new UUID(0, 0);

  /** What was applied last. */
  record Applied(String rules, long fileDigest) {}

  /** A run that goes on; {@code position} is the last customer that is done. */
  record Open(long id, String rules, UUID position) {}

  Optional<Applied> applied(Connection connection) throws SQLException {
    var sql = "select rules, file_digest from survivorship_run order by id desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(new Applied(rows.getString(1), rows.getLong(2)))
          : Optional.empty();
    }
  }

  Optional<SurvivorshipRun> newest(Connection connection) throws SQLException {
    var sql =
        "select id, started_at, total, done, changed, finished_at from survivorship_run"
            + " order by id desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      var finished = rows.getObject(6, OffsetDateTime.class);
      return Optional.of(
          new SurvivorshipRun(
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
    var end = "update survivorship_run set finished_at = ?::timestamptz where finished_at is null";
    try (var statement = connection.prepareStatement(end)) {
      statement.setString(1, now.toString());
      statement.executeUpdate();
    }
    var begin =
        "insert into survivorship_run (rules, file_digest, started_at, total)"
            + " select ?, ?, ?::timestamptz, count(*) from customer where redirect_to is null";
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
        "select id, rules, position from survivorship_run where finished_at is null"
            + " and started_at <= ?::timestamptz order by id desc limit 1 for update skip locked";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, before.toString());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var position = rows.getObject(3, UUID.class);
        return Optional.of(
            new Open(rows.getLong(1), rows.getString(2), position == null ? FIRST : position));
      }
    }
  }

  /** The next customers. */
  List<UUID> after(Connection connection, UUID position, int most) throws SQLException {
    var sql =
        "select id from customer where id > ? and redirect_to is null order by id limit " + most;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, position);
      var ids = new ArrayList<UUID>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  void advance(Connection connection, Open run, UUID position, int done, int changed)
      throws SQLException {
    var sql =
        "update survivorship_run set position = ?, done = done + ?, changed = changed + ?"
            + " where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, position);
      statement.setInt(2, done);
      statement.setInt(3, changed);
      statement.setLong(4, run.id());
      statement.executeUpdate();
    }
  }

  void finish(Connection connection, Open run, Instant now) throws SQLException {
    var sql = "update survivorship_run set finished_at = ?::timestamptz where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setLong(2, run.id());
      statement.executeUpdate();
    }
  }
}
