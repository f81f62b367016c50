package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of links. In the caller's transaction. */
@ApplicationScoped
class StoredLinks {
  static final String COLUMNS =
      "l.id, l.anchor_spoke, l.anchor_record, l.use, l.purpose, l.channel, l.topic, l.brand,"
          + " l.expires_at";

  /**
   * @param address a digest of the address that the link is bound to, or null
   */
  record Row(Link link, byte[] address, Instant createdAt, String createdBy) {}

  void add(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    var sql =
        "insert into link (id, anchor_spoke, anchor_record, use, purpose, channel, topic, brand,"
            + " address, created_at, created_by, expires_at)"
            + " select id::uuid, spoke, record, use, purpose, channel, topic, brand,"
            + " decode(address, 'hex'), created::timestamptz, by, expires::timestamptz"
            + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) u(id, spoke, record, use, purpose,"
            + " channel, topic, brand, address, created, by, expires)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, rows, r -> r.link().id()));
      statement.setArray(2, Columns.text(connection, rows, r -> r.link().anchor().spoke()));
      statement.setArray(3, Columns.text(connection, rows, r -> r.link().anchor().recordId()));
      statement.setArray(4, Columns.text(connection, rows, r -> r.link().use()));
      statement.setArray(5, Columns.text(connection, rows, r -> r.link().purpose()));
      statement.setArray(6, Columns.text(connection, rows, r -> r.link().channel()));
      statement.setArray(7, Columns.text(connection, rows, r -> r.link().topic()));
      statement.setArray(8, Columns.text(connection, rows, r -> r.link().brand()));
      statement.setArray(9, Columns.text(connection, rows, r -> hex(r.address())));
      statement.setArray(10, Columns.text(connection, rows, Row::createdAt));
      statement.setArray(11, Columns.text(connection, rows, Row::createdBy));
      statement.setArray(12, Columns.text(connection, rows, r -> r.link().expiresAt()));
      statement.executeUpdate();
    }
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? null : java.util.HexFormat.of().formatHex(bytes);
  }

  /** The link and its anchor's customer; empty where it does not work any more. */
  Optional<Links.Opened> open(Connection connection, UUID id) throws SQLException {
    var sql =
        "select "
            + COLUMNS
            + ", s.customer_id from link l join source_record s"
            + " on s.spoke = l.anchor_spoke and s.record_id = l.anchor_record"
            + " where l.id = ? and l.revoked_at is null and l.used_at is null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(new Links.Opened(read(rows), rows.getObject(10, UUID.class)))
            : Optional.empty();
      }
    }
  }

  static Link read(ResultSet row) throws SQLException {
    return new Link(
        row.getObject(1, UUID.class),
        new SourceKey(row.getString(2), row.getString(3)),
        Link.Use.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getObject(9, OffsetDateTime.class).toInstant());
  }

  /** The digest of the address that a link is bound to, now used up; empty where it was already. */
  Optional<byte[]> use(Connection connection, UUID id, Instant now) throws SQLException {
    var sql =
        "update link set used_at = ?::timestamptz where id = ? and used_at is null"
            + " and revoked_at is null returning coalesce(address, '')";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setObject(2, id);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }

  boolean revoke(Connection connection, UUID id, Instant now) throws SQLException {
    var sql =
        "update link set revoked_at = ?::timestamptz where id = ? and revoked_at is null"
            + " and expires_at > ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setObject(2, id);
      statement.setString(3, now.toString());
      return statement.executeUpdate() > 0;
    }
  }

  int revokeAll(Connection connection, UUID customer, Instant now) throws SQLException {
    var sql =
        "update link l set revoked_at = ?::timestamptz from source_record s"
            + " where s.customer_id = ? and s.spoke = l.anchor_spoke"
            + " and s.record_id = l.anchor_record and l.revoked_at is null"
            + " and l.expires_at > ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setObject(2, customer);
      statement.setString(3, now.toString());
      return statement.executeUpdate();
    }
  }

  /**
   * The customer's oldest record that is not gone, of those with the address where there is one;
   * null where nobody is known by that id.
   */
  SourceKey firstRecord(Connection connection, UUID customer, String email) throws SQLException {
    var sql =
        """
        with recursive next as (
          select c.id, c.redirect_to from customer c where c.id = ?
          union select r.id, r.redirect_to from next n join customer r on r.id = n.redirect_to)
        select s.spoke, s.record_id from next n join source_record s on s.customer_id = n.id
        where s.spoke <> ?
        order by s.deleted, not exists (
          select from json_array_elements(case when json_typeof(s.content -> 'emails') = 'array'
            then s.content -> 'emails' else '[]' end) e where lower(e ->> 'value') = ?), s.id
        limit 1
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customer);
      statement.setString(2, Act.SPOKE);
      statement.setString(3, email);
      return first(statement);
    }
  }

  private static SourceKey first(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      return rows.next() ? new SourceKey(rows.getString(1), rows.getString(2)) : null;
    }
  }

  /** Forgets what has ended long ago. */
  int forget(Connection connection, Instant endedBefore) throws SQLException {
    try (var statement =
        connection.prepareStatement("delete from link where expires_at < ?::timestamptz")) {
      statement.setString(1, endedBefore.toString());
      return statement.executeUpdate();
    }
  }
}
