package io.nave;

import io.nave.embedded.EmbeddedKafka;
import io.nave.embedded.EmbeddedPostgres;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.quarkus.main.CamelMainApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the hub until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Runs the hub with its console until Ctrl-C.",
    footer = {
      "",
      "PostgreSQL and Kafka run inside this process and keep their data in --data, unless these",
      "name servers of your own:",
      "  NAVE_DATABASE_URL       jdbc:postgresql://host:5432/nave, with NAVE_DATABASE_USER and",
      "                          NAVE_DATABASE_PASSWORD",
      "  NAVE_KAFKA_BROKERS      host:9092,host:9092"
    })
final class UpCommand implements Callable<Integer> {
  private static final List<String> COLLECTORS =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where PostgreSQL and Kafka keep their data (default: .nave beside nave).")
  private Path data;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port of console and API (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--spokes",
      split = ",",
      paramLabel = "NAME",
      description =
          "Spokes that only contribute: they are read, nothing is written to them (default: none).")
  private List<String> contributeOnly;

  @Override
  public Integer call() {
    var folder = data == null ? Path.of(".nave") : NaveMain.typed(data);
    var running = new Running();
    Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "stop-embedded"));
    startDatabase(running, folder);
    startKafka(running, folder);
    set("quarkus.http.host", host);
    set("quarkus.http.port", Integer.toString(port));
    if (contributeOnly != null) {
      set("nave.contribute-only", String.join(",", contributeOnly));
    }
    trace(System.getenv());
    Ready.tell(host, port);
    Quarkus.run(CamelMainApplication.class, running::hubEnded);
    return 0;
  }

  /** Traces go where the variables of OpenTelemetry name a collector, and nowhere else. */
  static void trace(Map<String, String> environment) {
    boolean toACollector =
        COLLECTORS.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    if (toACollector && !Boolean.parseBoolean(environment.get("OTEL_SDK_DISABLED"))) {
      set("quarkus.otel.sdk.disabled", "false");
    }
  }

  static void startDatabase(Running running, Path folder) {
    if (named("NAVE_DATABASE_URL")) {
      return; // config/application.yaml reads it
    }
    var postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    running.add(postgres::close);
    set("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    set("quarkus.datasource.username", postgres.username());
    set("quarkus.datasource.password", "postgres");
  }

  static void startKafka(Running running, Path folder) {
    if (named("NAVE_KAFKA_BROKERS")) {
      set("camel.component.kafka.brokers", System.getenv("NAVE_KAFKA_BROKERS"));
      return;
    }
    var kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    running.add(kafka::close);
    set("kafka.bootstrap.servers", kafka.bootstrapServers());
    set("camel.component.kafka.brokers", kafka.bootstrapServers());
    quiet("kafka", "WARN");
    quiet("org.apache.kafka", "WARN");
    quiet("org.apache.kafka.controller", "ERROR");
  }

  private static boolean named(String variable) {
    var value = System.getenv(variable);
    return value != null && !value.isBlank();
  }

  private static void quiet(String category, String level) {
    set("quarkus.log.category.\"" + category + "\".level", level);
  }

  static void set(String property, String value) {
    System.setProperty(property, value);
  }
}
