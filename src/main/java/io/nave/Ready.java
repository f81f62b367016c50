package io.nave;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Tells a person, once, where the console is, as soon as the hub says that it is ready. */
final class Ready {
  private static final Duration BETWEEN = Duration.ofMillis(300);

  private Ready() {}

  /** Waits and tells on a thread of its own. */
  static void tell(String host, int port) {
    var shown = "0.0.0.0".equals(host) ? "localhost" : host;
    var base = "http://" + shown + ":" + port;
    var thread = new Thread(() -> waitAndTell(base), "tell-ready");
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitAndTell(String base) {
    var client = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create(base + "/q/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      while (!isReady(client, request)) {
        Thread.sleep(BETWEEN.toMillis());
      }
      System.out.println("Nave is ready: " + base);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isReady(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
