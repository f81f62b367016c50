package io.nave.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class SandboxServerTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void servesTheVendorsEndpointsOnAFreePort() throws Exception {
    var notes = new Notes();
    try (var server = SandboxServer.start(notes, 0)) {
      assertThat(server.address().getHost()).isEqualTo("127.0.0.1");
      assertThat(post(server.address().resolve("/notes"), "hello").body()).isEqualTo("n/1");
      assertThat(notes.notes).containsKey("n/1");
    }
  }

  @Test
  void stopsTheSandboxAndTheServerButLeavesAGivenVertxOpen() {
    var notes = new Notes();
    var vertx = Vertx.vertx();
    var server = SandboxServer.start(vertx, notes, 0);
    server.close();
    assertThat(notes.closed).isTrue();
    assertThatThrownBy(() -> post(server.address().resolve("/notes"), "hello"))
        .isInstanceOf(ConnectException.class);
    SandboxServer.start(vertx, new Notes(), 0).close();
    vertx.close();
  }

  @Test
  void refusesAPortInUse() {
    try (var first = SandboxServer.start(new Notes(), 0)) {
      assertThatThrownBy(() -> SandboxServer.start(new Notes(), first.address().getPort()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sandbox notes: ");
    }
  }

  private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
