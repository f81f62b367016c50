package io.nave;

import io.nave.chaos.Door;
import io.nave.chaos.House;
import io.nave.chaos.Plan;
import io.nave.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL, Kafka, the four sandboxed systems and some instances of the hub, each a process of
 * its own, with their data in a folder. PostgreSQL, Kafka and the systems run from the beginning;
 * the instances are started one by one.
 */
final class ChaosHouse implements House, AutoCloseable {
  private static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC");
  private static final Pattern SETTING =
      Pattern.compile("^ +nave\\.spokes\\.([a-z0-9]+)\\.([a-z-]+)=(.*)$", Pattern.MULTILINE);
  private static final Pattern ADDRESS =
      Pattern.compile("^(.+) sandbox: (http://\\S+)$", Pattern.MULTILINE);

  /** So long may files become on a disk that is full, in bytes: all that matters are longer. */
  private static final long FULL = 65_536;

  private static final Duration POLL = Duration.ofSeconds(5);

  private final Path folder;
  private final Path jar;
  private final List<String> javaOptions;
  private final Map<String, String> environment;
  private final Map<String, URI> systems = new LinkedHashMap<>();
  private final List<Integer> ports = new ArrayList<>();
  private final Program sandboxes;
  private final Program[] hubs;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private EmbeddedPostgres postgres;
  private Program kafka;
  private String brokers;

  /**
   * Starts all but the hub.
   *
   * @param jar the built program, {@code quarkus-run.jar}
   * @param hubs how many instances
   * @param javaOptions more options for the hub's Java
   */
  ChaosHouse(Path folder, Path jar, int hubs, Door door, List<String> javaOptions)
      throws IOException {
    this.folder = folder;
    this.jar = jar;
    this.javaOptions = javaOptions;
    this.hubs = new Program[hubs];
    for (int i = 0; i < hubs; i++) {
      ports.add(Program.freePort());
    }
    keepPort("postgres", "postgres.port");
    keepPort("kafka", "kafka.port");
    keepPort("kafka", "controller.port");
    startDatabase();
    startLog();
    var command = new ArrayList<>(List.of("sandbox"));
    command.addAll(Plan.SPOKES);
    sandboxes = Program.start(jar, folder.resolve("sandboxes.log"), Map.of(), SMALL, command);
    sandboxes.await(() -> settings().size() == Plan.SPOKES.size());
    Program.pause(300); // until the last line is written
    environment = environment(door);
    door.leadsTo(hubs());
  }

  private void keepPort(String part, String file) throws IOException {
    var kept = Files.createDirectories(folder.resolve(part)).resolve(file);
    Files.writeString(kept, Integer.toString(Program.freePort()));
  }

  /** What the sandboxes say of themselves, complete when the last line is there. */
  private Map<String, Map<String, String>> settings() {
    var settings = new LinkedHashMap<String, Map<String, String>>();
    var found = SETTING.matcher(sandboxes.output());
    while (found.find()) {
      settings
          .computeIfAbsent(found.group(1), spoke -> new LinkedHashMap<>())
          .put(found.group(2), found.group(3));
    }
    return settings;
  }

  private Map<String, String> environment(Door door) {
    var found = ADDRESS.matcher(sandboxes.output());
    var settings = settings();
    while (found.find()) {
      var address = found.group(2);
      settings.forEach(
          (spoke, values) -> {
            if (values.containsValue(address)) {
              systems.put(spoke, URI.create(address));
            }
          });
    }
    if (!systems.keySet().equals(settings.keySet())) {
      throw new IllegalStateException(
          "sandboxes: %s (expected: %s)".formatted(systems.keySet(), settings.keySet()));
    }
    var variables = Connecting.to(settings, door.address().toString());
    Connecting.put(variables, "gigya", "poll", POLL.toSeconds() + "s");
    Connecting.put(variables, "s4hana", "poll", POLL.toSeconds() + "s");
    variables.put("NAVE_DATABASE_URL", postgres.jdbcUrl());
    variables.put("NAVE_DATABASE_USER", postgres.username());
    variables.put("NAVE_DATABASE_PASSWORD", "postgres");
    variables.put("NAVE_KAFKA_BROKERS", brokers);
    // its changes go to and fro between systems on purpose, and none may be frozen
    variables.put("NAVE_LOOPS_FLIPS", "1000000");
    return variables;
  }

  @Override
  public List<URI> hubs() {
    return ports.stream().map(port -> URI.create("http://127.0.0.1:" + port)).toList();
  }

  @Override
  public Map<String, URI> systems() {
    return systems;
  }

  @Override
  public Duration longestPoll() {
    return POLL;
  }

  // -- the hub

  @Override
  public void killHub(int hub) {
    hubs[hub].kill();
  }

