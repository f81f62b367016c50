package io.nave.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SandboxMainTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  void startsWhatIsNamedAndSaysHowToConnect() {
    var servers = start("notes", "--port", "0");
    assertThat(servers).hasSize(1);
    assertThat(bytes.toString(UTF_8))
        .contains("sandbox: " + servers.get(0).address(), "nave.spokes.notes.secret=made-up");
    servers.forEach(SandboxServer::close);
  }

  @Test
  void startsAll() {
    var servers = start("all");
    assertThat(servers).hasSize(1);
    servers.forEach(SandboxServer::close);
  }

  @Test
  void refusesUnknownNamesAndPorts() {
    assertThatThrownBy(() -> start("nodes")).hasMessage("sandbox: nodes (expected: notes or all)");
    assertThatThrownBy(() -> start()).hasMessage("sandbox: no name (expected: notes or all)");
    assertThatThrownBy(() -> start("notes", "--port")).hasMessageStartingWith("--port: nothing");
    assertThatThrownBy(() -> start("notes", "--port", "99999")).hasMessageContaining("99999");
  }

  private List<SandboxServer> start(String... args) {
    return SandboxMain.start(List.of(new Notes()), List.of(args), out);
  }
}
