package io.nave.sandbox.salesforce;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Speaks plain HTTP with an org, as any client would. */
public final class SalesforceClient {
  private static final String FORM = "application/x-www-form-urlencoded";
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private String token = "";

  /** What came back. */
  public record Response(int status, String body, java.net.http.HttpHeaders headers) {
    public JsonObject object() {
      return new JsonObject(body);
    }

    public JsonArray array() {
      return new JsonArray(body);
    }

    /** The code of the first error. */
    public String error() {
      return array().getJsonObject(0).getString("errorCode");
    }
  }

  public SalesforceClient(URI address) {
    this.address = address;
  }

  public SalesforceClient login() {
    token =
        token(
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                    .formatted(Logins.CLIENT_ID, Logins.CLIENT_SECRET))
            .object()
            .getString("access_token");
    return this;
  }

  public String session() {
    return token;
  }

  public Response token(String form) {
    return send("POST", "/services/oauth2/token", form, "Content-Type", FORM);
  }

  public Response get(String path) {
    return data("GET", path, null);
  }

  public Response query(String soql) {
    return get("/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8));
  }

  public String create(String type, JsonObject fields) {
    return data("POST", "/sobjects/" + type, fields).object().getString("id");
  }

  /** A call below the API version's address. */
  public Response data(String method, String path, Object body, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = body instanceof String ? "text/csv" : "application/json";
    String text = body == null ? null : body instanceof String csv ? csv : Json.encode(body);
    return send(method, "/services/data/v60.0" + path, text, all);
  }

  public Response send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.setHeader("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Response(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
