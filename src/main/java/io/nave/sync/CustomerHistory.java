package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.SessionFactory;

/** What the hub held to be true of a customer at any time, with where it came from. */
@ApplicationScoped
public class CustomerHistory {
  private static final String COLUMNS = "select version, at, state, lineage from customer_history";

  private final SessionFactory sessions;

  CustomerHistory(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * One version.
   *
   * @param at when the hub computed it
   * @param state what {@code nave.customers} carried
   * @param lineage where each value came from then
   */
  public record Version(long number, Instant at, JsonNode state, JsonNode lineage) {}

  /** The version that was in force at a time; empty where nothing was known yet. */
  @Transactional
  public Optional<Version> asOf(UUID customer, Instant time) {
    var sql =
        COLUMNS + " where customer_id = ? and at <= ?::timestamptz order by version desc limit 1";
    return versions(sql, customer, time.toString()).stream().findFirst();
  }

  /** A version by its number. */
  @Transactional
  public Optional<Version> version(UUID customer, long number) {
    var sql = COLUMNS + " where customer_id = ? and version = ?";
    return versions(sql, customer, number).stream().findFirst();
  }

  /** The newest versions before a number, newest first; empty for an unknown customer. */
  @Transactional
  public List<Version> before(UUID customer, long number, int most) {
    var sql = COLUMNS + " where customer_id = ? and version < ? order by version desc limit ?";
    return versions(sql, customer, number, most);
  }

  private List<Version> versions(String sql, Object... parameters) {
    try (var session = sessions.openStatelessSession()) {
      return session.doReturningWork(connection -> versions(connection, sql, parameters));
    }
  }

  private static List<Version> versions(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      var versions = new ArrayList<Version>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.add(version(rows));
        }
      }
      return versions;
    }
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        CanonicalJson.parse(row.getString(3)),
        CanonicalJson.parse(row.getString(4)));
  }
}
