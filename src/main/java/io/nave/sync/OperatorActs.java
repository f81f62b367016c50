package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What operators did, who and why. */
@ApplicationScoped
public class OperatorActs {
  private final Transactions transactions;
  private final Clock clock;

  OperatorActs(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * One act.
   *
   * @param act pause, resume, retry, discard, correct, replay, begin-replay, pause-replay,
   *     resume-replay, cancel-replay or repair
   * @param what which things were meant
   * @param n how many these were
   * @param reason null where none was asked for
   */
  public record Act(Instant at, String who, String act, JsonNode what, long n, String reason) {}

  /** Notes an act in the caller's transaction. */
  void note(Connection connection, String who, String act, JsonNode what, long n, String reason)
      throws SQLException {
    var sql =
        "insert into operator_act (at, who, act, what, n, reason)"
            + " values (?::timestamptz, ?, ?, ?::json, ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, clock.instant().toString());
      statement.setString(2, who);
      statement.setString(3, act);
      statement.setString(4, what.toString());
      statement.setLong(5, n);
      statement.setString(6, reason);
      statement.executeUpdate();
    }
  }

  /** The latest, first. */
  public List<Act> latest(int most) {
    return transactions.call(
        connection -> {
          var sql =
              "select at, who, act, what, n, reason from operator_act order by id desc limit ?";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setInt(1, most);
            var acts = new ArrayList<Act>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                acts.add(
                    new Act(
                        rows.getObject(1, OffsetDateTime.class).toInstant(),
                        rows.getString(2),
                        rows.getString(3),
                        CanonicalJson.parse(rows.getString(4)),
                        rows.getLong(5),
                        rows.getString(6)));
              }
            }
            return acts;
          }
        });
  }
}
