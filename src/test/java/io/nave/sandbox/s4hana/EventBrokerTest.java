package io.nave.sandbox.s4hana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nave.sandbox.SandboxServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventBrokerTest {
  private final SandboxServer server = SandboxServer.start(new S4HanaSandbox(Clock.systemUTC()), 0);
  private final ODataClient client = new ODataClient(server.address()).loggedOn();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger handshakes = new AtomicInteger();
  private HttpServer webhook;

  @BeforeEach
  void start() throws IOException {
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/hook", this::hook);
    webhook.start();
  }

  @AfterEach
  void stop() {
    webhook.stop(0);
    server.close();
  }

  @Test
  void refusesAdministrationWithoutToken() {
    assertThat(subscribe("Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(token("sb-nave-events", "wrong").statusCode()).isEqualTo(401);
  }

  @Test
  void pushesCreationAndChangeWithTheKeyOnly() {
    subscribe(bearer());
    String id = client.create(S4HanaSandboxTest.SIAN);
    await().until(() -> received.size() == 1);
    JsonObject event = new JsonObject(received.get(0));
    assertThat(event.getString("type"))
        .isEqualTo("sap.s4.beh.businesspartner.v1.BusinessPartner.Created.v1");
    assertThat(event.getJsonObject("data")).isEqualTo(new JsonObject().put("BusinessPartner", id));
    assertThat(handshakes).hasValue(1);
    String path = "A_BusinessPartner('" + id + "')";
    client.send("PATCH", path, "{\"LastName\": \"Morgan\"}", "if-match", "*");
    await().until(() -> received.size() == 2);
    assertThat(received.get(1)).contains("BusinessPartner.Changed.v1");
  }

  @Test
  void sendsAgainWhatTheWebhookDoesNotAccept() {
    subscribe(bearer());
    refusals.set(2);
    client.create(S4HanaSandboxTest.SIAN);
    await().until(() -> received.size() == 1);
    assertThat(refusals).hasValue(0);
  }

  @Test
  void whatWaitsStaysInTheQueueWhereTheWebhookSubscribesAnew() {
    subscribe(bearer());
    refusals.set(1);
    client.create(S4HanaSandboxTest.SIAN);
    await().until(() -> refusals.get() == 0);
    subscribe(bearer());
    await().until(() -> received.size() == 1);
    await().during(Duration.ofMillis(700)).until(() -> received.size() == 1);
  }

  @Test
  void staysSilentAboutWhatIsUndone() {
    subscribe(bearer());
    client.send("POST", "A_BusinessPartner", S4HanaSandboxTest.SIAN.replace("GB", "QQ"));
    client.create(S4HanaSandboxTest.SIAN);
    await().until(() -> !received.isEmpty());
    assertThat(received).hasSize(1);
  }

  private void hook(HttpExchange exchange) throws IOException {
    boolean handshake = exchange.getRequestMethod().equals("OPTIONS");
    boolean refused = !handshake && refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (handshake) {
      handshakes.incrementAndGet();
      String origin = exchange.getRequestHeaders().getFirst("WebHook-Request-Origin");
      exchange.getResponseHeaders().add("WebHook-Allowed-Origin", origin);
    } else if (!refused) {
      received.add(body);
    }
    exchange.sendResponseHeaders(refused ? 503 : 204, -1);
    exchange.close();
  }

  private String bearer() {
    String body = token("sb-nave-events", "sandbox-only-events").body();
    return "Bearer " + new JsonObject(body).getString("access_token");
  }

  private HttpResponse<String> token(String id, String secret) {
    return post(
        "/oauth/token",
        ODataClient.basic(id, secret),
        "application/x-www-form-urlencoded",
        "grant_type=client_credentials");
  }

  private HttpResponse<String> subscribe(String authorization) {
    JsonObject push =
        new JsonObject()
            .put("type", "webhook")
            .put("endpoint", "http://127.0.0.1:" + webhook.getAddress().getPort() + "/hook");
    JsonObject subscription =
        new JsonObject().put("name", "nave").put("address", "queue:q").put("pushConfig", push);
    return post(
        "/messagingrest/v1/subscriptions",
        authorization,
        "application/json",
        subscription.encode());
  }

  private HttpResponse<String> post(String path, String authorization, String type, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("authorization", authorization)
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
