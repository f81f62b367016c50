package io.nave.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

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
    } catch (Exception failure) {
      throw new IllegalStateException(
          "Kafka: does not start in %s (expected: a folder that Kafka wrote): %s"
              .formatted(folder.toAbsolutePath(), failure.getMessage()),
          failure);
    }
  }

  private static EmbeddedKafka locked(FolderLock lock, Path folder) throws Exception {
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

  private static EmbeddedKafka launch(FolderLock lock, Path folder) throws Exception {
    Quiet.loggers("kafka", "org.apache.kafka", "state.change.logger");
    Quiet.errorsOnly("org.apache.kafka.controller");
    var log = Files.createDirectories(folder.resolve("log"));
    format(log, clusterId(folder.resolve("cluster.id")));
    int port = KeptPort.in(folder.resolve("kafka.port"));
    int controllerPort = KeptPort.in(folder.resolve("controller.port"));
    var config = new KafkaConfig(KafkaSettings.of(NODE, port, controllerPort, log), false);
    var server = new KafkaRaftServer(config, Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(lock, server, port);
  }

  private static String clusterId(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.writeString(file, Uuid.randomUuid().toString());
    }
    return Files.readString(file).strip();
  }

  private static void format(Path log, String clusterId) throws Exception {
    var silence =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8.name());
    new Formatter()
        .setPrintStream(silence)
        .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
        .setNodeId(NODE)
        .setClusterId(clusterId)
        .setControllerListenerName(KafkaSettings.CONTROLLER)
        .setDirectories(List.of(log.toString()))
        .setMetadataLogDirectory(log.toString())
        .setIgnoreFormatted(true)
        .run();
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
