package io.nave.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIT {
  @TempDir Path folder;

  @Test
  void postgresKeepsItsRowsAndItsPortOverARestart() throws SQLException {
    int port;
    try (var postgres = EmbeddedPostgres.start(folder)) {
      port = postgres.port();
      run(postgres, "create table kept as select 7 as n");
    }

    try (var again = EmbeddedPostgres.start(folder)) {
      assertThat(ask(again, "select n from kept")).isEqualTo("7");
      assertThat(again.port()).isEqualTo(port);
    }
  }

  @Test
  void postgresIsAsDurableAsAServer() throws SQLException {
    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(ask(postgres, "show fsync")).isEqualTo("on");
      assertThat(ask(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(postgres, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(postgres, "show listen_addresses")).isEqualTo("localhost");
      assertThat(ask(postgres, "show server_version")).startsWith("17.");
    }
  }

  @Test
  void aPostgresFolderInUseIsRefused() {
    try (var first = EmbeddedPostgres.start(folder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedPostgres.start(folder))
          .withMessageContaining("is in use by another Nave");
      assertThat(first.port()).isPositive();
    }
  }

  @Test
  void aStalePidFileThatNamesAnotherProgramIsHarmless() throws Exception {
    EmbeddedPostgres.start(folder).close();
    long other = ProcessHandle.current().pid();
    Files.writeString(folder.resolve("data/postmaster.pid"), other + "\n");

    try (var postgres = EmbeddedPostgres.start(folder)) {
      assertThat(ask(postgres, "select 1")).isEqualTo("1");
    }
  }

  @Test
  void bothRecoverAfterTheirProcessWasKilled() throws Exception {
    var killed = startedElsewhere();
    killed.destroyForcibly().waitFor(20, TimeUnit.SECONDS);

    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
        var kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
      assertThat(ask(postgres, "select n from kept")).isEqualTo("7");
      assertThat(read(kafka, "kept")).isEqualTo("hello");
    }
  }

  @Test
  void kafkaKeepsItsRecordsAndItsIdentityOverARestart() throws Exception {
    String clusterId;
    String address;
    try (var kafka = EmbeddedKafka.start(folder)) {
      address = kafka.bootstrapServers();
      clusterId = clusterId(kafka);
      write(kafka, "kept", "hello");
    }

    try (var again = EmbeddedKafka.start(folder)) {
      assertThat(read(again, "kept")).isEqualTo("hello");
      assertThat(clusterId(again)).isEqualTo(clusterId);
      assertThat(again.bootstrapServers()).isEqualTo(address);
    }
  }

  @Test
  void aKafkaFolderInUseIsRefused() {
    try (var first = EmbeddedKafka.start(folder)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> EmbeddedKafka.start(folder))
          .withMessageContaining("is in use by another Nave");
      assertThat(first.bootstrapServers()).startsWith("localhost:");
    }
  }

  /** The process that is killed: starts both, writes to both, says so, and waits. */
  static final class Victim {
    public static void main(String[] args) throws Exception {
      var folder = Path.of(args[0]);
      var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
      var kafka = EmbeddedKafka.start(folder.resolve("kafka"));
      run(postgres, "create table kept as select 7 as n");
      write(kafka, "kept", "hello");
      Files.writeString(folder.resolve("written"), "");
      Thread.currentThread().join();
    }
  }

  private Process startedElsewhere() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "victim.log"))
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(folder.resolve("written")) || !process.isAlive());
    assertThat(process.isAlive()).isTrue();
    return process;
  }

  private static void run(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static String clusterId(EmbeddedKafka kafka) throws Exception {
    try (var admin = Admin.create(client(kafka))) {
      return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
    }
  }

  private static void write(EmbeddedKafka kafka, String topic, String value) throws Exception {
    try (var admin = Admin.create(client(kafka));
        var producer =
            new KafkaProducer<>(client(kafka), new StringSerializer(), new StringSerializer())) {
      admin
          .createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
      producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
    }
  }

  private static String read(EmbeddedKafka kafka, String topic) {
    try (var consumer =
        new KafkaConsumer<>(client(kafka), new StringDeserializer(), new StringDeserializer())) {
      var partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var records = consumer.poll(Duration.ofSeconds(20));
      return records.isEmpty() ? null : records.iterator().next().value();
    }
  }

  private static Map<String, Object> client(EmbeddedKafka kafka) {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }
}
