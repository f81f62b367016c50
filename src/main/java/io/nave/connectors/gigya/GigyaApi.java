package io.nave.connectors.gigya;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signed calls of the vendor's methods. An answer with an {@code errorCode}, which comes with HTTP
 * 200, is a {@link VendorError} with that code; {@value #UNKNOWN_UID} where an account is gone.
 * When the vendor finds the request's time expired, the clock is corrected by its {@code Date} and
 * the call is made once more.
 */
@ApplicationScoped
public class GigyaApi {
  /**
   * The code for a UID without an account, which the vendor does not tell from a wrong user key.
   */
  static final String UNKNOWN_UID = "unknown UID";

  /** Another account has this login identifier. */
  static final String TAKEN = "400003";

  private static final Set<String> ENVELOPE =
      Set.of(
          "callId",
          "errorCode",
          "apiVersion",
          "statusCode",
          "statusReason",
          "time",
          "signatureTimestamp",
          "UIDSignature");
  private static final String INCLUDE =
      "profile,data,subscriptions,preferences,emails,loginIDs,regSource";
  private static final String EXPIRED = "403002";
  private static final String UNAUTHORIZED_USER = "403005";
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final JsonMapper JSON = new JsonMapper();

  private final SpokeSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Duration> clockErrors = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  @Inject
  GigyaApi(SpokeSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Calls a method.
   *
   * @param parameters texts, or what is sent as JSON
   * @return the vendor's answer
   * @throws VendorError when the vendor refuses, cannot be reached or does not answer in JSON
   */
  Map<String, Object> call(String spoke, String method, Map<String, ?> parameters) {
    try {
      return tryCall(spoke, method, parameters);
    } catch (VendorError e) {
      if (e.code().equals(EXPIRED)) return tryCall(spoke, method, parameters);
      if (e.code().equals(UNAUTHORIZED_USER) && parameters.containsKey("UID")) {
        refuseBadCredentials(spoke);
        throw new VendorError(UNKNOWN_UID, method + ": no such account", e);
      }
      throw e;
    }
  }

  /** The account as it is now; empty where the vendor does not know it. */
  Optional<Map<String, Object>> account(String spoke, String uid) {
    try {
      var answer = call(spoke, "accounts.getAccountInfo", Map.of("UID", uid, "include", INCLUDE));
      answer.keySet().removeAll(ENVELOPE);
      return Optional.of(answer);
    } catch (VendorError e) {
      if (!e.code().equals(UNKNOWN_UID)) throw e;
      return Optional.empty();
    }
  }

  /** A call that only wrong credentials can fail. */
  private void refuseBadCredentials(String spoke) {
    tryCall(spoke, "accounts.search", Map.of("query", "SELECT UID FROM accounts LIMIT 1"));
  }

  private Map<String, Object> tryCall(String spoke, String method, Map<String, ?> parameters) {
    var url = URI.create(settings.get(spoke, "url").replaceAll("/+$", "") + "/" + method);
    var response = send(spoke, method, request(spoke, url, parameters));
    if (response.statusCode() != 200)
      throw new VendorError(
          "HTTP " + response.statusCode(),
          method + ": no answer",
          null,
          response.headers().firstValue("Retry-After").orElse(null));
    var answer = read(method, response.body());
    if (!(answer.get("errorCode") instanceof Integer code))
      throw new VendorError("malformed", method + ": an answer without errorCode");
    if (code == 0) return answer;
    if (code.toString().equals(EXPIRED)) correctClock(spoke, response);
    throw new VendorError(code.toString(), method + ": " + reason(answer));
  }

  private HttpRequest request(String spoke, URI url, Map<String, ?> parameters) {
    var form = new TreeMap<String, String>();
    parameters.forEach((name, value) -> form.put(name, text(value)));
    form.put("apiKey", settings.get(spoke, "api-key"));
    form.put("userKey", settings.get(spoke, "user-key"));
    form.put("format", "json");
    form.put("httpStatusCodes", "false");
    form.put("timestamp", String.valueOf(now(spoke).getEpochSecond()));
    form.put("nonce", nonce());
    form.put("sig", GigyaSignature.of(settings.get(spoke, "secret"), url, form));
    return HttpRequest.newBuilder(url)
        .timeout(Duration.parse("PT" + settings.get(spoke, "timeout")))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(GigyaSignature.form(form)))
        .build();
  }

  private HttpResponse<String> send(String spoke, String method, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      throw new VendorError("timeout", method + " at " + spoke, e);
    } catch (IOException e) {
      throw new VendorError("connection", method + " at " + spoke, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorError("connection", method + " at " + spoke + ": interrupted", e);
    }
  }

  private static Map<String, Object> read(String method, String body) {
    try {
      return JSON.readValue(body, MAP);
    } catch (JsonProcessingException e) {
      throw new VendorError("malformed", method + ": an answer that is no JSON object");
    }
  }

  /** The vendor's words and the names of the fields: its details may quote what was sent. */
  private static String reason(Map<String, Object> answer) {
    var fields =
        answer.get("validationErrors") instanceof List<?> errors
            ? errors.stream()
                .map(error -> error instanceof Map<?, ?> map ? map.get("fieldName") : null)
                .toList()
            : "";
    return answer.get("errorMessage") + " " + fields;
  }

  private void correctClock(String spoke, HttpResponse<String> response) {
    response
        .headers()
        .firstValue("Date")
        .ifPresent(
            date -> {
              try {
                var theirs = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
                clockErrors.put(spoke, Duration.between(clock.instant(), theirs));
              } catch (DateTimeException e) {
                throw new VendorError("malformed", "Date header: no date", e);
              }
            });
  }

  /** The vendor's time, as far as it is known. */
  Instant now(String spoke) {
    return clock.instant().plus(clockErrors.getOrDefault(spoke, Duration.ZERO));
  }

  private String nonce() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String text(Object value) {
    if (value instanceof String text) return text;
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("parameter: no JSON (expected: maps, lists, values)", e);
    }
  }
}
