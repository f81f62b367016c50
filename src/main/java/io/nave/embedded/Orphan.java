package io.nave.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL that outlived the process which started it, found by the {@code postmaster.pid} in
 * its data directory. Call this only while holding the folder's lock.
 */
final class Orphan {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Orphan() {}

  /** Stops the orphan of the data directory, if any, and removes a stale pid file. */
  static void stop(Path dataDirectory) throws IOException {
    var pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    var orphan = postmaster(pidFile);
    if (orphan.isPresent()) {
      stop(orphan.get());
    }
    Files.deleteIfExists(pidFile);
  }

  private static Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
    var lines = Files.readAllLines(pidFile);
    if (lines.isEmpty() || !lines.get(0).strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(Orphan::isPostgres);
  }

  /** The number in a stale file may by now belong to some other program, which must live. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(c -> c.endsWith("postgres")).orElse(false);
  }

  /** A fast shutdown first; a postmaster that does not obey is killed, which costs a recovery. */
  private static void stop(ProcessHandle postmaster) throws IOException {
    new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
    if (!ends(postmaster)) {
      postmaster.destroyForcibly();
      if (!ends(postmaster)) {
        throw new IllegalStateException(
            "PostgreSQL of an earlier run: process %d does not end (expected: end it by hand)"
                .formatted(postmaster.pid()));
      }
    }
  }

  private static boolean ends(ProcessHandle process) {
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException stillThere) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
