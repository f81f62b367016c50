package io.nave.golden;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The golden records and their history in PostgreSQL. Every method is one statement over the whole
 * batch, in the caller's transaction.
 */
@ApplicationScoped
public class GoldenRecords {

  /** What is needed of a stored golden record to see whether a new one differs from it. */
  public record Head(UUID id, long version, long digest, UUID redirectTo, Instant createdAt) {}

  /**
   * A new version.
   *
   * @param state what {@code nave.customers} carries, as JSON, without id and version
   * @param sources a digest of which records its attributes come from
   * @param search the words by which people find it
   * @param redirectTo the customer that this one was merged into, or null
   */
  public record Version(
      UUID id,
      long version,
      String type,
      String state,
      String lineage,
      long digest,
      long sources,
      String search,
      UUID redirectTo) {}

  /** Locks these customers, in an order that is the same for everybody. */
  public Map<UUID, Head> lock(Connection connection, Collection<UUID> ids) throws SQLException {
    var sql =
        "select id, version, digest, redirect_to, created_at from customer"
            + " where id = any(?::uuid[]) order by id for update";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, ids, UUID::toString));
      var heads = new HashMap<UUID, Head>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var id = rows.getObject(1, UUID.class);
          var createdAt = rows.getObject(5, OffsetDateTime.class).toInstant();
          heads.put(
              id,
              new Head(
                  id, rows.getLong(2), rows.getLong(3), rows.getObject(4, UUID.class), createdAt));
        }
      }
      return heads;
    }
  }

  /**
   * A customer that became a part of another one.
   *
   * @param records its last records, as {@code spoke:recordId}
   */
  public record Former(UUID id, Instant createdAt, Set<String> records) {}

  /** The customers that were merged into these, also by way of others; the oldest first. */
  public List<Former> formers(Connection connection, Collection<UUID> ids) throws SQLException {
    var sql =
        """
        with recursive former as (
          select id, created_at from customer where redirect_to = any(?::uuid[])
          union select c.id, c.created_at from customer c join former f on c.redirect_to = f.id)
        select f.id, f.created_at, array(
          select (r->>'spoke') || ':' || (r->>'recordId')
          from (select state from customer_history where customer_id = f.id
                and state->>'mergedInto' is null order by version desc limit 1) h,
               json_array_elements(h.state->'records') r)
        from former f order by f.created_at, f.id
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, ids, UUID::toString));
      var formers = new ArrayList<Former>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          formers.add(
              new Former(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  Set.of((String[]) rows.getArray(3).getArray())));
        }
      }
      return formers;
    }
  }

  /**
   * Writes new versions, and appends them to the history. Where attributes come from other records
   * than in the version before, that is noted, too.
   */
  public void write(Connection connection, List<Version> versions, Instant now)
      throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    var sql =
        "with n as (select id::uuid, version, type, state::json, lineage::json, digest, sources,"
            + " to_tsvector('simple', search) as search, redirect_to::uuid, ?::timestamptz as now"
            + " from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " u(id, version, type, state, lineage, digest, sources, search, redirect_to)),"
            + " h as (insert into customer_history (customer_id, version, at, state, lineage)"
            + " select id, version, now, state, lineage from n),"
            + " m as (insert into source_move (customer_id, at) select n.id, n.now from n"
            + " join customer c on c.id = n.id where c.sources is distinct from n.sources)"
            + " insert into customer as c (id, version, type, state, lineage, digest, sources,"
            + " search, redirect_to, created_at, updated_at)"
            + " select id, version, type, state, lineage, digest, sources, search, redirect_to,"
            + " now, now from n on conflict (id) do update set version = excluded.version,"
            + " type = excluded.type, state = excluded.state, lineage = excluded.lineage,"
            + " digest = excluded.digest, sources = excluded.sources, search = excluded.search,"
            + " redirect_to = excluded.redirect_to, updated_at = excluded.updated_at";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, versions, Version::id));
      statement.setArray(3, Columns.numbers(connection, versions, Version::version));
      statement.setArray(4, Columns.text(connection, versions, Version::type));
      statement.setArray(5, Columns.text(connection, versions, Version::state));
      statement.setArray(6, Columns.text(connection, versions, Version::lineage));
      statement.setArray(7, Columns.numbers(connection, versions, Version::digest));
      statement.setArray(8, Columns.numbers(connection, versions, Version::sources));
      statement.setArray(9, Columns.text(connection, versions, Version::search));
      statement.setArray(10, Columns.text(connection, versions, Version::redirectTo));
      statement.executeUpdate();
    }
  }

  /**
   * Where the state is the same but now comes from other statements: corrects the lineage of the
   * present version. Nobody has to hear of it.
   */
  public void correctLineage(Connection connection, List<Version> versions) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    var sql =
        "update customer c set lineage = u.lineage::json from unnest(?, ?) u(id, lineage)"
            + " where c.id = u.id::uuid and c.lineage::text <> u.lineage";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, versions, Version::id));
      statement.setArray(2, Columns.text(connection, versions, Version::lineage));
      statement.executeUpdate();
    }
  }
}
