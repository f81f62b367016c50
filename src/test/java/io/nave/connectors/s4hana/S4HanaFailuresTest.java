package io.nave.connectors.s4hana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nave.connectors.ConnectorHarness;
import io.nave.connectors.ConnectorHarness.Refused;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers that a healthy system does not give. */
class S4HanaFailuresTest {
  private static final Map<String, Object> RECORD = Map.of("LastName", "Morgan");

  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer sap;
  private ConnectorHarness hub;
  private volatile int status = 200;
  private volatile int statusOfWrites = 204;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile String body = "{\"d\": {}}";
  private volatile boolean silent;

  @BeforeEach
  void start() throws IOException {
    sap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sap.createContext("/", this::answer);
    sap.start();
    hub =
        ConnectorHarness.of(
            Path.of("connectors", "s4hana"),
            "s4hana",
            Map.of(
                "url",
                "http://127.0.0.1:" + sap.getAddress().getPort(),
                "user",
                "u",
                "password",
                "p",
                "timeout",
                "300ms"),
            Map.of());
    var registry = hub.camel().getRegistry();
    var spokes = registry.lookupByNameAndType("spokes", SpokeSettings.class);
    registry.bind("s4hanaSink", new S4HanaSink(new PartnerApi(spokes), spokes));
  }

  @AfterEach
  void stop() {
    end.countDown();
    hub.close();
    sap.stop(0);
  }

  @Test
  void waitsWhenThereAreTooManyRequests() {
    status = 429;
    assertRefused("HTTP 429", FailureKind.THROTTLED);
  }

  @Test
  void triesAgainLaterAfterAnErrorOfTheServer() {
    status = 500;
    body = "{\"error\": {\"code\": \"SY/530\", \"message\": {\"value\": \"Dump for 'Siân'\"}}}";
    assertThat(assertRefused("HTTP 500 SY/530", FailureKind.TRANSIENT))
        .hasMessageContaining("Dump for …");
  }

  @Test
  void pausesTheSpokeWhileTheSystemIsDown() {
    status = 503;
    body = "<html>Service cannot be reached</html>";
    assertRefused("HTTP 503", FailureKind.SPOKE_DOWN);
  }

  @Test
  void pausesTheSpokeWhenAFreshCsrfTokenIsRefusedToo() {
    status = 403;
    assertRefused("HTTP 403", FailureKind.UNAUTHORISED);
  }

  @Test
  void takesAnErrorThatCameWith200AsARefusal() {
    body = "{\"error\": {\"code\": \"R1/005\", \"message\": {\"value\": \"no\"}}}";
    assertRefused("HTTP 200 R1/005", FailureKind.PERMANENT);
  }

  @Test
  void doesNotTakeALogOnPageForAnAnswer() {
    body = "<html>Log on</html>";
    assertRefused("malformed", FailureKind.TRANSIENT);
  }

  @Test
  void readsAgainOnceWhenTheEtagIsStale() {
    statusOfWrites = 412;
    assertRefused("HTTP 412", FailureKind.TRANSIENT);
    assertThat(writes).hasValue(2);
  }

  @Test
  void givesUpWaiting() {
    silent = true;
    assertRefused("timeout", FailureKind.TRANSIENT);
  }

  @Test
  void noticesThatNobodyListens() {
    sap.stop(0);
    assertRefused("connection", FailureKind.TRANSIENT);
  }

  private Refused assertRefused(String code, FailureKind kind) {
    Refused refused =
        catchThrowableOfType(Refused.class, () -> hub.deliver("update", "1", null, RECORD));
    assertThat(refused.code()).isEqualTo(code);
    assertThat(refused.kind()).isEqualTo(kind);
    return refused;
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (silent) {
      waitForTheEnd();
    }
    if (exchange.getRequestMethod().equals("PATCH")) {
      writes.incrementAndGet();
      exchange.sendResponseHeaders(statusOfWrites, -1);
      exchange.close();
      return;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("x-csrf-token", status == 403 ? "Required" : "t");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void waitForTheEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
