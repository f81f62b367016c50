package io.nave.connectors;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.platform.VendorError;
import io.nave.sync.LateConsents.Open;
import io.nave.sync.LateListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Posts late consents to {@code nave.consent.webhook}: keys only, no personal data. The header
 * {@code Nave-Signature: t=<seconds>,v1=<hex>} carries the HMAC-SHA256 of {@code <seconds>.<body>}
 * under {@code nave.consent.webhook-secret}.
 */
@ApplicationScoped
class LateWebhook implements LateListener {
  static final String SIGNATURE = "Nave-Signature";
  private static final JsonMapper JSON = new JsonMapper();

  private final Optional<String> url;
  private final Optional<String> secret;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  LateWebhook(
      @ConfigProperty(name = "nave.consent.webhook") Optional<String> url,
      @ConfigProperty(name = "nave.consent.webhook-secret") Optional<String> secret,
      Clock clock) {
    this.url = url.filter(text -> !text.isBlank());
    this.secret = secret.filter(text -> !text.isBlank());
    this.clock = clock;
    if (this.url.isPresent() && this.secret.isEmpty()) {
      throw new IllegalArgumentException(
          "nave.consent.webhook-secret: missing (expected: a secret, since a webhook is given)");
    }
  }

  @Override
  public boolean listens() {
    return url.isPresent();
  }

  @Override
  public void tell(List<Open> late) {
    var now = clock.instant();
    var body = body(late, now);
    var request =
        HttpRequest.newBuilder(URI.create(url.orElseThrow()))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header(SIGNATURE, signature(now.getEpochSecond(), body))
            .POST(BodyPublishers.ofString(body))
            .build();
    int status = status(request);
    if (status / 100 != 2) {
      throw new VendorError("HTTP " + status, "the webhook did not take it");
    }
  }

  private int status(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException failure) {
      throw new VendorError("connection", "the webhook did not answer", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new VendorError("connection", "interrupted", stopped);
    }
  }

  private static String body(List<Open> late, Instant now) {
    var body = JSON.createObjectNode().put("event", "consent.late").put("at", now.toString());
    var notices = body.putArray("notices");
    late.forEach(one -> notices.add(notice(one)));
    return body.toString();
  }

  /** No address or number to which a consent is bound, which would tell who it is. */
  private static ObjectNode notice(Open one) {
    var knowing = one.knowing();
    var subject = knowing.subject();
    return JSON.createObjectNode()
        .put("id", one.id())
        .put("customerId", one.customerId().toString())
        .put("spoke", knowing.spoke())
        .put("recordId", knowing.recordId())
        .put("purpose", subject.purpose())
        .put("channel", subject.channel())
        .put("topic", subject.topic())
        .put("brand", subject.brand())
        .put("consent", knowing.consent().name())
        .put("state", knowing.state().word())
        .put("noticedAt", knowing.noticedAt().toString())
        .put("deadline", knowing.deadline().toString());
  }

  private String signature(long seconds, String body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      var key = secret.orElseThrow().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      var signed = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("HmacSHA256: not in this JDK (expected: in each)", missing);
    }
  }
}
