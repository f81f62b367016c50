package io.nave;

import io.nave.demo.OptOuts;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real hub, started as {@code ./nave up} would, in a process of its own with 1 GiB of heap and a
 * temporary data folder, which is removed at the end.
 */
final class BenchHub implements AutoCloseable {
  /** As the launcher starts a hub: it is warm soon, and leaves the processors to others. */
  static final List<String> COMPILER =
      List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=192m");

  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);

  private final Path folder;
  private final int port;
  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();
  private long peakHeap;

  private BenchHub(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @throws IllegalStateException when it does not get ready; {@code hub.log} says why
   */
  static BenchHub start(List<String> javaOptions) throws IOException, InterruptedException {
    return start(javaOptions, freePort(), Map.of());
  }

  /** The same with systems connected by variables of the environment. */
  static BenchHub start(List<String> javaOptions, int port, Map<String, String> environment)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("nave-bench");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC"));
    command.addAll(COMPILER);
    command.addAll(javaOptions);
    command.addAll(List.of("-jar", System.getProperty("java.class.path")));
    command.addAll(List.of("up", "--port", Integer.toString(port)));
    command.addAll(List.of("--data", folder.toString(), "--spokes", "crm,esp,erp," + OptOuts.WEB));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(folder.resolve("hub.log").toFile());
    var hub = new BenchHub(folder, port, builder.start());
    Runtime.getRuntime().addShutdownHook(new Thread(hub.process::destroy));
    hub.awaitReady();
    return hub;
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE;
    while (!get("/q/health/ready").contains("\"UP\"")) {
      if (!process.isAlive() || System.nanoTime() > until) {
        throw new IllegalStateException(
            "hub: did not get ready (expected: see below)\n"
                + Files.readString(folder.resolve("hub.log")));
      }
      Thread.sleep(200);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The body of a good answer, else nothing. */
  private String get(String path) throws InterruptedException {
    try {
      var request = HttpRequest.newBuilder(url().resolve(path)).build();
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException notThere) {
      return "";
    }
  }

  String brokers() throws IOException {
    return "localhost:" + Files.readString(folder.resolve("kafka/kafka.port")).strip();
  }

  Connection database() throws IOException, SQLException {
    var at = Files.readString(folder.resolve("postgres/postgres.port")).strip();
    var address = "jdbc:postgresql://localhost:" + at + "/nave";
    return DriverManager.getConnection(address, "postgres", "postgres");
  }

  /**
   * How many rows there are.
   *
   * @param table its name, and a condition maybe
   */
  long count(String table) throws IOException, SQLException {
    try (var connection = database();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  long pid() {
    return process.pid();
  }

  private long postmaster() throws IOException {
    var file = folder.resolve("postgres/data/postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).get(0).strip());
  }

  BenchUsage usage() throws IOException {
    return BenchUsage.of(pid(), postmaster());
  }

  /** Looks at the heap now. */
  void lookAtHeap() throws InterruptedException {
    peakHeap = Math.max(peakHeap, heap());
  }

  /** The heap in use, in bytes. */
  long heap() throws InterruptedException {
    return (long) metric("jvm_memory_used_bytes{area=\"heap\"");
  }

  /** All metrics, as Prometheus reads them. */
  String metrics() throws InterruptedException {
    return get("/q/metrics");
  }

  /** The sum of the metrics whose line starts with this; 0 where there are none. */
  double metric(String start) throws InterruptedException {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** From here on, {@link #peakHeap} tells anew. */
  void forgetPeakHeap() {
    peakHeap = 0;
  }

  /** The most that was seen, in MiB. */
  long peakHeap() {
    return peakHeap >> 20;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
