package io.nave.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller in this process, its log kept in a folder together with
 * its cluster id. Loopback only. Topics are created by whoever needs them, never by accident. An
 * unrecoverable fault of the broker (a full disk, a broken log) ends the process, as Kafka's own
 * server does.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE = 1;

  private final FolderLock lock;
  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(FolderLock lock, KafkaRaftServer server, int port) {
    this.lock = lock;
    this.server = server;
    this.port = port;
  }

  /**
   * Formats the folder at the first start, recovers the log after a crash, and returns when the
   * broker takes requests.
   *
   * @throws IllegalStateException when the folder is in use or cannot be read
   */
  public static EmbeddedKafka start(Path folder) {
    try {
      return locked(FolderLock.take(folder), folder);
    } catch (IllegalStateException told) {
      throw told;
    } catch (IOException | KafkaException failure) {
      throw new IllegalStateException(
          "Kafka: does not start in %s (expected: a folder that Kafka wrote): %s"
              .formatted(folder.toAbsolutePath(), failure.getMessage()),
          failure);
    }
  }

  private static EmbeddedKafka locked(FolderLock lock, Path folder) throws IOException {
    boolean started = false;
    try {
      var kafka = launch(lock, folder);
      started = true;
      return kafka;
    } finally {
      if (!started) {
        lock.close();
      }
    }
  }

  private static EmbeddedKafka launch(FolderLock lock, Path folder) throws IOException {
    Quiet.loggers("kafka", "org.apache.kafka", "state.change.logger");
    Quiet.errorsOnly("org.apache.kafka.controller");
    Quiet.errorsOnly("LogFutureTimestampLogger");
    var log = Files.createDirectories(folder.resolve("log"));
    int port = KeptPort.in(folder.resolve("kafka.port"));
    int controllerPort = KeptPort.in(folder.resolve("controller.port"));
    var settings = KafkaSettings.of(NODE, port, controllerPort, log);
    format(
        written(settings, folder.resolve("kafka.properties")),
        clusterId(folder.resolve("cluster.id")));
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(lock, server, port);
  }

  private static String clusterId(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static void format(Path properties, String clusterId) {
    var told = new ByteArrayOutputStream();
    var command =
        new String[] {"format", "--ignore-formatted", "-t", clusterId, "-c", properties.toString()};
    int status = StorageTool.execute(command, new PrintStream(told, true, UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "Kafka: cannot format its folder (expected: a new folder, or one that Kafka wrote): "
              + told.toString(UTF_8).strip());
    }
  }

  private static Path written(Map<String, String> settings, Path file) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, "Written by Nave at every start");
    }
    return file;
  }

  /** The address for clients, such as {@code localhost:41235}. */
  public String bootstrapServers() {
    return "localhost:" + port;
  }

  /** Stops the broker cleanly: the next start needs no recovery. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    try {
      lock.close();
    } catch (IOException failure) {
      throw new IllegalStateException("Kafka: folder stays locked (expected: freed)", failure);
    }
  }
}
