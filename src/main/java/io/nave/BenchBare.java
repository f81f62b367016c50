package io.nave;

import io.nave.platform.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What the database alone does: the rows that the hub wrote, once more into empty tables of the
 * same make, a hundred changes a transaction, on two connections.
 */
final class BenchBare {
  private static final int BATCH = 100;
  private static final int CONNECTIONS = 2;
  private static final List<String> TABLES =
      List.of(
          "source_record", "match_key", "customer", "customer_history", "consent_entry", "outbox");

  private final BenchHub hub;
  private final List<List<Change>> parts = new ArrayList<>();

  /** The rows of one source record. */
  private record Change(
      long id,
      String spoke,
      String recordId,
      UUID customerId,
      String content,
      String since,
      Long[] keys,
      String state,
      String lineage,
      long digest,
      String search,
      int consents) {}

  BenchBare(Connection connection, BenchHub hub) throws SQLException {
    this.hub = hub;
    for (int i = 0; i < CONNECTIONS; i++) {
      parts.add(new ArrayList<>());
    }
    try (var statement = connection.createStatement()) {
      statement.execute("create schema bench");
      for (var table : TABLES) {
        statement.execute(
            "create table bench.%s (like public.%s including all)".formatted(table, table));
      }
      read(statement.executeQuery(ROWS));
    }
  }

  private static final String ROWS =
      "select s.id, s.spoke, s.record_id, s.customer_id, s.content, s.since, s.keys, c.state,"
          + " c.lineage, c.digest, c.search::text, json_array_length(s.consents)"
          + " from source_record s join customer c on c.id = s.customer_id order by s.id";

  /** The records of a customer go the same way, so that the connections do not wait for long. */
  private void read(ResultSet row) throws SQLException {
    while (row.next()) {
      var change =
          new Change(
              row.getLong(1),
              row.getString(2),
              row.getString(3),
              row.getObject(4, UUID.class),
              row.getString(5),
              row.getString(6),
              (Long[]) row.getArray(7).getArray(),
              row.getString(8),
              row.getString(9),
              row.getLong(10),
              row.getString(11),
              row.getInt(12));
      parts.get(Math.floorMod(change.customerId.hashCode(), CONNECTIONS)).add(change);
    }
  }

  long changes() {
    return parts.stream().mapToLong(List::size).sum();
  }

  BenchLoad.Burst write(Progress progress) throws IOException {
    var usage = hub.usage();
    long begun = System.nanoTime();
    var writing =
        parts.stream()
            .map(part -> CompletableFuture.runAsync(() -> write(part, progress)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(writing).join();
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new BenchLoad.Burst(changes(), seconds, hub.usage().since(usage));
  }

  private void write(List<Change> changes, Progress progress) {
    try (var connection = hub.database()) {
      connection.setAutoCommit(false);
      var versions = new HashMap<UUID, Long>();
      for (int from = 0; from < changes.size(); from += BATCH) {
        var batch = changes.subList(from, Math.min(from + BATCH, changes.size()));
        records(connection, batch);
        keys(connection, batch);
        customers(connection, batch, versions);
        connection.commit();
        progress.add(batch.size());
      }
    } catch (SQLException | IOException failure) {
      throw new CompletionException(failure);
    }
  }

  private interface Row {
    void bind(PreparedStatement statement, Change change) throws SQLException;
  }

  private static void each(Connection connection, List<Change> changes, String sql, Row row)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (var change : changes) {
        row.bind(statement, change);
      }
      statement.executeBatch();
    }
  }

  private static void records(Connection connection, List<Change> batch) throws SQLException {
    each(
        connection,
        batch,
        "insert into bench.source_record (id, spoke, record_id, customer_id, content, since, keys,"
            + " rule, linked_at, seen_at) values (?, ?, ?, ?, ?::json, ?::json, ?, 'matched',"
            + " now(), now())",
        (statement, change) -> {
          statement.setLong(1, change.id);
          statement.setString(2, change.spoke);
          statement.setString(3, change.recordId);
          statement.setObject(4, change.customerId);
          statement.setString(5, change.content);
          statement.setString(6, change.since);
          statement.setArray(7, connection.createArrayOf("int8", change.keys));
          statement.addBatch();
        });
  }

  private static void keys(Connection connection, List<Change> batch) throws SQLException {
    each(
        connection,
        batch,
        "insert into bench.match_key (key, source_record_id) values (?, ?)",
        (statement, change) -> {
          for (var key : change.keys) {
            statement.setLong(1, key);
            statement.setLong(2, change.id);
            statement.addBatch();
          }
        });
  }

  private static void customers(Connection connection, List<Change> batch, Map<UUID, Long> versions)
      throws SQLException {
    var sorted = batch.stream().sorted(Comparator.comparing(Change::customerId)).toList();
    each(
        connection,
        sorted,
        "insert into bench.customer (version, state, lineage, digest, search, id, created_at,"
            + " updated_at) values (?, ?::json, ?::json, ?, ?::tsvector, ?, now(), now())"
            + " on conflict (id) do update set version = excluded.version, state = excluded.state,"
            + " lineage = excluded.lineage, digest = excluded.digest, search = excluded.search",
        (statement, change) -> {
          statement.setLong(1, versions.merge(change.customerId, 1L, Long::sum));
          statement.setString(2, change.state);
          statement.setString(3, change.lineage);
          statement.setLong(4, change.digest);
          statement.setString(5, change.search);
          statement.setObject(6, change.customerId);
          statement.addBatch();
        });
    history(connection, sorted);
  }

  private static void history(Connection connection, List<Change> batch) throws SQLException {
    each(
        connection,
        batch,
        "insert into bench.customer_history (customer_id, version, at, state, lineage)"
            + " values (?, ?, now(), ?::json, ?::json)",
        (statement, change) -> {
          statement.setObject(1, change.customerId);
          statement.setLong(2, change.id); // any number that is unique
          statement.setString(3, change.state);
          statement.setString(4, change.lineage);
          statement.addBatch();
        });
    consents(connection, batch);
    each(
        connection,
        batch,
        "insert into bench.outbox (customer_id, urgent) values (?, false)",
        (statement, change) -> {
          statement.setObject(1, change.customerId);
          statement.addBatch();
        });
  }

  private static void consents(Connection connection, List<Change> batch) throws SQLException {
    each(
        connection,
        batch,
        "insert into bench.consent_entry (spoke, record_id, purpose, channel, state, recorded_at,"
            + " evidence) values (?, ?, 'marketing', 'email', 'granted', now(), '{}')",
        (statement, change) -> {
          for (int i = 0; i < change.consents; i++) {
            statement.setString(1, change.spoke);
            statement.setString(2, change.recordId);
            statement.addBatch();
          }
        });
  }
}
