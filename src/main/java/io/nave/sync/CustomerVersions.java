package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;

/** The versions that a customer has had. */
@ApplicationScoped
public class CustomerVersions {
  private final SessionFactory sessions;

  CustomerVersions(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * One version.
   *
   * @param at when the hub computed it
   * @param state what {@code nave.customers} carried
   */
  public record Version(long number, Instant at, JsonNode state) {}

  /** The newest versions, newest first; empty for an unknown customer. */
  @Transactional
  public List<Version> newest(UUID customer, int most) {
    try (var session = sessions.openStatelessSession()) {
      return session.doReturningWork(connection -> newest(connection, customer, most));
    }
  }

  private static List<Version> newest(Connection connection, UUID customer, int most)
      throws SQLException {
    var sql =
        "select version, at, state from customer_history where customer_id = ?"
            + " order by version desc limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customer);
      statement.setInt(2, most);
      var versions = new ArrayList<Version>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.add(
              new Version(
                  rows.getLong(1),
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  CanonicalJson.parse(rows.getString(3))));
        }
      }
      return versions;
    }
  }
}
