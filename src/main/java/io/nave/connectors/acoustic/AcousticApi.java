package io.nave.connectors.acoustic;

import io.nave.connectors.SpokeSettings;
import io.nave.platform.VendorError;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The XML API and the file area, with an access token that is renewed once when it is refused. */
@ApplicationScoped
public class AcousticApi {
  private static final Set<String> TOKEN_REFUSED = Set.of("HTTP 401", "140", "145");

  private final SpokeSettings spokes;
  private final AccessTokens tokens;
  private final Http http;

  public AcousticApi(SpokeSettings spokes, AccessTokens tokens, Http http) {
    this.spokes = spokes;
    this.tokens = tokens;
    this.http = http;
  }

  /** The database that the spoke's settings name. */
  String list(String spoke) {
    return spokes.get(spoke, "list");
  }

  /** The group of automated messages that the spoke's settings name. */
  String group(String spoke) {
    return spokes.get(spoke, "confirmations");
  }

  /**
   * @throws VendorError with the vendor's error id, or what kept it from answering
   */
  Answer call(String spoke, XmlCommand command) {
    return withToken(spoke, token -> call(spoke, command, token));
  }

  /**
   * Hands a submission to Transact, at the setting {@code transact}.
   *
   * @throws VendorError with what kept the message from being sent
   */
  void submit(String spoke, XmlCommand mailing) {
    String address = spokes.get(spoke, "transact") + "/XTMail";
    withToken(
        spoke,
        token -> {
          Mailing.check(http.send(spoke, post(address, token, mailing.document()), bytes()));
          return null;
        });
  }

  private static BodyHandler<byte[]> bytes() {
    return BodyHandlers.ofByteArray();
  }

  private static HttpRequest.Builder post(String address, String token, String xml) {
    return HttpRequest.newBuilder(URI.create(address))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "text/xml;charset=UTF-8")
        .POST(BodyPublishers.ofString(xml));
  }

  /**
   * Copies a file of the account's file area to a temporary one, for {@link ExportFile}. The
   * setting {@code files} is an HTTP address, or a {@code file:} folder into which the area is
   * mounted.
   */
  Path download(String spoke, String path) {
    String base = spokes.get(spoke, "files");
    Path copy = temporary();
    try {
      if (base.startsWith("file:")) {
        return mounted(base, path, copy);
      }
      return withToken(spoke, token -> get(spoke, base + encoded(path), token, copy));
    } catch (RuntimeException e) {
      discard(copy);
      throw e;
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer call(String spoke, XmlCommand command, String token) {
    HttpRequest.Builder request =
        post(spokes.get(spoke, "url") + "/XMLAPI", token, command.envelope());
    return Answer.read(command.name(), http.send(spoke, request, bytes()));
  }

  private Path get(String spoke, String address, String token, Path copy) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
    return http.send(spoke, request, onlyWhenFound(copy));
  }

  private static BodyHandler<Path> onlyWhenFound(Path copy) {
    return info ->
        info.statusCode() == 200
            ? HttpResponse.BodySubscribers.ofFile(copy)
            : HttpResponse.BodySubscribers.replacing(copy);
  }

  private <T> T withToken(String spoke, Function<String, T> call) {
    String token = tokens.of(spoke);
    try {
      return call.apply(token);
    } catch (VendorError e) {
      if (!TOKEN_REFUSED.contains(e.code())) {
        throw e;
      }
      tokens.refused(spoke, token);
      return call.apply(tokens.of(spoke));
    }
  }

  private static Path mounted(String base, String path, Path copy) {
    Path folder = Path.of(URI.create(base)).normalize();
    Path file = folder.resolve(path.replaceFirst("^/+", "")).normalize();
    if (!file.startsWith(folder)) {
      throw new VendorError("malformed", "FILE_PATH leads out of the file area");
    }
    try (var in = Files.newInputStream(file);
        var out = Files.newOutputStream(copy)) {
      in.transferTo(out);
      return copy;
    } catch (IOException e) {
      throw new VendorError("connection", "the file area could not be read", e);
    }
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static Path temporary() {
    try {
      return Files.createTempFile("nave-acoustic-", ".export");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
