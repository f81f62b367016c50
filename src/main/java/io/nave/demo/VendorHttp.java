package io.nave.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** HTTP to one vendor's system. Safe to use from several threads. */
final class VendorHttp {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String vendor;
  private final String base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  VendorHttp(String vendor, String base) {
    this.vendor = vendor;
    this.base = base.replaceAll("/+$", "");
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
  }

  /**
   * The answer, which has to be a success.
   *
   * @throws IllegalStateException with the vendor's words
   */
  HttpResponse<String> send(HttpRequest request) throws InterruptedException {
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw refusal(response.statusCode() + " " + response.body());
      }
      return response;
    } catch (IOException broken) {
      throw new IllegalStateException(
          vendor + ": " + base + " does not answer (expected: a running system)", broken);
    }
  }

  /** What to throw when the vendor says no. */
  IllegalStateException refusal(String words) {
    var some = words.length() > 500 ? words.substring(0, 500) : words;
    return new IllegalStateException(vendor + ": refused a record (expected: success): " + some);
  }

  /** The body of a form. */
  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
