package io.nave.sandbox.s4hana;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.sandbox.SandboxServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class S4HanaSandboxTest {
  static final String SIAN =
      """
      {"BusinessPartnerCategory": "1", "FirstName": "Siân", "LastName": "Llywelyn",
       "BirthDate": "/Date(318384000000)/",
       "to_BusinessPartnerAddress": {"results": [
         {"StreetName": "Heol y Frenhines", "HouseNumber": "1", "CityName": "Caerdydd",
          "PostalCode": "CF10 2GP", "Country": "GB",
          "to_EmailAddress": {"results": [{"EmailAddress": "sian@example.org"}]},
          "to_MobilePhoneNumber": [{"PhoneNumber": "07700 900123"}]}]}}
      """;
  private static final String FULL =
      "?$expand=to_BusinessPartnerAddress/to_EmailAddress,"
          + "to_BusinessPartnerAddress/to_MobilePhoneNumber";

  private final Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private final S4HanaSandbox sandbox = new S4HanaSandbox(clock);
  private final SandboxServer server = SandboxServer.start(sandbox, 0);
  private final ODataClient client = new ODataClient(server.address()).loggedOn();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void refusesAWrongPassword() {
    HttpResponse<String> response =
        client.send("GET", "", "", "authorization", ODataClient.basic("NAVE_COMM", "wrong"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("www-authenticate"))
        .get()
        .asString()
        .contains("Basic");
  }

  @Test
  void refusesAWriteWithoutCsrfTokenOrWithoutItsSession() {
    HttpResponse<String> none =
        new ODataClient(server.address()).send("POST", "A_BusinessPartner", SIAN);
    assertThat(none.statusCode()).isEqualTo(403);
    assertThat(none.headers().firstValue("x-csrf-token")).hasValue("Required");
    sandbox.expireTokens();
    assertThat(client.send("POST", "A_BusinessPartner", SIAN).statusCode()).isEqualTo(403);
    assertThat(client.loggedOn().send("POST", "A_BusinessPartner", SIAN).statusCode())
        .isEqualTo(201);
  }

  @Test
  void describesItself() throws Exception {
    assertThat(client.get("").getJsonArray("EntitySets")).contains("A_BusinessPartner");
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var edmx = client.send("GET", "$metadata", "").body();
    var document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(edmx)));
    assertThat(document.getElementsByTagName("EntityType").getLength()).isEqualTo(7);
  }

  @Test
  void createsAPartnerWithEverythingBelowIt() {
    String id = client.create(SIAN);
    JsonObject partner = client.get("A_BusinessPartner('" + id + "')" + FULL);
    assertThat(partner.getString("BusinessPartnerFullName")).isEqualTo("Siân Llywelyn");
    assertThat(partner.getString("CreationDate")).isEqualTo("/Date(1767312000000)/");
    assertThat(partner.getString("CreationTime")).isEqualTo("PT03H04M05S");
    assertThat(partner.getString("LastChangeDate")).isNull();
    assertThat(partner.getJsonObject("__metadata").getString("etag")).startsWith("W/\"'");
    JsonObject address = results(partner, "to_BusinessPartnerAddress").getJsonObject(0);
    JsonObject email = results(address, "to_EmailAddress").getJsonObject(0);
    assertThat(email.getString("Person")).isEqualTo(partner.getString("PersonNumber"));
    assertThat(email.getBoolean("IsDefaultEmailAddress")).isTrue();
    JsonObject phone = results(address, "to_MobilePhoneNumber").getJsonObject(0);
    assertThat(phone.getString("InternationalPhoneNumber")).isEqualTo("+447700900123");
    assertThat(partner.getJsonObject("to_BusinessPartnerRole").containsKey("__deferred")).isTrue();
  }

  @Test
  void undoesADeepInsertThatIsRefusedInTheMiddle() {
    HttpResponse<String> refused =
        client.send("POST", "A_BusinessPartner", SIAN.replace("sian@example.org", "no address"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(code(refused)).isEqualTo("AM/835");
    assertThat(client.send("GET", "A_BusinessPartner/$count", "").body()).isEqualTo("0");
    assertThat(client.send("GET", "A_BusinessPartnerAddress/$count", "").body()).isEqualTo("0");
  }

  @Test
  void asksForTheEtagAndRefusesAStaleOne() {
    String path = "A_BusinessPartner('" + client.create(SIAN) + "')";
    String etag = client.get(path).getJsonObject("__metadata").getString("etag");
    String change = "{\"LastName\": \"Morgan\"}";
    assertThat(client.send("PATCH", path, change).statusCode()).isEqualTo(428);
    assertThat(client.send("PATCH", path, change, "if-match", etag).statusCode()).isEqualTo(204);
    assertThat(client.send("MERGE", path, change, "if-match", etag).statusCode()).isEqualTo(412);
    HttpResponse<String> tunnelled =
        client.send("POST", path, change, "if-match", "*", "x-http-method", "MERGE");
    assertThat(tunnelled.statusCode()).isEqualTo(204);
    assertThat(client.get(path).getString("BusinessPartnerFullName")).isEqualTo("Siân Morgan");
    assertThat(client.get(path).getString("LastChangeDate")).isEqualTo("/Date(1767312000000)/");
  }

  @Test
  void doesNotMoveTheHeaderWhenOnlyAnEmailChanges() {
    String id = client.create(SIAN);
    String email = emailOf(id);
    HttpResponse<String> patched =
        client.send("PATCH", email, "{\"EmailAddress\": \"new@example.org\"}", "if-match", "*");
    assertThat(patched.statusCode()).isEqualTo(204);
    assertThat(client.get("A_BusinessPartner('" + id + "')").getString("LastChangeDate")).isNull();
    sandbox.addressChangesTouchHeader(true);
    client.send("PATCH", email, "{\"EmailAddress\": \"newer@example.org\"}", "if-match", "*");
    assertThat(client.get("A_BusinessPartner('" + id + "')").getString("LastChangeDate"))
        .isNotNull();
  }

  @Test
  void deletesAnEmailButNeverAPartner() {
    String id = client.create(SIAN);
    assertThat(client.send("DELETE", emailOf(id), "", "if-match", "*").statusCode()).isEqualTo(204);
    HttpResponse<String> refused =
        client.send("DELETE", "A_BusinessPartner('" + id + "')", "", "if-match", "*");
    assertThat(refused.statusCode()).isEqualTo(405);
  }

  @Test
  void deletesAnAddressButTheStandardOneOnlyAsTheLast() {
    String id = client.create(SIAN);
    String second =
        addressPath(
            client.send(
                "POST",
                "A_BusinessPartner('" + id + "')/to_BusinessPartnerAddress",
                "{\"CityName\": \"Bangor\", \"Country\": \"GB\"}"));
    JsonObject standard =
        results(
                client.get(
                    "A_BusinessPartner('" + id + "')" + "?$expand=to_BusinessPartnerAddress"),
                "to_BusinessPartnerAddress")
            .getJsonObject(0);
    String first = standard.getJsonObject("__metadata").getString("uri");
    first = first.substring(first.indexOf("A_BusinessPartnerAddress("));
    assertThat(client.send("DELETE", first, "", "if-match", "*").statusCode()).isEqualTo(400);
    assertThat(client.send("DELETE", second, "", "if-match", "W/\"old\"").statusCode())
        .isEqualTo(412);
    assertThat(client.send("DELETE", second, "", "if-match", "*", "x-csrf-token", "").statusCode())
        .isEqualTo(403);
    assertThat(client.send("DELETE", second, "", "if-match", "*").statusCode()).isEqualTo(204);
    assertThat(client.send("DELETE", first, "", "if-match", "*").statusCode()).isEqualTo(204);
  }

  private static String addressPath(HttpResponse<String> created) {
    String uri =
        new JsonObject(created.body())
            .getJsonObject("d")
            .getJsonObject("__metadata")
            .getString("uri");
    return uri.substring(uri.indexOf("A_BusinessPartnerAddress("));
  }

  @Test
  void filtersOrdersSelectsAndCounts() {
    client.create(SIAN);
    client.create(SIAN.replace("Llywelyn", "O''Brien").replace("''", "'"));
    client.create("{\"BusinessPartnerCategory\": \"2\", \"OrganizationBPName1\": \"Brenin Cyf\"}");
    assertThat(names("$filter=BusinessPartnerCategory eq '1'&$orderby=LastName desc"))
        .containsExactly("Siân O'Brien", "Siân Llywelyn");
    assertThat(names("$filter=LastName eq 'O''Brien'")).hasSize(1);
    assertThat(names("$filter=startswith(FirstName,'Si') and not (LastName eq 'Llywelyn')"))
        .hasSize(1);
    assertThat(names("$filter=substringof('brenin',tolower(OrganizationBPName1)) eq true"))
        .hasSize(1);
    assertThat(names("$filter=CreationDate ge datetime'2026-01-02T00:00:00'")).hasSize(3);
    assertThat(names("$filter=CreationTime gt time'PT03H04M05S'")).isEmpty();
    assertThat(names("$filter=LastChangeDate ge datetime'2026-01-01T00:00:00'")).isEmpty();
    JsonObject page =
        client.get("A_BusinessPartner?$top=1&$skip=1&$inlinecount=allpages&$select=LastName");
    assertThat(page.getString("__count")).isEqualTo("3");
    assertThat(results(page).getJsonObject(0).fieldNames())
        .containsExactly("__metadata", "LastName");
  }

  @Test
  void pagesOnTheServersSideWithASkipToken() {
    batch(IntStream.range(0, 1500).mapToObj(i -> SIAN.replace("sian@", "sian" + i + "@")).toList());
    JsonObject first = client.get("A_BusinessPartner?$select=BusinessPartner");
    assertThat(results(first)).hasSize(1000);
    String next = first.getString("__next");
    JsonObject second =
        client.get(
            java.net.URI.create(next).getPath() + "?" + java.net.URI.create(next).getQuery());
    assertThat(results(second)).hasSize(500);
    assertThat(second.containsKey("__next")).isFalse();
  }

  @Test
  void keepsAChangesetWholeOrNotAtAll() {
    HttpResponse<String> answer =
        batch(java.util.List.of(SIAN, SIAN.replace("\"Country\": \"GB\"", "\"Country\": \"QQ\"")));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("HTTP/1.1 400 Bad Request").contains("AM/101");
    assertThat(client.send("GET", "A_BusinessPartner/$count", "").body()).isEqualTo("0");
  }

  @Test
  void answersQueriesInABatch() {
    String id = client.create(SIAN);
    String body =
        "--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "GET A_BusinessPartner('"
            + id
            + "')?$select=LastName HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";
    HttpResponse<String> answer =
        client.send("POST", "$batch", body, "content-type", "multipart/mixed; boundary=b");
    assertThat(answer.body()).contains("HTTP/1.1 200 OK").contains("\"LastName\":\"Llywelyn\"");
  }

  @Test
  void wordsErrorsInJsonAndInXml() {
    HttpResponse<String> json = client.send("GET", "A_BusinessPartner('77')", "");
    assertThat(json.statusCode()).isEqualTo(404);
    assertThat(code(json)).isEqualTo("/IWBEP/CM_MGW_RT/020");
    HttpResponse<String> xml =
        client.send("GET", "A_BusinessPartner('77')", "", "accept", "application/xml");
    assertThat(xml.body()).contains("<code>/IWBEP/CM_MGW_RT/020</code>");
    assertThat(client.send("GET", "A_Nothing", "").statusCode()).isEqualTo(404);
    assertThat(client.send("GET", "A_BusinessPartner?$filter=Nme eq 'x'", "").statusCode())
        .isEqualTo(400);
    assertThat(client.send("GET", "A_BusinessPartner?$expand=to_Nothing", "").statusCode())
        .isEqualTo(400);
    assertThat(client.send("POST", "A_BusinessPartner", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatTheSystemWouldRefuse() {
    assertThat(create("{\"FirstName\": \"Only\"}")).isEqualTo("R1/233");
    assertThat(create("{\"BusinessPartnerCategory\": \"1\"}")).isEqualTo("R1/005");
    String tooLong = "x".repeat(41);
    assertThat(create("{\"BusinessPartnerCategory\": \"1\", \"LastName\": \"" + tooLong + "\"}"))
        .isEqualTo("/IWFND/CM_MGW/096");
    assertThat(create("{\"BusinessPartnerCategory\": \"1\", \"Surname\": \"X\"}"))
        .isEqualTo("/IWFND/CM_MGW/003");
  }

  @Test
  void speaksAtomToClientsThatDoNotAskForJson() {
    String id = client.create(SIAN);
    HttpResponse<String> atom =
        client.send("GET", "A_BusinessPartner('" + id + "')" + FULL, "", "accept", "*/*");
    assertThat(atom.headers().firstValue("content-type")).get().asString().contains("atom+xml");
    assertThat(atom.body())
        .contains("<d:LastName>Llywelyn</d:LastName>")
        .contains("<d:EmailAddress>sian@example.org</d:EmailAddress>");
  }

  @Test
  void tableEditsAreLikeApiEdits() {
    var table = sandbox.records();
    String id = table.add(java.util.Map.of("LastName", "Jones", "EmailAddress", "j@example.org"));
    table.edit(id, java.util.Map.of("EmailAddress", "k@example.org", "CityName", "Cardiff"));
    assertThat(table.rows("k@example.org", 0, 10)).hasSize(1);
    JsonObject partner = client.get("A_BusinessPartner('" + id + "')" + FULL);
    JsonObject address = results(partner, "to_BusinessPartnerAddress").getJsonObject(0);
    assertThat(address.getString("CityName")).isEqualTo("Cardiff");
    table.delete(id);
    assertThat(client.get("A_BusinessPartner('" + id + "')").getBoolean("IsMarkedForArchiving"))
        .isTrue();
    assertThat(table.unsubscribe(id)).isFalse();
  }

  @Test
  void theTableShowsTheDefaultNumberAndAllAddresses() {
    String id =
        client.create(
            """
            {"BusinessPartnerCategory": "1", "LastName": "Jones", "to_BusinessPartnerAddress": [
              {"Country": "GB", "HouseNumber": "1", "StreetName": "Mill Lane", "CityName": "Barry",
               "PostalCode": "CF1 1AA", "to_MobilePhoneNumber": [
                 {"PhoneNumber": "07700 900001", "PhoneNumberType": "3"},
                 {"PhoneNumber": "07700 900002", "PhoneNumberType": "3",
                  "IsDefaultPhoneNumber": true}]},
              {"Country": "GB", "HouseNumber": "2", "StreetName": "High Street",
               "CityName": "Tenby", "PostalCode": "SA1 1AA"}]}
            """);
    var table = sandbox.records();
    var shown = table.row(id).orElseThrow().values();
    assertThat(shown)
        .containsEntry("MobilePhoneNumber", "07700 900002")
        .containsEntry("Addresses", "1 Mill Lane, CF1 1AA Barry; 2 High Street, SA1 1AA Tenby");
    table.edit(id, java.util.Map.of("MobilePhoneNumber", "07700 900003"));
    assertThat(table.row(id).orElseThrow().values())
        .containsEntry("MobilePhoneNumber", "07700 900003");
  }

  private String create(String json) {
    HttpResponse<String> response = client.send("POST", "A_BusinessPartner", json);
    assertThat(response.statusCode()).isEqualTo(400);
    return code(response);
  }

  private String emailOf(String id) {
    JsonObject partner = client.get("A_BusinessPartner('" + id + "')" + FULL);
    JsonObject address = results(partner, "to_BusinessPartnerAddress").getJsonObject(0);
    String uri =
        results(address, "to_EmailAddress")
            .getJsonObject(0)
            .getJsonObject("__metadata")
            .getString("uri");
    return uri.substring(uri.indexOf("A_Address"));
  }

  private java.util.List<String> names(String query) {
    return results(client.get("A_BusinessPartner?" + query)).stream()
        .map(item -> ((JsonObject) item).getString("BusinessPartnerFullName"))
        .toList();
  }

  private HttpResponse<String> batch(java.util.List<String> partners) {
    String changeset =
        partners.stream()
            .map(
                json ->
                    "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
                        + "\r\nPOST A_BusinessPartner HTTP/1.1\r\nContent-Type: application/json\r\n"
                        + "Accept: application/json\r\n\r\n"
                        + json
                        + "\r\n")
            .collect(Collectors.joining());
    String body =
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" + changeset + "--c--\r\n--b--";
    return client.send("POST", "$batch", body, "content-type", "multipart/mixed;boundary=b");
  }

  private static String code(HttpResponse<String> response) {
    return new JsonObject(response.body()).getJsonObject("error").getString("code");
  }

  private static JsonArray results(JsonObject d) {
    return d.getJsonArray("results");
  }

  private static JsonArray results(JsonObject entity, String navigation) {
    return results(entity.getJsonObject(navigation));
  }
}
