package io.nave.api;

import static io.nave.api.HubIT.customerOf;
import static io.nave.api.HubIT.person;
import static io.nave.api.HubIT.post;
import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nave.EmbeddedServices;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Ask before you send, by HTTP. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class AskApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource URL hub;

  private static String observe(String state) {
    var id = "ask-" + UUID.randomUUID();
    var rest = ", \"emails\": [{\"value\": \"%s@ask.example\"}]".formatted(id);
    var said =
        person("crm", id, "2026-01-01T00:00:00Z", id, rest).strip().replaceFirst("}$", "")
            + """
              , "consents": [{"purpose": "marketing", "channel": "email", "state": "%s",
              "decidedAt": "2026-05-03T10:00:00Z", "evidence": {"actor": "customer"}}]}
              """
                .formatted(state);
    post(said, 1);
    return id;
  }

  private static ValidatableResponse get(String customer, String query) {
    return given().get("/api/customers/" + customer + query).then();
  }

  private static String line(String id) {
    return "{\"email\": \"%s@ask.example\", \"purpose\": \"marketing\", \"channel\": \"email\"}"
        .formatted(id);
  }

  private static RequestSpecification ndjson() {
    var text = encoderConfig().encodeContentTypeAs("application/x-ndjson", ContentType.TEXT);
    return given().config(RestAssured.config().encoderConfig(text));
  }

  private static List<JsonNode> lines(String query, String body) throws IOException {
    var text =
        ndjson()
            .contentType("application/x-ndjson")
            .body(body)
            .post("/api/decisions" + query)
            .then()
            .statusCode(200)
            .contentType(startsWith("application/x-ndjson"))
            .extract()
            .asString();
    var nodes = new java.util.ArrayList<JsonNode>();
    for (var one : text.lines().toList()) {
      nodes.add(JSON.readTree(one));
    }
    return nodes;
  }

  @Test
  void answersWithReasonCodeAndEntry() {
    var id = customerOf("crm", observe("withdrawn"));
    get(id, "/decision?purpose=marketing&channel=email&topic=offers")
        .statusCode(200)
        .body("customerId", is(id))
        .body("allowed", is(false))
        .body("code", is("withdrawn"))
        .body("reason", is("withdrawn: the customer's latest act"))
        .body("state", is("withdrawn"))
        .body("decidedAt", is("2026-05-03T10:00:00Z"))
        .body("law", is("ePrivacy"))
        .body("topic", is("offers"))
        .body("entry.id", notNullValue())
        .body("entry.spoke", is("crm"));
    get(id, "/decision?purpose=service&channel=email")
        .body("allowed", is(true))
        .body("code", is("legal-basis"))
        .body("entry", nullValue());
    get(UUID.randomUUID().toString(), "/decision?purpose=service&channel=email")
        .statusCode(200)
        .body("allowed", is(false))
        .body("code", is("unknown-customer"));
    get(id, "/consents").statusCode(200).body("consents[0].state", is("withdrawn"));
    get(id, "/consents?asOf=2020-01-01T00:00:00Z").statusCode(404);
    get(id, "/consents?asOf=" + Instant.now()).body("consents[0].entry", notNullValue());
  }

  @Test
  void refusesWhatCannotBeAskedAndSaysWhere() {
    var id = UUID.randomUUID().toString();
    var mail = "/decision?purpose=marketing&channel=email";
    get("7", mail).statusCode(400).body("detail", containsString("expected: a UUID"));
    get(id, "/decision?channel=email").statusCode(400).body("detail", startsWith("purpose: null"));
    get(id, "/decision?purpose=marketing&channel=fax")
        .statusCode(400)
        .body("detail", startsWith("channel: fax (expected: one of "));
    get(id, "/decision?purpose=marketing&channel=any")
        .statusCode(400)
        .body("detail", startsWith("channel: any (expected: one of [email"));
    get(id, mail + "&topic=weather").statusCode(400).body("detail", startsWith("topic: weather"));
    get(id, mail + "&asOf=soon").statusCode(400).body("detail", startsWith("asOf: soon"));
    for (var path : List.of(mail + "&asOf=", "/consents?asOf=")) {
      get(id, path + "2999-01-01T00:00:00Z")
          .statusCode(400)
          .body("detail", containsString("expected: not after now"));
    }
    for (var body : List.of("{}", "[]", "[" + "1,".repeat(10_000) + "1]", "[")) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/api/decisions")
          .then()
          .statusCode(400);
    }
    ndjson()
        .contentType("application/x-ndjson")
        .body("{}")
        .post("/api/decisions?asOf=2999-01-01T00:00:00Z")
        .then()
        .statusCode(400);
  }

  @Test
  void answersAnArrayInItsOrder() {
    var yes = observe("granted");
    var no = observe("denied");
    given()
        .contentType("application/json")
        .body("[" + line(no) + ",{\"phone\": 7}," + line(yes) + "]")
        .post("/api/decisions")
        .then()
        .statusCode(200)
        .body("code", is(java.util.Arrays.asList("denied", null, "granted")))
        .body("line", is(List.of(1, 2, 3)))
        .body("[1].errors.pointer", is(List.of("/phone", "/purpose")))
        .body("[1].errors.message[0]", is("/phone: number (expected: a text)"));
  }

  @Test
  void answersEachLineOfAListAndItsMistakesInOrder() throws IOException {
    var yes = observe("granted");
    var id = customerOf("crm", yes);
    var body =
        String.join(
            "\n",
            line(yes),
            "{",
            "",
            "{\"customerId\": \"" + id + "\"}",
            "{\"record\": {\"spoke\": \"crm\", \"recordId\": \"" + yes + "\"}, \"topic\": \"x\"}",
            "{\"email\": \"a@b.example\", \"phone\": \"1\"}",
            "{\"email\": \"" + "x".repeat(20_000) + "\"}",
            "7",
            line("nobody"));
    var answers = lines("?purpose=marketing&channel=email", body);
    assertThat(answers)
        .extracting(a -> a.path("line").asInt())
        .containsExactly(1, 2, 4, 5, 6, 7, 8, 9);
    assertThat(answers)
        .extracting(a -> a.path("code").asText(a.path("errors").path(0).path("message").asText()))
        .satisfiesExactly(
            a -> assertThat(a).isEqualTo("granted"),
            a -> assertThat(a).matches("column \\d: no JSON \\(expected: an object\\)"),
            a -> assertThat(a).isEqualTo("granted"),
            a -> assertThat(a).startsWith("/topic: x (expected: one of [newsletter"),
            a -> assertThat(a).contains("email and phone (expected: one of customerId"),
            a -> assertThat(a).isEqualTo("line: too long (expected: at most 16384 bytes)"),
            a -> assertThat(a).contains("number (expected: an object)"),
            a -> assertThat(a).isEqualTo("unknown-customer"));
  }

  @Test
  void answersMoreThanAPageWithoutLosingTheOrder() throws IOException {
    var yes = observe("granted");
    var body =
        IntStream.range(0, 2500)
            .mapToObj(i -> line(i % 7 == 0 ? yes : "n" + i))
            .collect(Collectors.joining("\n"));
    var answers = lines("", body);
    assertThat(answers).hasSize(2500);
    for (int i = 0; i < 2500; i++) {
      assertThat(answers.get(i).path("line").asInt()).isEqualTo(i + 1);
      assertThat(answers.get(i).path("allowed").asBoolean()).isEqualTo(i % 7 == 0);
    }
  }

  /** Answers come while the list is still being sent: so no memory grows with its length. */
  @Test
  void answersAPageBeforeTheListHasEnded() throws IOException {
    var yes = observe("granted");
    try (var socket = new Socket("127.0.0.1", hub.getPort())) {
      socket.setSoTimeout(30_000);
      var out = socket.getOutputStream();
      out.write(
          ("POST /api/decisions HTTP/1.1\r\nHost: hub\r\nContent-Type: application/x-ndjson\r\n"
                  + "Transfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      var page = (line(yes) + "\n").repeat(1000);
      out.write(
          (Integer.toHexString(page.length()) + "\r\n" + page + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String read;
      do {
        read = in.readLine();
      } while (!read.contains("\"line\":1000"));
      assertThat(read).contains("\"allowed\":true");
    }
  }

  @Test
  void givesSignedReceiptsWithTheKeysToCheckThem() throws Exception {
    var record = observe("granted");
    var id = customerOf("crm", record);
    int entry = get(id, "/consents").extract().path("consents[0].entry");
    var path = "/consents/" + entry + "/receipt";
    await().atMost(20, SECONDS).untilAsserted(() -> get(id, path).statusCode(200));
    get(id, path).body("receipt.'@type'", is("dpv:ConsentReceipt")).body("jws", notNullValue());
    var jws =
        given()
            .accept("application/jose")
            .get("/api/customers/" + id + path)
            .then()
            .contentType(startsWith("application/jose"))
            .extract()
            .asString();
    assertThat(isGood(jws)).isTrue();
    get(id, "/decision?purpose=marketing&channel=email").body("entry.hash", notNullValue());
    get(id, "/consents/0/receipt").statusCode(404);
    get(id, "/consents/x/receipt").statusCode(400);
    get("x", path).statusCode(400);
    given()
        .contentType("application/json")
        .body("{\"reason\": \"request 17\"}")
        .post("/api/customers/" + id + "/consent-erasure")
        .then()
        .statusCode(200);
    get(id, path).statusCode(410).body("detail", containsString("erased on request"));
  }

  /** As anybody can check it with the published keys alone. */
  private static boolean isGood(String jws) throws GeneralSecurityException, IOException {
    var parts = jws.split("\\.");
    var from = Base64.getUrlDecoder();
    var kid = JSON.readTree(from.decode(parts[0])).path("kid").asText();
    String x =
        given()
            .get("/.well-known/jwks.json")
            .then()
            .statusCode(200)
            .body("keys[0].kty", is("OKP"))
            .body("keys[0].crv", is("Ed25519"))
            .extract()
            .path("keys.find { it.kid == '" + kid + "' }.x");
    var prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    var key = ByteBuffer.allocate(44).put(prefix).put(from.decode(x)).array();
    var check = Signature.getInstance("Ed25519");
    check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
    check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return check.verify(from.decode(parts[2]));
  }

  @Test
  void documentsItself() {
    var paths = given().accept("application/json").get("/q/openapi?format=json").jsonPath();
    Map<String, Object> all = paths.getMap("paths");
    assertThat(all)
        .containsKeys(
            "/api/decisions",
            "/api/customers/{id}/decision",
            "/api/customers/{id}/consents",
            "/api/customers/{id}/consents/{entry}/receipt",
            "/.well-known/jwks.json");
  }
}
