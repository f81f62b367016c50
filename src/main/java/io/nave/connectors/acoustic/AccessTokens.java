package io.nave.connectors.acoustic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The access token of each spoke, fetched when there is none and shortly before its end. */
@ApplicationScoped
public class AccessTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Token(String value, Instant end) {}

  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final SpokeSettings spokes;
  private final Http http;
  private final Clock clock;

  public AccessTokens(SpokeSettings spokes, Http http, Clock clock) {
    this.spokes = spokes;
    this.http = http;
    this.clock = clock;
  }

  /** A token that should be good. */
  String of(String spoke) {
    return tokens.compute(spoke, (name, known) -> good(known) ? known : fetch(name)).value();
  }

  /** Forgets a token that the vendor refused; a newer one is kept. */
  void refused(String spoke, String value) {
    tokens.computeIfPresent(spoke, (name, known) -> known.value().equals(value) ? null : known);
  }

  private boolean good(Token token) {
    return token != null && clock.instant().isBefore(token.end());
  }

  private Token fetch(String spoke) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(spokes.get(spoke, "url") + "/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(spoke)));
    return read(http.send(spoke, request, BodyHandlers.ofString()));
  }

  private Token read(String answer) {
    try {
      JsonNode json = JSON.readTree(answer);
      String value = json.path("access_token").asText();
      long seconds = json.path("expires_in").asLong();
      if (!value.isEmpty() && seconds > 0) {
        return new Token(value, clock.instant().plusSeconds(seconds * 9 / 10));
      }
    } catch (JsonProcessingException e) {
      throw new VendorError("malformed", "/oauth/token: the answer is not JSON");
    }
    throw new VendorError("malformed", "/oauth/token: no access_token");
  }

  private String form(String spoke) {
    Map<String, String> form =
        Map.of(
            "grant_type", "refresh_token",
            "client_id", spokes.get(spoke, "client-id"),
            "client_secret", spokes.get(spoke, "client-secret"),
            "refresh_token", spokes.get(spoke, "refresh-token"));
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
