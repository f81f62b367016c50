package io.nave.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL 17 as a child process, its data kept in a folder. Tuned for speed but as
 * durable as a server's: what was committed survives a crash of the machine. Loopback only, and
 * every local user may connect as {@code postgres}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String USER = "postgres";
  private static final String DATABASE = "nave";
  private static final Duration START_WAIT = Duration.ofSeconds(60);

  /**
   * {@code fsync} undoes zonky's {@code -F}, which trades the data for speed. Checkpoints are rare,
   * since after each every page is written whole into the log once; recovery takes a little longer.
   */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "fsync", "on",
          "synchronous_commit", "on",
          "shared_buffers", "256MB",
          "max_wal_size", "4GB",
          "checkpoint_timeout", "15min",
          "wal_compression", "on",
          "deadlock_timeout", "100ms",
          "max_connections", "100",
          "listen_addresses", "localhost",
          "unix_socket_directories", "");

  private final FolderLock lock;
  private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

  private EmbeddedPostgres(
      FolderLock lock, io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
    this.lock = lock;
    this.server = server;
  }

  /**
   * Starts PostgreSQL on the folder's data and creates what is missing. A PostgreSQL that outlived
   * a killed process of ours is stopped first.
   *
   * @throws IllegalStateException when the folder is in use, or PostgreSQL does not start; the log
   *     is {@code postgres.log} in the folder
   */
  public static EmbeddedPostgres start(Path folder) {
    try {
      return locked(FolderLock.take(folder), folder);
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(
          "PostgreSQL: does not start in %s (expected: see postgres.log there): %s"
              .formatted(folder.toAbsolutePath(), failure.getMessage()),
          failure);
    }
  }

  private static EmbeddedPostgres locked(FolderLock lock, Path folder)
      throws IOException, SQLException {
    boolean started = false;
    try {
      var postgres = new EmbeddedPostgres(lock, launch(folder));
      postgres.createDatabase();
      started = true;
      return postgres;
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres launch(Path folder)
      throws IOException {
    Quiet.loggers("io.zonky.test.db.postgres");
    var data = folder.resolve("data");
    privateFolder(data);
    Orphan.stop(data);
    var log = ProcessBuilder.Redirect.to(folder.resolve("postgres.log").toFile());
    var builder =
        io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(KeptPort.in(folder.resolve("postgres.port")))
            .setPGStartupWait(START_WAIT)
            .setOutputRedirector(log)
            .setErrorRedirector(log);
    SETTINGS.forEach(builder::setServerConfig);
    return builder.start();
  }

  /** PostgreSQL refuses a data directory that others may read. */
  private static void privateFolder(Path data) throws IOException {
    Files.createDirectories(data);
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
  }

  private void createDatabase() throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "select 1 from pg_database where datname = '" + DATABASE + "'")) {
      if (!found.next()) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  /** The JDBC address of the database {@code nave}, without credentials. */
  public String jdbcUrl() {
    return "jdbc:postgresql://localhost:%d/%s".formatted(server.getPort(), DATABASE);
  }

  /** The user that owns everything; it needs no password. */
  public String username() {
    return USER;
  }

  /** The port on loopback. */
  public int port() {
    return server.getPort();
  }

  /** Stops PostgreSQL; open connections are cut, committed data stays. */
  @Override
  public void close() {
    try {
      server.close();
      lock.close();
    } catch (IOException failure) {
      throw new IllegalStateException("PostgreSQL: does not stop (expected: a clean end)", failure);
    }
  }
}
