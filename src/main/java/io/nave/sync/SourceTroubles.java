package io.nave.sync;

import io.nave.platform.FailureKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * The sources whose looks fail, in the table {@code source_trouble}, for all instances to see.
 *
 * <p>A look is what {@code poll:} has after it: a spoke, or a spoke and a name.
 */
@ApplicationScoped
public class SourceTroubles {
  private final Transactions transactions;
  private final Clock clock;

  SourceTroubles(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * A look failed, perhaps not for the first time.
   *
   * @param failure without anything personal
   */
  public void failed(String look, String spoke, FailureKind kind, String failure) {
    transactions.run(
        connection -> {
          var sql =
              "insert into source_trouble (look, spoke, since, kind, failure)"
                  + " values (?, ?, ?::timestamptz, ?, ?)"
                  + " on conflict (look) do update"
                  + " set kind = excluded.kind, failure = excluded.failure";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, look);
            statement.setString(2, spoke);
            statement.setString(3, clock.instant().toString());
            statement.setString(4, kind.name());
            statement.setString(5, failure);
            statement.executeUpdate();
          }
        });
  }

  /** A look did not fail. */
  public void succeeded(String look) {
    transactions.run(
        connection -> {
          var sql = "delete from source_trouble where look = ?";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, look);
            statement.executeUpdate();
          }
        });
  }
}
