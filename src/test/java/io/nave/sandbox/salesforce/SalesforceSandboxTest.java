package io.nave.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.sandbox.SandboxServer;
import io.nave.sandbox.salesforce.SalesforceClient.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SalesforceSandboxTest {
  private final SalesforceSandbox sandbox = new SalesforceSandbox(Clock.systemUTC());
  private SandboxServer server;
  private SalesforceClient client;

  @BeforeEach
  void start() {
    server = SandboxServer.start(sandbox, 0);
    client = new SalesforceClient(server.address()).login();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonObject person(String last) {
    return new JsonObject().put("LastName", last).put("FirstName", "Siân");
  }

  @Test
  void refusesAWrongSecretInTheVendorsShape() {
    Response answer =
        client.token(
            "grant_type=client_credentials&client_id=sandbox-client-id&client_secret=wrong");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.object().getString("error")).isEqualTo("invalid_client");
  }

  @Test
  void grantsTokensForPasswordsRefreshTokensAndSoapLogins() {
    String app = "&client_id=sandbox-client-id&client_secret=sandbox-client-secret";
    Response password =
        client.token(
            "grant_type=password&username=admin%40nave.example&password=sandbox-password" + app);
    Response refresh =
        client.token("grant_type=refresh_token&refresh_token=sandbox-refresh-token" + app);
    Response soap = soapLogin("sandbox-passwordsandbox-token");

    assertThat(password.object().getString("instance_url")).isEqualTo(server.address().toString());
    assertThat(refresh.status()).isEqualTo(200);
    assertThat(soap.body()).containsPattern("<sessionId>00D[^<]+</sessionId>");
  }

  private Response soapLogin(String password) {
    return client.send(
        "POST",
        "/services/Soap/u/60.0",
        "<env:Envelope xmlns:env='http://schemas.xmlsoap.org/soap/envelope/'><env:Body>"
            + "<n1:login xmlns:n1='urn:partner.soap.sforce.com'><n1:username>admin@nave.example"
            + "</n1:username><n1:password>"
            + password
            + "</n1:password></n1:login></env:Body></env:Envelope>",
        "Content-Type",
        "text/xml");
  }

  @Test
  void refusesAWrongPasswordWithASoapFault() {
    Response answer = soapLogin("guess");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("<sf:exceptionCode>INVALID_LOGIN</sf:exceptionCode>");
  }

  @Test
  void answers401WhenTheSessionHasEnded() {
    sandbox.sessionTimeout(Duration.ofSeconds(-1));

    Response answer = client.get("/limits");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.error()).isEqualTo("INVALID_SESSION_ID");
  }

  @Test
  void createsReadsUpdatesAndDeletesARecord() {
    String id = client.create("Contact", person("Llywelyn").put("Email", "sian@example.org"));
    Response update =
        client.data("PATCH", "/sobjects/Contact/" + id, new JsonObject().put("Title", "Buyer"));
    JsonObject read = client.get("/sobjects/Contact/" + id.substring(0, 15)).object();
    Response delete = client.data("DELETE", "/sobjects/Contact/" + id, null);
    Response gone = client.get("/sobjects/Contact/" + id);

    assertThat(id).hasSize(18).startsWith("003");
    assertThat(update.status()).isEqualTo(204);
    assertThat(read.getString("Name")).isEqualTo("Siân Llywelyn");
    assertThat(read.getString("Title")).isEqualTo("Buyer");
    assertThat(read.getBoolean("HasOptedOutOfEmail")).isFalse();
    assertThat(read.getString("CreatedDate")).matches("\\d{4}-.*T.*\\.000\\+0000");
    assertThat(delete.status()).isEqualTo(204);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.error()).isEqualTo("ENTITY_IS_DELETED");
  }

  @Test
  void refusesWhatBreaksTheRulesOfTheObject() {
    assertThat(refusal(new JsonObject().put("FirstName", "A"))).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(refusal(person("B").put("Email", "nobody"))).isEqualTo("INVALID_EMAIL_ADDRESS");
    assertThat(refusal(person("C").put("Nope", 1))).isEqualTo("INVALID_FIELD");
    assertThat(refusal(person("x".repeat(81)))).isEqualTo("STRING_TOO_LONG");
    assertThat(refusal(person("D").put("Birthdate", "3.2.1980"))).isEqualTo("JSON_PARSER_ERROR");
    assertThat(refusal(person("E").put("AccountId", "1"))).isEqualTo("MALFORMED_ID");
    assertThat(refusal(person("F").put("CreatedDate", "2020-01-01T00:00:00Z")))
        .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
  }

  private String refusal(JsonObject fields) {
    Response answer = client.data("POST", "/sobjects/Contact", fields);
    assertThat(answer.status()).isEqualTo(400);
    return answer.error();
  }

  @Test
  void refusesADuplicateUnlessTheHeaderAllowsIt() {
    sandbox.duplicateRule(true);
    JsonObject twin = person("Twin").put("Email", "twin@example.org");
    client.create("Contact", twin);

    assertThat(refusal(twin)).isEqualTo("DUPLICATES_DETECTED");
    assertThat(
            client
                .data(
                    "POST",
                    "/sobjects/Contact",
                    twin,
                    "Sforce-Duplicate-Rule-Header",
                    "allowSave=true")
                .status())
        .isEqualTo(201);
  }

  @Test
  void upsertsByExternalId() {
    String path = "/sobjects/Contact/Nave_Id__c/n%2F1";

    Response created = client.data("PATCH", path, person("First"));
    Response updated = client.data("PATCH", path, person("Second"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.object().getBoolean("created")).isTrue();
    assertThat(updated.status()).isEqualTo(200);
    assertThat(client.get(path).object().getString("LastName")).isEqualTo("Second");
    assertThat(refusal(person("Third").put("Nave_Id__c", "n/1"))).isEqualTo("DUPLICATE_VALUE");
  }

  @Test
  void answersQueries() {
    String account = client.create("Account", new JsonObject().put("Name", "Brenin Cyf"));
    client.create("Contact", person("O'Neil").put("AccountId", account).put("Email", "a@x.org"));
    client.create("Contact", person("Müller").put("HasOptedOutOfEmail", true));

    assertThat(names("WHERE LastName LIKE 'o\\'n%'")).containsExactly("O'Neil");
    assertThat(names("WHERE Account.Name = 'brenin cyf'")).containsExactly("O'Neil");
    assertThat(names("WHERE Email = null AND HasOptedOutOfEmail = true")).containsExactly("Müller");
    assertThat(names("WHERE (Email != null OR LastName IN ('Müller')) ORDER BY LastName LIMIT 1"))
        .containsExactly("Müller");
    assertThat(names("WHERE NOT(LastName = 'Müller') AND CreatedDate = TODAY"))
        .containsExactly("O'Neil");
    assertThat(names("WHERE SystemModstamp > 2020-01-01T00:00:00Z ORDER BY Id OFFSET 1"))
        .containsExactly("Müller");
    assertThat(client.query("SELECT COUNT() FROM Contact").object().getInteger("totalSize"))
        .isEqualTo(2);
    assertThat(
            client
                .query(
                    "SELECT HasOptedOutOfEmail, COUNT(Id) n FROM Contact GROUP BY HasOptedOutOfEmail")
                .object()
                .getJsonArray("records"))
        .hasSize(2);
  }

  private java.util.List<String> names(String rest) {
    JsonArray records =
        client
            .query("SELECT LastName, Account.Name FROM Contact " + rest)
            .object()
            .getJsonArray("records");
    return records.stream().map(r -> ((JsonObject) r).getString("LastName")).toList();
  }

  @Test
  void refusesAQueryItCannotRead() {
    assertThat(client.query("SELECT Id FROM Contact WHERE").error()).isEqualTo("MALFORMED_QUERY");
    assertThat(client.query("SELECT Nope FROM Contact").error()).isEqualTo("INVALID_FIELD");
    assertThat(client.query("SELECT Id FROM Nothing").error()).isEqualTo("INVALID_TYPE");
    assertThat(client.query("SELECT Id FROM Contact WHERE LastName = 1").error())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void pagesThroughLargeResults() {
    for (int page = 0; page < 3; page++) {
      collection("POST", page * 100, 100);
    }

    JsonObject first =
        client
            .data(
                "GET",
                "/query?q=SELECT+Id+FROM+Contact+ORDER+BY+Id",
                null,
                "Sforce-Query-Options",
                "batchSize=200")
            .object();
    String next = first.getString("nextRecordsUrl");
    JsonObject second = client.send("GET", next, null).object();

    assertThat(first.getInteger("totalSize")).isEqualTo(300);
    assertThat(first.getBoolean("done")).isFalse();
    assertThat(first.getJsonArray("records")).hasSize(200);
    assertThat(second.getJsonArray("records")).hasSize(100);
    assertThat(second.getBoolean("done")).isTrue();
    assertThat(client.send("GET", next.replace("01g", "01h"), null).error())
        .isEqualTo("INVALID_QUERY_LOCATOR");
  }

  private Response collection(String method, int from, int count) {
    JsonArray records = new JsonArray();
    IntStream.range(from, from + count)
        .forEach(
            i ->
                records.add(
                    person("P" + i).put("attributes", new JsonObject().put("type", "Contact"))));
    return client.data(method, "/composite/sobjects", new JsonObject().put("records", records));
  }

  @Test
  void tellsTheErrorOfEachRecordOfACollection() {
    JsonObject type = new JsonObject().put("type", "Contact");
    JsonArray records =
        JsonArray.of(
            person("Good").put("attributes", type), new JsonObject().put("attributes", type));

    JsonArray some =
        client
            .data("POST", "/composite/sobjects", new JsonObject().put("records", records))
            .array();
    JsonArray none =
        client
            .data(
                "POST",
                "/composite/sobjects",
                new JsonObject().put("allOrNone", true).put("records", records))
            .array();

    assertThat(some.getJsonObject(0).getBoolean("success")).isTrue();
    assertThat(
            some.getJsonObject(1).getJsonArray("errors").getJsonObject(0).getString("statusCode"))
        .isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(
            none.getJsonObject(0).getJsonArray("errors").getJsonObject(0).getString("statusCode"))
        .isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assertThat(client.query("SELECT COUNT() FROM Contact").object().getInteger("totalSize"))
        .isEqualTo(1);
    assertThat(collection("POST", 0, 201).error()).isEqualTo("EXCEEDED_ID_LIMIT");
  }

  @Test
  void resolvesReferencesInACompositeRequestAndUndoesItAsAWhole() {
    JsonObject account = part("POST", "Account", "acc", new JsonObject().put("Name", "Acme"));
    JsonObject contact =
        part("POST", "Contact", "con", person("Roe").put("AccountId", "@{acc.id}"));
    JsonObject bad = part("POST", "Contact", "bad", new JsonObject());

    JsonArray good = composite(account, contact);
    JsonArray undone = composite(account, bad);

    assertThat(good.getJsonObject(1).getInteger("httpStatusCode")).isEqualTo(201);
    assertThat(names("WHERE Account.Name = 'Acme'")).containsExactly("Roe");
    assertThat(undone.getJsonObject(0).encode()).contains("PROCESSING_HALTED");
    assertThat(client.query("SELECT COUNT() FROM Account").object().getInteger("totalSize"))
        .isEqualTo(1);
  }

  private static JsonObject part(String method, String type, String reference, JsonObject body) {
    return new JsonObject()
        .put("method", method)
        .put("url", "/services/data/v60.0/sobjects/" + type)
        .put("referenceId", reference)
        .put("body", body);
  }

  private JsonArray composite(JsonObject... parts) {
    JsonObject body =
        new JsonObject()
            .put("allOrNone", true)
            .put("compositeRequest", JsonArray.of((Object[]) parts));
    return client.data("POST", "/composite", body).object().getJsonArray("compositeResponse");
  }

  @Test
  void createsATreeOfRecords() {
    JsonObject contact =
        person("Leaf")
            .put("attributes", new JsonObject().put("type", "Contact").put("referenceId", "c"));
    JsonObject account =
        new JsonObject()
            .put("Name", "Root")
            .put("attributes", new JsonObject().put("type", "Account").put("referenceId", "a"))
            .put("Contacts", new JsonObject().put("records", JsonArray.of(contact)));

    JsonObject answer =
        client
            .data(
                "POST",
                "/composite/tree/Account",
                new JsonObject().put("records", JsonArray.of(account)))
            .object();

    assertThat(answer.getBoolean("hasErrors")).isFalse();
    assertThat(answer.getJsonArray("results")).hasSize(2);
    assertThat(names("WHERE Account.Name = 'Root'")).containsExactly("Leaf");
  }

  @Test
  void refusesRequestsBeyondTheDailyLimit() {
    sandbox.dailyRequests(2);

    Response first = client.get("/limits");
    client.get("/limits");
    Response third = client.get("/limits");

    assertThat(first.headers().firstValue("Sforce-Limit-Info")).contains("api-usage=1/2");
    assertThat(third.status()).isEqualTo(403);
    assertThat(third.error()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
  }

  @Test
  void describesItsObjects() {
    JsonArray fields = client.get("/sobjects/Contact/describe").object().getJsonArray("fields");

    assertThat(fields.encode())
        .contains("\"name\":\"Nave_Id__c\"", "\"relationshipName\":\"Account\"");
    assertThat(client.get("/sobjects/Nothing/describe").status()).isEqualTo(404);
    assertThat(client.get("/sobjects").object().getJsonArray("sobjects")).hasSize(5);
  }

  @Test
  void loadsRecordsByBulkIngest() {
    JsonObject job =
        client
            .data(
                "POST",
                "/jobs/ingest",
                new JsonObject()
                    .put("object", "Contact")
                    .put("operation", "upsert")
                    .put("externalIdFieldName", "Nave_Id__c"))
            .object();
    String path = "/jobs/ingest/" + job.getString("id");
    client.data("PUT", path + "/batches", "Nave_Id__c,LastName,Email\n1,Roe,r@x.org\n2,Poe,bad\n");
    client.data("PATCH", path, new JsonObject().put("state", "UploadComplete"));

    JsonObject done = client.get(path).object();

    assertThat(done.getString("state")).isEqualTo("JobComplete");
    assertThat(done.getInteger("numberRecordsFailed")).isEqualTo(1);
    assertThat(client.get(path + "/successfulResults").body()).contains("\"true\",\"1\",\"Roe\"");
    assertThat(client.get(path + "/failedResults").body()).contains("INVALID_EMAIL_ADDRESS");
  }
}
