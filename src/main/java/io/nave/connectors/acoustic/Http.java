package io.nave.connectors.acoustic;

import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Sends HTTP requests and names what goes wrong as the hub expects it. */
@ApplicationScoped
public class Http {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final SpokeSettings spokes;

  /**
   * @param spokes says how long to wait for an answer
   */
  public Http(SpokeSettings spokes) {
    this.spokes = spokes;
  }

  /**
   * @throws VendorError {@code timeout}, {@code connection} or {@code HTTP <status>}
   */
  <T> T send(String spoke, HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    HttpRequest built = request.timeout(timeout(spoke)).build();
    String what = built.uri().getPath();
    try {
      HttpResponse<T> response = client.send(built, body);
      if (response.statusCode() >= 300) {
        throw new VendorError(
            "HTTP " + response.statusCode(),
            what + " was refused",
            null,
            response.headers().firstValue("Retry-After").orElse(null));
      }
      return response.body();
    } catch (HttpTimeoutException e) {
      throw new VendorError("timeout", what + " did not answer in time", e);
    } catch (IOException e) {
      throw new VendorError("connection", what + " could not be reached", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VendorError("connection", what + " was interrupted", e);
    }
  }

  private Duration timeout(String spoke) {
    return Settings.duration(spokes.get(spoke, "timeout"));
  }
}
