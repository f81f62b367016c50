package io.nave;

import io.nave.embedded.EmbeddedKafka;
import io.nave.embedded.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A real PostgreSQL and a real Kafka for tests of the whole hub, in a fresh folder. */
public final class EmbeddedServices implements QuarkusTestResourceLifecycleManager {
  private EmbeddedPostgres postgres;
  private EmbeddedKafka kafka;
  private Map<String, String> extra = Map.of();

  @Override
  public void init(Map<String, String> arguments) {
    extra = arguments;
  }

  @Override
  public Map<String, String> start() {
    try {
      var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "it");
      postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
      kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    var settings = new HashMap<>(extra);
    settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
    settings.put("quarkus.datasource.username", postgres.username());
    settings.put("quarkus.datasource.password", "postgres");
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("camel.component.kafka.brokers", kafka.bootstrapServers());
    settings.put("nave.contribute-only", "crm,esp,erp");
    settings.put("quarkus.http.test-port", "0");
    return settings;
  }

  /** A test that takes a part of it away has a field of this type. */
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(EmbeddedServices.class));
  }

  /** Kafka is away from now on. */
  public void stopKafka() {
    if (kafka != null) {
      kafka.close();
      kafka = null;
    }
  }

  /** PostgreSQL is away from now on. */
  public void stopPostgres() {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  @Override
  public void stop() {
    stopKafka();
    stopPostgres();
  }
}
