package io.nave.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The broker's settings: one node, small memory, nothing automatic; durability as by default. */
final class KafkaSettings {
  static final String CONTROLLER = "CONTROLLER";

  private KafkaSettings() {}

  static Map<String, String> of(int node, int port, int controllerPort, Path log) {
    var settings = new HashMap<>(roles(node, port, controllerPort));
    settings.put("log.dirs", log.toString());
    settings.putAll(aloneInTheCluster());
    settings.putAll(small());
    settings.putAll(quickAfterACrash());
    return settings;
  }

  private static Map<String, String> roles(int node, int port, int controllerPort) {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(node),
        "controller.quorum.voters",
        "%d@localhost:%d".formatted(node, controllerPort),
        "controller.listener.names",
        CONTROLLER,
        "inter.broker.listener.name",
        "PLAINTEXT",
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "listeners",
        "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
        "advertised.listeners",
        "PLAINTEXT://localhost:" + port);
  }

  private static Map<String, String> aloneInTheCluster() {
    return Map.of(
        "auto.create.topics.enable", "false",
        "default.replication.factor", "1",
        "min.insync.replicas", "1",
        "offsets.topic.replication.factor", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "group.initial.rebalance.delay.ms", "0");
  }

  private static Map<String, String> small() {
    return Map.of(
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.num.partitions", "2",
        "share.coordinator.state.topic.num.partitions", "2",
        "log.cleaner.dedupe.buffer.size", "16777216",
        "num.network.threads", "2",
        "num.io.threads", "4",
        "background.threads", "2",
        "log.segment.bytes", "268435456",
        "offsets.topic.segment.bytes", "16777216",
        "log.index.size.max.bytes", "2097152");
  }

  /** A killed broker's session must end before its successor is let in; the default is 9 s. */
  private static Map<String, String> quickAfterACrash() {
    return Map.of(
        "broker.heartbeat.interval.ms", "500",
        "broker.session.timeout.ms", "3000");
  }
}
