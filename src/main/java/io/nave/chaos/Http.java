package io.nave.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** JSON over HTTP. Safe to use from several threads. */
final class Http {
  static final ObjectMapper JSON = new ObjectMapper();

  private final Duration timeout;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  Http(Duration timeout) {
    this.timeout = timeout;
  }

  /** An answer that is no success. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  JsonNode get(URI address) throws IOException, InterruptedException {
    return JSON.readTree(text(address));
  }

  String text(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).GET());
  }

  JsonNode send(String method, URI address, JsonNode body)
      throws IOException, InterruptedException {
    var sent = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    var request = HttpRequest.newBuilder(address).method(method, sent);
    return JSON.readTree(send(request.header("Content-Type", "application/json")));
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var sent = request.timeout(timeout).build();
    var answer = client.send(sent, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new Refused(
          "%s %s: %d %s (expected: success)"
              .formatted(sent.method(), sent.uri(), answer.statusCode(), answer.body()));
    }
    return answer.body();
  }
}
