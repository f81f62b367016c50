package io.nave.sync;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/**
 * The bean {@code endConsents} of the hub's routes: where a grant has ended, or what was pending
 * has lapsed, computes the customer anew, so that every system is told. Decisions do not wait for
 * it. One hub at a time; doing it twice is doing it once.
 */
@ApplicationScoped
@Named("endConsents")
@Unremovable
public class EndConsents {
  private static final long ONE_AT_A_TIME = 0x6E617665_E4DL;
  private static final int MOST = 200;

  private final Transactions transactions;
  private final Recompute recompute;
  private final ConsentEnds ends;
  private final Clock clock;
  private final Wake wake;

  EndConsents(
      Transactions transactions, Recompute recompute, ConsentEnds ends, Clock clock, Wake wake) {
    this.transactions = transactions;
    this.recompute = recompute;
    this.ends = ends;
    this.clock = clock;
    this.wake = wake;
  }

  /** Does all that is due; returns how many customers that were. */
  public int end() {
    int all = 0;
    for (int done = next(); done > 0; done = next()) {
      all += done;
    }
    if (all > 0) {
      wake.outbox();
    }
    return all;
  }

  private int next() {
    return transactions.call(connection -> isMyTurn(connection) ? next(connection) : 0);
  }

  private static boolean isMyTurn(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, ONE_AT_A_TIME);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private int next(Connection connection) throws SQLException {
    var now = clock.instant();
    var due = ends.due(connection, now, MOST);
    if (!due.isEmpty()) {
      var held = recompute.hold(connection, due);
      recompute.anew(connection, held, now);
      ends.note(connection, held.members(), now);
      ends.done(connection, due, now);
    }
    return due.size();
  }
}
