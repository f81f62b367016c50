package io.nave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Nave in a process of its own: one command of the built program, its output in a file. */
final class Program {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

  private final String name;
  private final Process process;
  private final Path log;

  private Program(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param jar the built program, {@code quarkus-run.jar}
   * @param log its output is appended here
   */
  static Program start(
      Path jar, Path log, Map<String, String> environment, List<String> java, List<String> command)
      throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(java);
    line.addAll(List.of("-jar", jar.toString()));
    line.addAll(command);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var program = new Program(command.get(0), builder.start(), log);
    Runtime.getRuntime().addShutdownHook(new Thread(program.process::destroyForcibly));
    return program;
  }

  /** What it has written so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until it does what it was started for.
   *
   * @throws IllegalStateException where it ends instead, or takes more than three minutes
   */
  void await(BooleanSupplier ready) {
    long until = System.nanoTime() + PATIENCE;
    while (!ready.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException(
            "%s: does not start (expected: see %s)".formatted(name, log));
      }
      pause(100);
    }
  }

  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    await(process.destroyForcibly());
  }

  /** SIGTERM, and waits until it has ended by itself. */
  void end() {
    process.destroy();
    await(process);
  }

  private void await(Process ending) {
    try {
      if (!ending.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(name + ": does not end (expected: within three minutes)");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** Sends a signal such as {@code STOP}. */
  static void signal(long pid, String signal) {
    run("kill", "-" + signal, Long.toString(pid));
  }

  /**
   * From now on it can write no further into any file. Linux only; what has ended is left alone.
   */
  static void limitFiles(long pid, long bytes) {
    try {
      run("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":");
    } catch (IllegalStateException failed) {
      if (ProcessHandle.of(pid).isPresent()) {
        throw failed;
      }
    }
  }

  private static void run(String... command) {
    try {
      int code = new ProcessBuilder(command).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("%s: code %d".formatted(String.join(" ", command), code));
      }
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  /** A free port that no client's own end is given: what is killed must find it free again. */
  static int freePort() {
    var random = new Random();
    while (true) {
      int port = 20_000 + random.nextInt(10_000);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (IOException taken) {
        continue;
      }
    }
  }
}