  @Override
  public void drainHub(int hub) {
    hubs[hub].end();
  }

  /** As an orchestrator does: again, where it ends while it starts. */
  @Override
  public void startHub(int hub) {
    start(hub, environment);
  }

  @Override
  public void startReader(int hub) {
    var variables = new HashMap<>(environment);
    variables.put("NAVE_DELIVER_ENABLED", "false");
    start(hub, variables);
  }

  private void start(int hub, Map<String, String> variables) {
    for (int tries = 0; ; tries++) {
      try {
        hubs[hub] = launch(hub, variables);
        hubs[hub].await(() -> isReady(hub));
        return;
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      } catch (IllegalStateException ended) {
        if (tries == 5 || hubs[hub].isAlive()) {
          throw ended;
        }
      }
    }
  }

  private Program launch(int hub, Map<String, String> variables) throws IOException {
    var java = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseParallelGC"));
    java.addAll(BenchHub.COMPILER);
    java.addAll(javaOptions);
    var port = Integer.toString(ports.get(hub));
    var data = folder.resolve("hub-" + (hub + 1)).toString();
    return Program.start(
        jar,
        folder.resolve("hub-" + (hub + 1) + ".log"),
        variables,
        java,
        List.of("up", "--port", port, "--data", data));
  }

  private boolean isReady(int hub) {
    try {
      var ready = hubs().get(hub).resolve("/q/health/ready");
      var request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", stopped);
    }
  }

  @Override
  public void freezeHub(int hub) {
    Program.signal(hubs[hub].pid(), "STOP");
  }

  @Override
  public void thawHub(int hub) {
    Program.signal(hubs[hub].pid(), "CONT");
  }

  // -- PostgreSQL and Kafka

  @Override
  public void stopDatabase(boolean hard) {
    if (hard) {
      postmaster().ifPresent(it -> Program.signal(it.pid(), "KILL"));
    }
    postgres.close();
  }

  /** Empty where it has ended. */
  private Optional<ProcessHandle> postmaster() {
    var file = folder.resolve("postgres/data/postmaster.pid");
    try {
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void fillDisk() {
    postmaster().stream()
        .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
        .forEach(it -> Program.limitFiles(it.pid(), FULL));
  }

  @Override
  public void startDatabase() {
    postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
  }

  @Override
  public void backUp() {
    postgres.close();
    try {
      copy(folder.resolve("postgres"), folder.resolve("backup"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    startDatabase();
  }

  @Override
  public void restore() {
    stopDatabase(true);
    stopLog(true);
    try {
      remove(folder.resolve("postgres"));
      copy(folder.resolve("backup"), folder.resolve("postgres"));
      var port = folder.resolve("kafka/kafka.port");
      var kept = Files.readString(port);
      remove(folder.resolve("kafka"));
      Files.createDirectories(port.getParent());
      Files.writeString(port, kept);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    startDatabase();
    startLog();
    publishAll();
  }

  /** As docs/operations.md has it, for a Kafka from nothing. */
  private void publishAll() {
    try (var connection = database();
        var statement = connection.createStatement()) {
      statement.execute("insert into outbox (customer_id, urgent) select id, false from customer");
    } catch (SQLException failure) {
      throw new IllegalStateException("outbox: " + failure.getMessage(), failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Override
  public void stopLog(boolean hard) {
    if (hard) {
      kafka.kill();
    } else {
      kafka.end();
    }
  }

  @Override
  public void startLog() {
    try {
      var log = folder.resolve("kafka.log");
      Files.deleteIfExists(log);
      var data = folder.resolve("kafka").toString();
      kafka = Program.start(jar, log, Map.of(), SMALL, List.of("kafka", "--data", data));
      kafka.await(() -> kafka.output().contains("brokers "));
      brokers = kafka.output().replaceAll("(?s).*brokers (\\S+).*", "$1");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  Connection database() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "postgres");
  }

  @Override
  public boolean dropDelivery(String spoke) {
    var sql =
        "update delivery set due_at = null, state = 'delivered' where (spoke, target) in"
            + " (select spoke, target from delivery where spoke = ? and due_at is not null"
            + " and claimed_until is null limit 1)";
    try (var connection = database();
        var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      return statement.executeUpdate() == 1;
    } catch (SQLException failure) {
      throw new IllegalStateException("deliveries: " + failure.getMessage(), failure);
    }
  }

  @Override
  public List<String> versionsOutOfOrder() {
    return ChaosTopic.versionsOutOfOrder(brokers);
  }

  @Override
  public void close() {
    for (var hub : hubs) {
      if (hub != null) {
        hub.kill();
      }
    }
    sandboxes.kill();
    kafka.kill();
    postgres.close();
  }

  /** Removes the folder. */
  static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
