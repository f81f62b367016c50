package io.nave;

import io.nave.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import picocli.CommandLine.Option;

/**
 * The database of a hub, whether the hub runs or not: that of the environment, else the one in the
 * data folder, which is started if nobody has.
 */
final class LedgerDatabase {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The data folder of ./nave up (default: .nave beside nave). Where NAVE_DATABASE_URL is set,",
        "that database is read instead, as NAVE_DATABASE_USER with NAVE_DATABASE_PASSWORD."
      })
  private Path data;

  /** What is done with the database. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Does it.
   *
   * @throws IllegalStateException where there is no database, or none of a hub
   */
  <T> T read(Work<T> work) {
    var url = System.getenv("NAVE_DATABASE_URL");
    if (url != null && !url.isBlank()) {
      return read(url, System.getenv("NAVE_DATABASE_USER"), password(), work);
    }
    var folder = data == null ? Path.of(".nave") : NaveMain.typed(data);
    var port = folder.resolve("postgres/postgres.port");
    if (!Files.exists(port)) {
      throw new IllegalStateException(
          "data folder: %s (expected: the data folder of ./nave up)".formatted(folder));
    }
    var running = address(port);
    if (answers(running)) {
      return read(running, "postgres", "postgres", work);
    }
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"))) {
      return read(postgres.jdbcUrl(), postgres.username(), "postgres", work);
    }
  }

  private static String password() {
    return System.getenv().getOrDefault("NAVE_DATABASE_PASSWORD", "");
  }

  private static String address(Path port) {
    try {
      return "jdbc:postgresql://localhost:" + Files.readString(port).strip() + "/nave";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean answers(String url) {
    try (var connection = DriverManager.getConnection(url, "postgres", "postgres")) {
      return connection.isValid(1);
    } catch (SQLException nobodyThere) {
      return false;
    }
  }

  private static <T> T read(String url, String user, String password, Work<T> work) {
    try (var connection = DriverManager.getConnection(url, user, password)) {
      return work.on(connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "database: %s (expected: the database of a hub of this version): %s"
              .formatted(url, failure.getMessage()),
          failure);
    }
  }
}
