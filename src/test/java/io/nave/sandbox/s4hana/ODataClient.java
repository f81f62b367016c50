package io.nave.sandbox.s4hana;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Plain HTTP requests to the business partner service, as a communication user. */
public final class ODataClient {
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final URI root;
  private String token;

  public ODataClient(URI server) {
    root = URI.create(server + S4HanaSandbox.ROOT + "/");
  }

  /** Fetches the CSRF token that writes need. */
  public ODataClient loggedOn() {
    token =
        send("GET", "", "", "x-csrf-token", "Fetch")
            .headers()
            .firstValue("x-csrf-token")
            .orElseThrow();
    return this;
  }

  public JsonObject get(String path) {
    HttpResponse<String> response = send("GET", path, "");
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body()).getJsonObject("d");
  }

  /** Creates a partner and returns its number. */
  public String create(String json) {
    HttpResponse<String> response = send("POST", "A_BusinessPartner", json);
    if (response.statusCode() != 201) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return new JsonObject(response.body()).getJsonObject("d").getString("BusinessPartner");
  }

  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(encoded(path)))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .setHeader("authorization", basic(Partners.USER, S4HanaSandbox.PASSWORD))
            .setHeader("accept", "application/json")
            .setHeader("content-type", "application/json");
    if (token != null) {
      request.setHeader("x-csrf-token", token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static String encoded(String path) {
    int query = path.indexOf('?');
    if (query < 0) {
      return path.replace(" ", "%20");
    }
    StringBuilder url = new StringBuilder(path.substring(0, query));
    String separator = "?";
    for (String pair : path.substring(query + 1).split("&")) {
      String[] part = pair.split("=", 2);
      url.append(separator).append(part[0]).append('=');
      url.append(URLEncoder.encode(part[1], StandardCharsets.UTF_8));
      separator = "&";
    }
    return url.toString();
  }
}
