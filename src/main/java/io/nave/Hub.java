package io.nave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A running hub, seen through its public HTTP. Safe to use from several threads. */
final class Hub {
  private static final int ATTEMPTS = 60;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final int LONGEST_WAIT = 30;

  private final URI base;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  Hub(URI base) {
    this.base = base;
  }

  /**
   * What {@code GET /api/status} says.
   *
   * @throws IllegalStateException when the hub does not answer
   */
  JsonNode status() throws InterruptedException {
    var response = send(request("/api/status").GET().build());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "hub: %s/api/status answered %d (expected: 200)".formatted(base, response.statusCode()));
    }
    return parse(response.body());
  }

  /**
   * Posts observations as NDJSON. While the hub asks to wait (503, 429) or the connection breaks,
   * it tries again: receiving twice is receiving once.
   *
   * @return the answer of a 202 or a 422: accepted and refused
   */
  JsonNode observe(String ndjson) throws InterruptedException {
    var request =
        request("/api/observations")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(ndjson))
            .build();
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      var response = send(request);
      if (response.statusCode() != 503 && response.statusCode() != 429) {
        return accepted(response);
      }
      Thread.sleep(retryAfter(response) * 1000L);
    }
    throw new IllegalStateException(
        "hub: %s still asks to wait after %d attempts (expected: room in its log)"
            .formatted(base, ATTEMPTS));
  }

  /**
   * Posts a text to an address that may think for a long time.
   *
   * @return the answer of a 200 or 202, and of a 422: what was refused
   */
  JsonNode post(String path, String text) throws InterruptedException {
    var request =
        request(path)
            .timeout(PATIENCE)
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(BodyPublishers.ofString(text))
            .build();
    return answer(path, send(request));
  }

  /** The answer of a 200. */
  JsonNode get(String path) throws InterruptedException {
    return answer(path, send(request(path).GET().build()));
  }

  /**
   * Posts JSON.
   *
   * @return the answer of a 200, and of a 422: what was refused
   */
  JsonNode postJson(String path, JsonNode body) throws InterruptedException {
    var request =
        request(path)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    return answer(path, send(request));
  }

  private JsonNode answer(String path, HttpResponse<String> response) {
    if (!java.util.Set.of(200, 202, 422).contains(response.statusCode())) {
      throw new IllegalStateException(
          "hub: %s%s answered %d (expected: 200) %s"
              .formatted(base, path, response.statusCode(), detail(response)));
    }
    return parse(response.body());
  }

  /** What a problem says, or nothing. */
  private String detail(HttpResponse<String> response) {
    var type = response.headers().firstValue("Content-Type").orElse("");
    return type.contains("json") ? parse(response.body()).path("detail").asText() : "";
  }

  private JsonNode accepted(HttpResponse<String> response) {
    if (response.statusCode() != 202 && response.statusCode() != 422) {
      throw new IllegalStateException(
          "hub: %s/api/observations answered %d (expected: 202)"
              .formatted(base, response.statusCode()));
    }
    return parse(response.body());
  }

  private static int retryAfter(HttpResponse<String> response) {
    var seconds = response.headers().firstValue("Retry-After").orElse("1").strip();
    return seconds.matches("\\d{1,6}") ? Math.min(LONGEST_WAIT, Integer.parseInt(seconds)) : 1;
  }

  private HttpRequest.Builder request(String path) {
    var root = base.toString().replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(root + path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException refused) {
      throw new IllegalStateException(
          "hub: %s does not answer (expected: a running hub, see ./nave up)".formatted(base),
          refused);
    } catch (IOException broken) {
      return sendAgain(request);
    }
  }

  private HttpResponse<String> sendAgain(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException broken) {
      throw new IllegalStateException(
          "hub: %s breaks the connection (expected: an answer)".formatted(base), broken);
    }
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException notJson) {
      throw new IllegalStateException(
          "hub: %s answered something else (expected: JSON of a hub)".formatted(base), notJson);
    }
  }
}
