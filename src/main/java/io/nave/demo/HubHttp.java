package io.nave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The hub's own public API. */
final class HubHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;

  HubHttp(URI base) {
    this.base = base;
  }

  /** The hub's state, or null while it does not answer. */
  JsonNode status() throws InterruptedException {
    try {
      return JSON.readTree(get("/api/status"));
    } catch (IOException notYet) {
      return null;
    }
  }

  /** {@code spoke:recordId} to customer id. */
  Map<String, String> crosswalk() throws InterruptedException {
    try {
      var links = new LinkedHashMap<String, String>();
      for (var line : get("/api/crosswalk").lines().toList()) {
        var link = JSON.readTree(line);
        links.put(
            link.path("spoke").asText() + ":" + link.path("recordId").asText(),
            link.path("customerId").asText());
      }
      return links;
    } catch (IOException broken) {
      throw new IllegalStateException("the hub's crosswalk: " + broken.getMessage(), broken);
    }
  }

  /** Posts observations, an array as JSON; fails unless the hub accepts them all. */
  void observe(String json) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve("/api/observations"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 202 || !JSON.readTree(answer.body()).path("refused").isEmpty()) {
        throw new IllegalStateException("the hub refuses: " + answer.body());
      }
    } catch (IOException broken) {
      throw new IllegalStateException("the hub: " + broken.getMessage(), broken);
    }
  }

  private String get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30)).build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return answer.body();
  }
}
