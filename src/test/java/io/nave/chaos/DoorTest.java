package io.nave.chaos;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {
  private final List<String> received = new CopyOnWriteArrayList<>();
  private HttpServer hub;
  private Door door;

  @BeforeEach
  void open() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/hooks/gigya",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes());
          received.add(body + " " + exchange.getRequestHeaders().getFirst("x-sign"));
          exchange.getResponseHeaders().add("x-answer", "yes");
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    hub.start();
    door = new Door();
    door.leadsTo(List.of(nobody(), address(hub.getAddress().getPort())));
  }

  @AfterEach
  void close() {
    door.close();
    hub.stop(0);
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static URI nobody() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return address(socket.getLocalPort());
    }
  }

  private HttpResponse<String> notify(String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(door.address().resolve("/hooks/gigya"))
            .header("x-sign", "s")
            .POST(BodyPublishers.ofString(body));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void bringsANotificationToAnInstanceThatAnswers() throws Exception {
    for (int i = 0; i < 2; i++) {
      var answer = notify("n" + i);
      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.headers().firstValue("x-answer")).hasValue("yes");
    }
    assertThat(received).containsExactly("n0 s", "n1 s");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    door.leadsTo(List.of(nobody()));
    assertThat(notify("n").statusCode()).isEqualTo(503);
  }

  @Test
  void bringsSomeTwice() throws Exception {
    door.trouble(Misfortune.Kind.HOOKS_TWICE, 1);
    for (int i = 0; i < 8; i++) {
      assertThat(notify("n" + i).statusCode()).isEqualTo(202);
    }
    int twice = Integer.parseInt(door.told().replaceAll(" .*", ""));
    assertThat(twice).isBetween(1, 7);
    await().atMost(20, SECONDS).until(() -> received.size() == 8 + twice);
  }

  @Test
  void bringsSomeLateThoughTheSenderGaveUp() throws Exception {
    door.trouble(Misfortune.Kind.HOOKS_LATE, 1);
    int late = 0;
    for (int i = 0; i < 8; i++) {
      late += notify("n" + i).statusCode() == 504 ? 1 : 0;
    }
    assertThat(late).isBetween(1, 7);
    await().atMost(20, SECONDS).until(() -> received.size() == 8);
  }
}
