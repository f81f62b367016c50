package io.nave.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nave.canonical.Consent;
import io.nave.platform.VendorError;
import io.nave.sync.Knowing;
import io.nave.sync.LateConsents.Open;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server on the other side receives. */
class LateWebhookTest {
  private static final Instant NOW = Instant.parse("2026-06-01T10:00:00Z");
  private static final UUID CUSTOMER = UUID.fromString("0197a0b0-0000-7000-8000-000000000001");

  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private volatile int status = 204;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/late",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          signatures.add(exchange.getRequestHeaders().getFirst(LateWebhook.SIGNATURE));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private LateWebhook webhook(String secret) {
    var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/late";
    var clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new LateWebhook(Optional.of(url), Optional.ofNullable(secret), clock);
  }

  private static Open late() {
    var subject = new Consent.Subject("marketing", "phone", null, null, "+442920180000");
    var knowing =
        new Knowing(
            subject,
            Consent.State.withdrawn,
            NOW,
            7L,
            "esp",
            "9",
            Knowing.State.PENDING,
            NOW,
            null,
            null,
            null,
            NOW,
            true,
            null,
            null);
    return new Open(77, CUSTOMER, knowing);
  }

  @Test
  void carriesKeysAndNoPersonalData() {
    webhook("secret").tell(List.of(late()));
    assertThat(bodies)
        .singleElement()
        .asString()
        .contains("\"id\":77", CUSTOMER.toString(), "\"spoke\":\"esp\"", "\"recordId\":\"9\"")
        .contains("\"consent\":\"withdrawn\"", "\"state\":\"pending\"", "consent.late")
        .doesNotContain("+442920180000");
  }

  @Test
  void isSigned() throws GeneralSecurityException {
    webhook("secret").tell(List.of(late()));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var text = NOW.getEpochSecond() + "." + bodies.get(0);
    var expected = HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    assertThat(signatures).containsExactly("t=" + NOW.getEpochSecond() + ",v1=" + expected);
  }

  @Test
  void whatIsNotTakenFails() {
    status = 500;
    assertThatThrownBy(() -> webhook("secret").tell(List.of(late())))
        .isInstanceOfSatisfying(
            VendorError.class, refused -> assertThat(refused.code()).isEqualTo("HTTP 500"));
    server.stop(0);
    assertThatThrownBy(() -> webhook("secret").tell(List.of(late())))
        .isInstanceOfSatisfying(
            VendorError.class, refused -> assertThat(refused.code()).isEqualTo("connection"));
  }

  @Test
  void isNotStartedWithoutASecret() {
    assertThatThrownBy(() -> webhook(null)).hasMessageContaining("webhook-secret: missing");
    var none = new LateWebhook(Optional.empty(), Optional.empty(), Clock.systemUTC());
    assertThat(none.listens()).isFalse();
  }
}
