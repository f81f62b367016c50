package io.nave.connectors.s4hana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;

/**
 * Calls to {@code API_BUSINESS_PARTNER}. Fetches a CSRF token with its session when one is needed
 * and, once, when the one in hand is refused. Throws {@link VendorError} with {@code HTTP nnn}
 * (followed by SAP's own code where there is one), {@code malformed}, {@code timeout} or {@code
 * connection}.
 */
@ApplicationScoped
class PartnerApi {
  private static final String ROOT = "/sap/opu/odata/sap/API_BUSINESS_PARTNER/";
  private static final JsonMapper JSON = new JsonMapper();

  private final SpokeSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /** A CSRF token and the cookies of the session that it belongs to. */
  private record Session(String token, String cookies) {}

  PartnerApi(SpokeSettings settings) {
    this.settings = settings;
  }

  /** Reads: the content of {@code d}. */
  JsonNode get(String spoke, String path) {
    return content(send(request(spoke, path).GET()));
  }

  /** Reads one entity; a missing node where there is none. */
  JsonNode find(String spoke, String path) {
    HttpResponse<String> response = exchange(request(spoke, path).GET());
    return response.statusCode() == 404 ? MissingNode.getInstance() : content(checked(response));
  }

  /** Creates an entity and returns it. */
  JsonNode post(String spoke, String path, JsonNode body) {
    return content(write(spoke, "POST", path, body.toString(), null));
  }

  void patch(String spoke, String path, JsonNode body, String etag) {
    write(spoke, "PATCH", path, body.toString(), etag);
  }

  void delete(String spoke, String path, String etag) {
    write(spoke, "DELETE", path, null, etag);
  }

  /** A query string of names and values in turn. */
  static String query(String... options) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < options.length; i += 2) {
      String value = URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8);
      query.append(i == 0 ? "?" : "&").append(options[i]).append('=');
      query.append(value.replace("+", "%20"));
    }
    return query.toString();
  }

  /** A text literal for a filter or a key. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The path of a partner. */
  static String partner(String number) {
    String key = URLEncoder.encode(literal(number), StandardCharsets.UTF_8);
    return "A_BusinessPartner(" + key.replace("+", "%20") + ")";
  }

  private HttpResponse<String> write(
      String spoke, String method, String path, String body, String etag) {
    Session session = sessions.computeIfAbsent(spoke, this::open);
    HttpResponse<String> first = exchange(write(spoke, session, method, path, body, etag));
    boolean refused =
        first.statusCode() == 403
            && first.headers().firstValue("x-csrf-token").orElse("").equalsIgnoreCase("required");
    if (!refused) {
      return checked(first);
    }
    sessions.remove(spoke, session);
    Session fresh = sessions.computeIfAbsent(spoke, this::open);
    return send(write(spoke, fresh, method, path, body, etag));
  }

  private HttpRequest.Builder write(
      String spoke, Session session, String method, String path, String body, String etag) {
    HttpRequest.Builder request =
        request(spoke, path)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", session.token());
    if (!session.cookies().isEmpty()) {
      request.header("Cookie", session.cookies());
    }
    return etag == null ? request : request.header("If-Match", etag);
  }

  private Session open(String spoke) {
    HttpResponse<String> response = send(request(spoke, "").header("X-CSRF-Token", "Fetch").GET());
    String token =
        response
            .headers()
            .firstValue("x-csrf-token")
            .orElseThrow(() -> new VendorError("malformed", "no CSRF token in the answer"));
    String cookies =
        response.headers().allValues("set-cookie").stream()
            .map(cookie -> cookie.split(";", 2)[0])
            .collect(Collectors.joining("; "));
    return new Session(token, cookies);
  }

  private HttpRequest.Builder request(String spoke, String path) {
    String pair = settings.get(spoke, "user") + ":" + settings.get(spoke, "password");
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    String base = settings.get(spoke, "url").replaceAll("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + ROOT + path))
        .timeout(Duration.ofMillis(TimeUtils.toMilliSeconds(settings.get(spoke, "timeout"))))
        .header("Authorization", "Basic " + basic)
        .header("Accept", "application/json")
        .header("Accept-Language", "en");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return checked(exchange(request));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (HttpTimeoutException e) {
      throw new VendorError("timeout", "no answer in time", e);
    } catch (IOException e) {
      throw new VendorError("connection", e.getClass().getSimpleName(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorError("connection", "interrupted", e);
    }
  }

  private static HttpResponse<String> checked(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
    return response;
  }

  private static VendorError refusal(HttpResponse<String> response) {
    String code = "HTTP " + response.statusCode();
    String retryAfter = response.headers().firstValue("Retry-After").orElse(null);
    try {
      JsonNode error = JSON.readTree(response.body()).path("error");
      String own = error.path("code").asText();
      code = own.isEmpty() ? code : code + " " + own;
      return new VendorError(code, words(error), null, retryAfter);
    } catch (JsonProcessingException e) {
      return new VendorError(code, "refused without an OData error", null, retryAfter);
    }
  }

  /** SAP's message without what it quotes, which may be personal. */
  private static String words(JsonNode error) {
    return error.at("/message/value").asText("refused").replaceAll("'[^']*'|\"[^\"]*\"", "…");
  }

  private static JsonNode content(HttpResponse<String> response) {
    try {
      JsonNode body = JSON.readTree(response.body());
      if (body.has("error")) {
        String code = body.at("/error/code").asText();
        throw new VendorError("HTTP 200 " + code, words(body.path("error")));
      }
      if (!body.path("d").isObject()) {
        throw new VendorError("malformed", "no d in the answer");
      }
      return body.path("d");
    } catch (JsonProcessingException e) {
      throw new VendorError("malformed", "the answer is no JSON");
    }
  }
}
