package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** The positions in PostgreSQL. */
@ApplicationScoped
@Named("cursors")
class StoredCursors implements Cursors {
  private final Transactions transactions;

  StoredCursors(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public String read(String spoke, String name) {
    return transactions.call(
        connection -> {
          var sql = "select value from cursor_position where spoke = ? and name = ?";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, spoke);
            statement.setString(2, name);
            try (var rows = statement.executeQuery()) {
              return rows.next() ? rows.getString(1) : null;
            }
          }
        });
  }

  @Override
  public void write(String spoke, String name, String value) {
    transactions.run(
        connection -> {
          var sql =
              "insert into cursor_position (spoke, name, value) values (?, ?, ?)"
                  + " on conflict (spoke, name) do update set value = excluded.value";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, spoke);
            statement.setString(2, name);
            statement.setString(3, value);
            statement.executeUpdate();
          }
        });
  }
}
