package io.nave;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub's HTTP as far as the command line uses it: refuses records whose id starts with "bad". */
final class StubHub implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final AtomicInteger accepted = new AtomicInteger(40);
  private final AtomicInteger reconciled = new AtomicInteger(40);
  final List<JsonNode> received = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final AtomicInteger busyAnswers = new AtomicInteger();
  volatile boolean stuck;

  StubHub() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/api/status")) {
      request.response().end(status());
    } else if (request.path().startsWith("/api/survivorship/")) {
      request.body().onSuccess(body -> survivorship(request, body.toString()));
    } else if (request.path().startsWith("/api/matching/")) {
      request.body().onSuccess(body -> matching(request, body.toString()));
    } else if (request.path().startsWith("/api/replays")) {
      request.body().onSuccess(body -> replays(request, body.toString()));
    } else if (request.path().startsWith("/api/audits")) {
      request.body().onSuccess(body -> audits(request, body.toString()));
    } else if (busyAnswers.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      request.response().setStatusCode(503).putHeader("Retry-After", "0").end();
    } else {
      request.body().onSuccess(body -> observations(request, body.toString()));
    }
  }

  /** Asks for a filter; a replay is done at the second look. */
  private void replays(HttpServerRequest request, String body) {
    asked.add(request.method() + " " + request.path() + " " + body);
    boolean begins = request.method().name().equals("POST") && request.path().endsWith("replays");
    if (begins && body.contains("\"all\":false")) {
      var refused = "{\"refused\": [{\"message\": \": no customers are chosen (expected: …)\"}]}";
      request.response().setStatusCode(422).end(refused);
      return;
    }
    var replay =
        ("{\"id\": 7, \"spoke\": \"crm\", \"state\": \"%s\", \"total\": 2000, \"customers\": 2000,"
                + " \"updated\": 3, \"samples\": [{\"target\": \"r-1\", \"before\": {\"a\": 1},"
                + " \"wanted\": {\"a\": 2}}]%s}")
            .formatted(begins ? "running" : "done", begins ? "" : ", \"finishedAt\": \"now\"");
    var answer = begins ? "{\"replay\": " + replay + ", \"quiet\": \"no way\"}" : replay;
    request.response().setStatusCode(begins ? 202 : 200).end(answer);
  }

  /** Something differs, always. */
  private void audits(HttpServerRequest request, String body) {
    asked.add(request.method() + " " + request.path() + " " + body);
    boolean repairs = request.path().endsWith("repair");
    request
        .response()
        .end(
            repairs
                ? "{\"replay\": {\"id\": 8}}"
                : """
                  {"id": 5, "spoke": "crm", "state": "done", "total": 10, "records": 10,
                   "differing": 3, "pending": 0, "findings": {"differs": 3, "vanished": 1},
                   "fields": {"profile.city": 3}, "finishedAt": "now"}
                  """);
  }

  /** Refuses rules that speak of luck. */
  private void survivorship(HttpServerRequest request, String rules) {
    boolean wrong = rules.contains("luck");
    var answer =
        wrong
            ? "{\"refused\": [\"survivorship.yaml:1: default.by: luck (expected: …)\"]}"
            : request.path().endsWith("apply")
                ? "{\"id\": 4}"
                : """
                  {"customers": 2000, "changing": 7, "attributes": {"name": {"customers": 7,
                   "examples": [{"customerId": "c-1", "from": {"given": "Jon"}, "to": null,
                    "fromLineage": {"spoke": "crm", "recordId": "r-1", "rule": "recent"}}]}}}
                  """;
    request.response().setStatusCode(wrong ? 422 : 200).end(answer);
  }

  /** Refuses rules that speak of luck, and is busy with those that speak of patience. */
  private void matching(HttpServerRequest request, String rules) {
    int status = rules.contains("luck") ? 422 : rules.contains("patience") ? 409 : 200;
    var answer =
        switch (status) {
          case 422 -> "{\"refused\": [\"matching.yaml:1: luck: unknown (expected: …)\"]}";
          case 409 -> "{\"detail\": \"preview: another is being made\"}";
          default ->
              request.path().endsWith("apply")
                  ? "{\"id\": 5}"
                  : """
                    {"records": 3000, "customers": 2000, "customersThen": 1999,
                     "merges": {"count": 1, "customers": 2, "examples": [{"parts": [
                       {"customerId": "c-1", "size": 3, "records": [{"spoke": "crm", "recordId": "r-1"}]},
                       {"customerId": "c-2", "size": 1, "records": [{"spoke": "esp", "recordId": "r-2"}]}],
                      "strongest": {"a": {"spoke": "crm", "recordId": "r-1"},
                       "b": {"spoke": "esp", "recordId": "r-2"},
                       "now": {"outcome": "POSSIBLE_MATCH", "weight": 2.04, "rule": "score"},
                       "then": {"outcome": "MATCH", "weight": 2.04, "rule": "score", "reasons": [
                        {"attribute": "given", "words": "same given name", "weight": 7.5}]}}}]},
                     "splits": {"count": 0, "parts": 0, "examples": []}}
                    """;
        };
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(answer);
  }

  private String status() {
    int settled = stuck ? reconciled.get() : catchUp();
    return """
        {"version": "1", "observations": {"accepted": %d, "reconciled": %d, "invalid": 0},
         "survivorship": {"id": 4, "total": 2000, "done": 2000, "changed": 7, "finishedAt": "now"},
         "matching": {"id": 5, "total": 3000, "done": 3000, "moved": 4, "finishedAt": "now"},
         "spokes": [{"name": "shop", "delivered": 12345}]}
        """
        .formatted(accepted.get(), settled);
  }

  private int catchUp() {
    return reconciled.updateAndGet(n -> Math.min(accepted.get(), n + 500));
  }

  private void observations(HttpServerRequest request, String body) {
    var answer = json.createObjectNode();
    var refused = answer.putArray("refused");
    var lines = body.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      var observation = parse(lines.get(i));
      if (observation.path("recordId").asText().startsWith("bad")) {
        refused.addObject().put("index", i).put("pointer", "/recordId").put("message", "is bad");
      } else {
        received.add(observation);
      }
    }
    int taken = lines.size() - refused.size();
    accepted.addAndGet(taken);
    answer.put("accepted", taken);
    request.response().setStatusCode(taken == 0 ? 422 : 202).end(answer.toString());
  }

  private JsonNode parse(String line) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
