package io.nave.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private final Notes notes = new Notes();
  private final SandboxServer server = SandboxServer.start(notes, 0);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answersWithAStatusForACountOfRequestsAndAppliesNothing() throws Exception {
    fault("{'kind': 'status', 'status': 429, 'retryAfter': 7, 'count': 2}");
    var refused = add();
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    assertThat(call("GET", "/_sandbox/faults", "").body()).contains("\"left\":1");
    assertThat(add().statusCode()).isEqualTo(429);
    assertThat(notes.notes).isEmpty();
    assertThat(add().statusCode()).isEqualTo(200);
    assertThat(call("GET", "/_sandbox/faults", "").body()).isEqualTo("[]");
  }

  @Test
  void closesTheConnectionBeforeOrAfterApplying() throws Exception {
    fault("{'kind': 'down', 'count': 1}");
    assertThatThrownBy(this::add).isInstanceOf(IOException.class);
    assertThat(notes.notes).isEmpty();
    fault("{'kind': 'dropAfterApply', 'count': 1}");
    assertThatThrownBy(this::add).isInstanceOf(IOException.class);
    assertThat(notes.notes).hasSize(1);
    assertThat(add().statusCode()).isEqualTo(200);
  }

  @Test
  void answers500AfterApplying() throws Exception {
    fault("{'kind': 'errorAfterApply', 'count': 1}");
    assertThat(add().statusCode()).isEqualTo(500);
    assertThat(notes.notes).hasSize(1);
  }

  @Test
  void answersLateButWhole() throws Exception {
    fault("{'kind': 'slow', 'millis': 150, 'count': 1}");
    var start = System.nanoTime();
    assertThat(add().body()).isEqualTo("n/1");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
  }

  @Test
  void setsTheClockWrongUntilItIsDeleted() throws Exception {
    fault("{'kind': 'clock', 'millis': -1500}");
    assertThat(notes.clock().instant()).isEqualTo(Instant.EPOCH.minusMillis(1500));
    assertThat(add().statusCode()).isEqualTo(200);
    call("DELETE", "/_sandbox/faults", "");
    assertThat(notes.clock().instant()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void strikesTheSameShareOfRequestsWithTheSameSeed() throws Exception {
    var first = struckOf(40);
    call("DELETE", "/_sandbox/faults", "");
    assertThat(struckOf(40)).isEqualTo(first).isBetween(5L, 35L);
  }

  private long struckOf(int requests) throws Exception {
    fault("{'kind': 'status', 'share': 0.5, 'seed': 7}");
    return IntStream.range(0, requests).filter(i -> status("GET", "/notes") == 503).count();
  }

  @Test
  void endsAfterItsTimeAndKeepsToItsPath() throws Exception {
    fault("{'kind': 'status', 'seconds': 0.3}");
    assertThat(status("GET", "/notes")).isEqualTo(503);
    await().until(() -> status("GET", "/notes") == 200);
    fault("{'kind': 'status', 'path': '/other'}");
    assertThat(status("GET", "/notes")).isEqualTo(200);
    assertThat(status("GET", "/other/1")).isEqualTo(503);
    assertThat(status("DELETE", "/_sandbox/faults/2")).isEqualTo(204);
    assertThat(status("GET", "/other/1")).isEqualTo(404);
  }

  @Test
  void expiresTokensWhereThereAreSome() throws Exception {
    fault("{'kind': 'expireTokens'}");
    assertThat(notes.tokensExpired).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "no",
        "{'kind': 'flood'}",
        "{'kind': 'down', 'cuont': 1}",
        "{'kind': 'status', 'status': 'x'}",
        "{'kind': 'slow', 'share': 2}",
        "{'kind': 'slow', 'millis': -5}",
        "{'kind': 'clock', 'seconds': 5}"
      })
  void refusesWhatItDoesNotUnderstand(String fault) throws Exception {
    var refused = call("POST", "/_sandbox/faults", fault.replace('\'', '"'));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("(expected: ");
  }

  @Test
  void countsRequestsByPathAndStatus() throws Exception {
    add();
    add();
    fault("{'kind': 'down', 'count': 1}");
    assertThatThrownBy(this::add).isInstanceOf(IOException.class);
    fault("{'kind': 'dropAfterApply', 'count': 1}");
    assertThatThrownBy(this::add).isInstanceOf(IOException.class);
    status("GET", "/nowhere");
    var requests = stats().getJsonArray("requests");
    assertThat(requests)
        .isEqualTo(
            new JsonArray()
                .add(stat("POST", "/notes", 0, 2))
                .add(stat("POST", "/notes", 200, 2))
                .add(stat("GET", "/nowhere", 404, 1)));
    status("DELETE", "/_sandbox/stats");
    assertThat(stats().getInteger("total")).isZero();
  }

  private static JsonObject stat(String method, String path, int status, long count) {
    return new JsonObject()
        .put("method", method)
        .put("path", path)
        .put("status", status)
        .put("count", (int) count);
  }

  private JsonObject stats() throws Exception {
    return new JsonObject(call("GET", "/_sandbox/stats", "").body());
  }

  private void fault(String fault) throws Exception {
    var answer = call("POST", "/_sandbox/faults", fault.replace('\'', '"'));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private HttpResponse<String> add() throws IOException, InterruptedException {
    return call("POST", "/notes", "hello");
  }

  private int status(String method, String path) {
    try {
      return call(method, path, "").statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
