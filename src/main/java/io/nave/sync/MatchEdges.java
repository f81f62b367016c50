package io.nave.sync;

import io.nave.identity.Edge;
import io.nave.identity.Outcome;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What speaks for pairs of source records, in PostgreSQL. Every method is one statement over the
 * whole batch; all of them run in the caller's transaction.
 */
@ApplicationScoped
class MatchEdges {

  /**
   * Takes out all edges of these records.
   *
   * @return the records that a MATCH held to one of them
   */
  Set<Long> remove(Connection connection, Collection<Long> records) throws SQLException {
    var sql =
        "delete from match_edge e using (select a, b from match_edge where a = any(?) union"
            + " select a, b from match_edge where b = any(?)) d where e.a = d.a and e.b = d.b"
            + " returning e.a, e.b, e.outcome";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, records, Long::longValue));
      statement.setArray(2, Columns.numbers(connection, records, Long::longValue));
      var ends = new HashSet<Long>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getString(3).equals(Outcome.MATCH.name())) {
            ends.add(rows.getLong(1));
            ends.add(rows.getLong(2));
          }
        }
      }
      return ends;
    }
  }

  /** Takes out these edges. */
  void removePairs(Connection connection, Collection<Edge> edges) throws SQLException {
    if (edges.isEmpty()) {
      return;
    }
    var sql = "delete from match_edge e using unnest(?, ?) d(a, b) where e.a = d.a and e.b = d.b";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, edges, e -> Math.min(e.a(), e.b())));
      statement.setArray(2, Columns.numbers(connection, edges, e -> Math.max(e.a(), e.b())));
      statement.executeUpdate();
    }
  }

  void add(Connection connection, Collection<Edge> edges) throws SQLException {
    if (edges.isEmpty()) {
      return;
    }
    var sql =
        "insert into match_edge (a, b, weight, outcome, rule)"
            + " select * from unnest(?, ?, ?::real[], ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, edges, e -> Math.min(e.a(), e.b())));
      statement.setArray(2, Columns.numbers(connection, edges, e -> Math.max(e.a(), e.b())));
      statement.setArray(3, Columns.text(connection, edges, Edge::weight));
      statement.setArray(4, Columns.text(connection, edges, Edge::outcome));
      statement.setArray(5, Columns.text(connection, edges, Edge::rule));
      statement.executeUpdate();
    }
  }

  /** The edges that begin or end at these records. */
  List<Edge> of(Connection connection, Collection<Long> records) throws SQLException {
    var sql =
        "select a, b, outcome, rule, weight from match_edge where a = any(?) union"
            + " select a, b, outcome, rule, weight from match_edge where b = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, records, Long::longValue));
      statement.setArray(2, Columns.numbers(connection, records, Long::longValue));
      return edges(statement);
    }
  }

  private static List<Edge> edges(PreparedStatement statement) throws SQLException {
    var edges = new ArrayList<Edge>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        edges.add(
            new Edge(
                rows.getLong(1),
                rows.getLong(2),
                Outcome.valueOf(rows.getString(3)),
                rows.getString(4),
                rows.getDouble(5)));
      }
    }
    return edges;
  }
}
