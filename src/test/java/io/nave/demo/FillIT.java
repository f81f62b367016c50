package io.nave.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nave.sandbox.Sandbox;
import io.nave.sandbox.SandboxServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FillIT {
  private final List<SandboxServer> servers = new ArrayList<>();
  private final Map<String, Map<String, String>> settings = new HashMap<>();

  @BeforeEach
  void startSandboxes() {
    for (var sandbox : ServiceLoader.load(Sandbox.class)) {
      if (Population.SPOKES.contains(sandbox.name())) {
        servers.add(SandboxServer.start(sandbox, 0));
        settings.put(sandbox.name(), sandbox.settings());
      }
    }
    assertThat(servers).hasSameSizeAs(Population.SPOKES);
  }

  @AfterEach
  void stopSandboxes() {
    servers.forEach(SandboxServer::close);
  }

  @Test
  void everySystemHoldsItsRecordsAndTheTruthKnowsThem() throws InterruptedException {
    var population = Population.generate(400, 11);
    var fill = new Fill(settings);

    var truth = fill.run(population);

    long expected = 0;
    for (var server : servers) {
      var records = population.of(server.sandbox().name());
      assertThat(server.sandbox().records().count())
          .as(server.sandbox().name())
          .isEqualTo(records.size());
      expected += records.size();
      for (var record : records) {
        var id = fill.recordId(record.index());
        assertThat(truth.person(record.spoke(), id)).isEqualTo(record.person());
      }
    }
    assertThat(truth.size()).isEqualTo(expected);
  }

  @Test
  void aRefusalIsTold() {
    var twice = Population.generate(20, 11);
    var fill = new Fill(settings);
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              fill.run(twice);
              fill.run(twice);
            })
        .withMessageContaining("refused a record");
  }
}
