package io.nave.sandbox.acoustic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain HTTP client of Acoustic's XML API, for tests. */
public final class AcousticClient {
  public static final String LIST = "<LIST_ID>85628</LIST_ID>";
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private String token;

  public AcousticClient(URI address) {
    this.address = address;
  }

  /** A column element. */
  public static String column(String name, String value) {
    return "<COLUMN><NAME>%s</NAME><VALUE><![CDATA[%s]]></VALUE></COLUMN>".formatted(name, value);
  }

  /** The text of the first element of that name. */
  public static String text(String xml, String element) {
    Matcher matcher =
        Pattern.compile("<%s>(.*?)</%s>".formatted(element, element), Pattern.DOTALL).matcher(xml);
    return matcher.find() ? matcher.group(1).strip() : null;
  }

  public HttpResponse<String> token(String refreshToken) {
    String form =
        "grant_type=refresh_token&client_id=%s&client_secret=%s&refresh_token=%s"
            .formatted(Sessions.CLIENT_ID, Sessions.CLIENT_SECRET, refreshToken);
    return send("/oauth/token", form, "application/x-www-form-urlencoded", null);
  }

  /** Sends a command with an access token of its own and returns the answer's XML. */
  public String call(String command) {
    if (token == null) {
      token = token(Sessions.REFRESH_TOKEN).body().split("\"")[3];
    }
    return send("/XMLAPI", envelope(command), "text/xml;charset=UTF-8", token).body();
  }

  public String callAsForm(String command) {
    call("<GetLists/>");
    String form = "xml=" + URLEncoder.encode(envelope(command), StandardCharsets.UTF_8);
    return send("/XMLAPI", form, "application/x-www-form-urlencoded", token).body();
  }

  public HttpResponse<String> callWith(String token, String path, String body) {
    return send(path, body, "text/xml;charset=UTF-8", token);
  }

  public CompletableFuture<String> callLater(String command) {
    return http.sendAsync(
            request("/XMLAPI", envelope(command), "text/xml", token), BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  public static String envelope(String command) {
    return "<?xml version=\"1.0\"?><Envelope><Body>" + command + "</Body></Envelope>";
  }

  /** Adds a contact and returns its id. */
  public String add(String email, String... columns) {
    String all = column("EMAIL", email) + String.join("", columns);
    String answer =
        call("<AddRecipient>" + LIST + "<CREATED_FROM>1</CREATED_FROM>" + all + "</AddRecipient>");
    assertThat(text(answer, "SUCCESS")).as(answer).isEqualTo("TRUE");
    return text(answer, "RecipientId");
  }

  public String select(String email) {
    return call(
        "<SelectRecipientData>" + LIST + "<EMAIL>" + email + "</EMAIL></SelectRecipientData>");
  }

  /** The value of a column in an answer of {@link #select}. */
  public static String value(String select, String column) {
    Matcher matcher =
        Pattern.compile("<NAME>%s</NAME>\\s*<VALUE>(.*?)</VALUE>".formatted(column), Pattern.DOTALL)
            .matcher(select);
    return matcher.find() ? matcher.group(1) : null;
  }

  public void upload(String path, String content) {
    HttpRequest put =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .PUT(BodyPublishers.ofString(content))
            .build();
    assertThat(http.sendAsync(put, BodyHandlers.discarding()).join().statusCode()).isEqualTo(201);
  }

  /** A page of the sandbox. */
  public String get(String path) {
    return http.sendAsync(
            HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString())
        .join()
        .body();
  }

  /** Waits until the job of an answer is complete and returns its last status. */
  public String finished(String answer) {
    String job = "<GetJobStatus><JOB_ID>" + text(answer, "JOB_ID") + "</JOB_ID></GetJobStatus>";
    return await().until(() -> call(job), status -> "COMPLETE".equals(text(status, "JOB_STATUS")));
  }

  /** Waits for the job of an export's answer and returns its file. */
  public byte[] file(String answer) {
    finished(answer);
    String path = text(answer, "FILE_PATH").replace(" ", "%20");
    HttpRequest get =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<byte[]> file = http.sendAsync(get, BodyHandlers.ofByteArray()).join();
    assertThat(file.statusCode()).isEqualTo(200);
    return file.body();
  }

  private HttpResponse<String> send(String path, String body, String type, String bearer) {
    return http.sendAsync(request(path, body, type, bearer), BodyHandlers.ofString()).join();
  }

  private HttpRequest request(String path, String body, String type, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body));
    return (bearer == null ? request : request.header("Authorization", "Bearer " + bearer)).build();
  }
}
