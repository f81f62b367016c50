package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls a Gigya site as its administrator does, with the user key's secret. */
public final class GigyaCaller {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> settings;

  public GigyaCaller(Map<String, String> settings) {
    this.settings = settings;
  }

  /** The answer to a call with these parameters: name, value, name, value … */
  public JsonObject call(String method, Object... parameters) {
    return new JsonObject(post(method, withSecret(params(parameters)), null).body());
  }

  TreeMap<String, String> params(Object... parameters) {
    var params = new TreeMap<String, String>();
    params.put("apiKey", settings.get("api-key"));
    for (var i = 0; i < parameters.length; i += 2)
      params.put(parameters[i].toString(), parameters[i + 1].toString());
    return params;
  }

  TreeMap<String, String> withSecret(TreeMap<String, String> params) {
    params.putIfAbsent("userKey", settings.get("user-key"));
    params.putIfAbsent("secret", settings.get("secret"));
    return params;
  }

  /** Adds timestamp, nonce and signature over an address. */
  TreeMap<String, String> signed(
      TreeMap<String, String> params, String verb, String url, long timestamp) {
    params.put("userKey", settings.get("user-key"));
    params.put("timestamp", String.valueOf(timestamp));
    params.putIfAbsent("nonce", UUID.randomUUID().toString());
    var base = verb + "&" + encode(url) + "&" + encode(form(params));
    params.put("sig", hmac(base));
    return params;
  }

  HttpResponse<String> post(String method, Map<String, String> params, String authorization) {
    var request =
        HttpRequest.newBuilder(URI.create(settings.get("url") + "/" + method))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(params)));
    if (authorization != null) request.header("Authorization", authorization);
    return send(request.build());
  }

  HttpResponse<String> get(String method, Map<String, String> params) {
    var url = URI.create(settings.get("url") + "/" + method + "?" + form(params));
    return send(HttpRequest.newBuilder(url).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String hmac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(settings.get("secret")), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String form(Map<String, String> params) {
    return String.join(
        "&",
        params.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
            .toList());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
