package io.nave.sandbox.gigya;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nave.sandbox.SandboxServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GigyaSandboxTest {
  private static final class SetClock extends Clock {
    private volatile Instant at = Instant.now();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return at;
    }

    void pass(Duration time) {
      at = at.plus(time);
    }
  }

  private final SetClock clock = new SetClock();
  private final GigyaSandbox sandbox = new GigyaSandbox(clock);
  private final Vertx vertx = Vertx.vertx();
  private SandboxServer server;
  private GigyaCaller caller;

  @BeforeEach
  void start() {
    server = SandboxServer.start(vertx, sandbox, 0);
    caller = new GigyaCaller(sandbox.settings());
  }

  @AfterEach
  void stop() {
    server.close();
    vertx.close();
  }

  @ParameterizedTest
  @CsvSource({
    "SELF,/accounts.search",
    "https://accounts.eu1.gigya.com,/accounts.search",
    "https://accounts.us1.gigya.com,/accounts.search"
  })
  void acceptsARequestSignedForTheAddressThatTheClientKnows(String host, String path) {
    var url = host.replace("SELF", sandbox.settings().get("url")) + path;
    var params = caller.params("query", "SELECT * FROM accounts WHERE a = \"Siân *~'()!\" LIMIT 5");
    assertThat(code(post("accounts.search", caller.signed(params, "POST", url, seconds()))))
        .isZero();
  }

  @Test
  void acceptsASignedGetAndMilliseconds() {
    var url = sandbox.settings().get("url") + "/accounts.search";
    var params =
        caller.signed(caller.params("query", "SELECT * FROM accounts"), "GET", url, clock.millis());
    assertThat(code(new JsonObject(caller.get("accounts.search", params).body()))).isZero();
  }

  @Test
  void refusesAWrongSignatureAnOldTimestampAndANonceUsedTwice() {
    var url = sandbox.settings().get("url") + "/accounts.search";
    var params = caller.params("query", "SELECT * FROM accounts");
    var good = caller.signed(params, "POST", url, seconds());
    assertThat(code(post("accounts.search", good))).isZero();
    assertThat(code(post("accounts.search", good))).isEqualTo(403004);
    good.put("query", "SELECT UID FROM accounts");
    assertThat(code(post("accounts.search", good))).isEqualTo(403003);
    var old = caller.signed(caller.params(), "POST", url, seconds() - 121);
    assertThat(code(post("accounts.search", old))).isEqualTo(403002);
  }

  @Test
  void tellsTheTimeSoThatAClientCanCorrectItsClock() {
    var answer = caller.post("accounts.getJWTPublicKey", caller.params(), null);
    var date = answer.headers().firstValue("Date").orElseThrow();
    assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond())
        .isEqualTo(seconds());
  }

  @Test
  void answers200WithAnErrorCodeUnlessAskedForStatusCodes() {
    var wrong = caller.params("userKey", caller.params().get("apiKey"), "secret", "AAAA");
    var lying = caller.post("accounts.search", wrong, null);
    assertThat(lying.statusCode()).isEqualTo(200);
    var envelope = body(lying.body());
    assertThat(code(envelope)).isEqualTo(403005);
    assertThat(envelope.getInteger("statusCode")).isEqualTo(403);
    assertThat(envelope.getString("statusReason")).isEqualTo("Forbidden");
    wrong.put("httpStatusCodes", "true");
    assertThat(caller.post("accounts.search", wrong, null).statusCode()).isEqualTo(403);
  }

  @Test
  void refusesAnUnknownSiteAnAnonymousCallerAndAnUnknownMethod() {
    assertThat(code(caller.call("accounts.search", "apiKey", "3_x"))).isEqualTo(400093);
    assertThat(code(post("accounts.search", caller.params()))).isEqualTo(400002);
    assertThat(code(caller.call("accounts.fly"))).isEqualTo(405001);
  }

  @Test
  void acceptsTheTokenOfAUserKeyOnce() throws GeneralSecurityException {
    var params = caller.params("query", "SELECT * FROM accounts");
    var token = "Bearer " + bearer(seconds());
    assertThat(code(body(caller.post("accounts.search", params, token).body()))).isZero();
    assertThat(code(body(caller.post("accounts.search", params, token).body()))).isEqualTo(403004);
    var old = "Bearer " + bearer(seconds() - 300);
    assertThat(code(body(caller.post("accounts.search", params, old).body()))).isEqualTo(403002);
    assertThat(code(body(caller.post("accounts.search", params, old + "x").body())))
        .isEqualTo(403005);
  }

  @Test
  void limitsTheRateInTheVendorsWords() {
    sandbox.limit(2);
    for (var i = 0; i < 2; i++) caller.call("accounts.getJWTPublicKey");
    var refused = caller.call("accounts.getJWTPublicKey");
    assertThat(code(refused)).isEqualTo(403048);
    assertThat(refused.getString("errorMessage")).isEqualTo("Api rate limit exceeded");
    clock.pass(Duration.ofSeconds(1));
    assertThat(code(caller.call("accounts.getJWTPublicKey"))).isZero();
  }

  @Test
  void mergesWhatIsSetAndDeletesWithNull() {
    add("u1", "sian@example.org");
    set("u1", "data", "{\"a\": {\"b\": 1, \"c\": 2}, \"list\": [1, 2]}");
    set("u1", "data", "{\"a\": {\"b\": null}, \"list\": [3]}");
    set("u1", "profile", "{\"city\": \"Caerdydd\"}");
    var account = info("u1");
    assertThat(account.getJsonObject("data").encode()).isEqualTo("{\"a\":{\"c\":2},\"list\":[3]}");
    assertThat(account.getJsonObject("profile").getString("firstName")).isEqualTo("Siân");
    assertThat(account.getJsonObject("profile").getString("city")).isEqualTo("Caerdydd");
  }

  @Test
  void showsPartsOnRequestOnly() {
    add("u1", "sian@example.org");
    var account = caller.call("accounts.getAccountInfo", "UID", "u1");
    assertThat(account.fieldNames()).contains("profile", "data", "UIDSignature");
    assertThat(account.fieldNames()).doesNotContain("subscriptions", "preferences", "loginIDs");
  }

  @Test
  void refusesAnAddressThatBelongsToAnotherAccount() {
    add("u1", "sian@example.org");
    add("u2", "owen@example.org");
    var taken =
        caller.call(
            "accounts.setAccountInfo", "UID", "u2", "profile", "{\"email\":\"SIAN@example.org\"}");
    assertThat(code(taken)).isEqualTo(400003);
    assertThat(taken.getJsonArray("validationErrors").getJsonObject(0).getString("fieldName"))
        .isEqualTo("profile.email");
    assertThat(info("u2").getJsonObject("profile").getString("email"))
        .isEqualTo("owen@example.org");
    assertThat(code(caller.call("accounts.importFullAccount", "UID", "u1"))).isEqualTo(409001);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"birthMonth\": 13}", "{\"gender\": \"female\"}", "{\"email\": \"x\"}"})
  void namesTheFieldThatTheSchemaRefuses(String profile) {
    add("u1", "sian@example.org");
    var refused = caller.call("accounts.setAccountInfo", "UID", "u1", "profile", profile);
    assertThat(code(refused)).isEqualTo(400009);
    assertThat(refused.getJsonArray("validationErrors")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"shoeSize\": 4}", "{oops", "[1]"})
  void refusesUnknownFieldsAndBrokenJson(String profile) {
    add("u1", "sian@example.org");
    assertThat(code(caller.call("accounts.setAccountInfo", "UID", "u1", "profile", profile)))
        .isEqualTo(400006);
  }

  @Test
  void tellsOfAChangeThatAClientWroteOverRightAfterItHadLooked() {
    add("u1", "sian@example.org");
    info("u1");
    sandbox.records().edit("u1", Map.of("phone", "+442920180001"));
    set("u1", "profile", "{\"phones\":[{\"number\":\"+442920180002\"}]}");
    assertThat(sandbox.records().unseen()).containsExactly("u1");
  }

  @Test
  void aChangeThatAClientHasReadIsSeen() {
    add("u1", "sian@example.org");
    info("u1");
    sandbox.records().edit("u1", Map.of("phone", "+442920180001"));
    caller.call("accounts.search", "query", "SELECT * FROM accounts");
    set("u1", "profile", "{\"phones\":[{\"number\":\"+442920180002\"}]}");
    assertThat(sandbox.records().unseen()).isEmpty();
  }

  @Test
  void stampsConsentStatements() {
    add("u1", "sian@example.org");
    set("u1", "preferences", "{\"terms\":{\"tos\":{\"isConsentGranted\":true}}}");
    var granted =
        info("u1").getJsonObject("preferences").getJsonObject("terms").getJsonObject("tos");
    assertThat(granted.getString("lastConsentModified")).isEqualTo(Accounts.iso(clock.at));
    clock.pass(Duration.ofMinutes(1));
    set("u1", "preferences", "{\"terms\":{\"tos\":{\"isConsentGranted\":true}}}");
    var same = info("u1").getJsonObject("preferences").getJsonObject("terms").getJsonObject("tos");
    assertThat(same).isEqualTo(granted);
  }

  @Test
  void subscribesBeforeTheDoubleOptInIsConfirmed() {
    add("u1", "sian@example.org");
    set("u1", "subscriptions", "{\"offers\":{\"email\":{\"isSubscribed\":true}}}");
    var pending = offers("u1");
    assertThat(pending.getBoolean("isSubscribed")).isTrue();
    assertThat(pending.getJsonObject("doubleOptIn").getString("status")).isEqualTo("Pending");
    set(
        "u1",
        "subscriptions",
        "{\"offers\":{\"email\":{\"doubleOptIn\":{\"isExternallyVerified\":true}}}}");
    assertThat(offers("u1").getJsonObject("doubleOptIn").getString("status"))
        .isEqualTo("Confirmed");
  }

  @Test
  void searchesPageByPageThroughACursor() {
    for (var i = 0; i < 25; i++) add("u" + i, "p" + i + "@example.org");
    var page =
        caller.call(
            "accounts.search", "query", "SELECT UID FROM accounts LIMIT 10", "openCursor", true);
    var uids = new ArrayList<String>();
    while (page != null) {
      page.getJsonArray("results").forEach(r -> uids.add(((JsonObject) r).getString("UID")));
      var cursor = page.getString("nextCursorId");
      page = cursor == null ? null : caller.call("accounts.search", "cursorId", cursor);
    }
    assertThat(uids).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void forgetsACursorAfterFiveMinutes() {
    for (var i = 0; i < 3; i++) add("u" + i, "p" + i + "@example.org");
    var cursor =
        caller
            .call("accounts.search", "query", "SELECT * FROM accounts LIMIT 1", "openCursor", true)
            .getString("nextCursorId");
    assertThat(code(caller.call("accounts.search", "cursorId", cursor, "query", "SELECT")))
        .isEqualTo(400006);
    clock.pass(Duration.ofMinutes(6));
    assertThat(code(caller.call("accounts.search", "cursorId", cursor))).isEqualTo(400006);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          profile.email = "p1@example.org"                              | 1
          profile.email IN ("p1@example.org", "p2@example.org")         | 2
          UID = "u2" AND profile.lastName = "Llywelyn"                  | 1
          UID = "u2" OR UID = "u0"                                      | 2
          (UID = "u2" OR UID = "u0") AND NOT UID = "u0"                 | 1
          profile.phones.number CONTAINS "2920"                         | 3
          profile.nickname IS NULL                                      | 3
          profile.birthYear > 1979 AND profile.birthYear <= 1980        | 3
          lastUpdatedTimestamp > 0                                      | 3
          lastUpdatedTimestamp > 99999999999999                         | 0
          profile.firstName LIKE "Si%"                                  | 3
          """)
  void filtersByItsDialectOfSql(String where, int found) {
    for (var i = 0; i < 3; i++) add("u" + i, "p" + i + "@example.org");
    var answer = caller.call("accounts.search", "query", "SELECT * FROM accounts WHERE " + where);
    assertThat(answer.getInteger("totalCount")).isEqualTo(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT",
        "SELECT * FROM users",
        "SELECT * FROM accounts LIMIT 5 ORDER BY UID",
        "SELECT * FROM accounts WHERE UID ~ 1",
        "DROP TABLE accounts",
        "SELECT * FROM accounts LIMIT 100000"
      })
  void refusesAStatementItDoesNotKnow(String query) {
    assertThat(code(caller.call("accounts.search", "query", query))).isEqualTo(400006);
  }

  @Test
  void findsAChangeOnlyAfterTheIndexHasCaughtUp() {
    sandbox.searchLag(Duration.ofSeconds(2));
    add("u1", "sian@example.org");
    var query = new Object[] {"query", "SELECT * FROM accounts"};
    assertThat(caller.call("accounts.search", query).getInteger("totalCount")).isZero();
    assertThat(info("u1").getString("UID")).isEqualTo("u1");
    clock.pass(Duration.ofSeconds(3));
    assertThat(caller.call("accounts.search", query).getInteger("totalCount")).isEqualTo(1);
  }

  @Test
  void registersInThreeSteps() {
    var token = caller.call("accounts.initRegistration").getString("regToken");
    var pending =
        caller.call(
            "accounts.register",
            "regToken",
            token,
            "email",
            "new@example.org",
            "password",
            "correct horse",
            "profile",
            "{\"firstName\":\"Nia\"}");
    assertThat(code(pending)).isEqualTo(206001);
    var done = caller.call("accounts.finalizeRegistration", "regToken", token);
    assertThat(done.getBoolean("isRegistered")).isTrue();
    assertThat(
            caller
                .call("accounts.isAvailableLoginID", "loginID", "new@example.org")
                .getBoolean("isAvailable"))
        .isFalse();
  }

  @Test
  void importsALiteAccountByItsAddressAndUpdatesItTheSecondTime() {
    var first = caller.call("accounts.importLiteAccount", "email", "lite@example.org");
    var second =
        caller.call("accounts.importLiteAccount", "email", "lite@example.org", "data", "{\"a\":1}");
    assertThat(second.getString("UID")).isEqualTo(first.getString("UID"));
    assertThat(total("SELECT * FROM accounts")).isZero();
    assertThat(total("SELECT * FROM emailAccounts")).isEqualTo(1);
    add("full", "lite@example.org");
    assertThat(total("SELECT * FROM emailAccounts")).isZero();
    assertThat(info("full").getJsonObject("data").getInteger("a")).isEqualTo(1);
  }

  @Test
  void deletesForGood() {
    add("u1", "sian@example.org");
    caller.call("accounts.deleteAccount", "UID", "u1");
    assertThat(code(info("u1"))).isEqualTo(403005);
    add("u9", "sian@example.org");
    assertThat(info("u9").getString("UID")).isEqualTo("u9");
  }

  @Test
  void sendsSignedNotificationsInOrderAndAgainUntilTheyAreTaken() {
    sandbox.webhookRetry(Duration.ofMillis(20));
    var received = new CopyOnWriteArrayList<JsonObject>();
    var tokens = new CopyOnWriteArrayList<String>();
    var receiver = receiver(received, tokens);
    caller.call(
        "accounts.webhooks.set",
        "name",
        "hub",
        "url",
        "http://localhost:" + receiver.actualPort() + "/hooks/gigya",
        "events",
        "accountCreated,accountUpdated,accountDeleted");
    add("u1", "sian@example.org");
    set("u1", "data", "{\"a\":1}");
    caller.call("accounts.deleteAccount", "UID", "u1");
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(types(received)).contains("accountDeleted"));
    assertThat(types(received).stream().distinct())
        .containsExactly("accountCreated", "accountUpdated", "accountDeleted");
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> ids(received).size() > ids(received).stream().distinct().count());
    var claims =
        body(
            new String(
                Base64.getUrlDecoder().decode(tokens.get(0).split("\\.")[1]),
                StandardCharsets.UTF_8));
    assertThat(claims.getString("jti")).isEqualTo(received.get(0).getString("nonce"));
    assertThat(claims.getString("sub"))
        .isEqualTo(SigningKey.digest(received.get(0).encode().getBytes(StandardCharsets.UTF_8)));
    receiver.close();
  }

  @Test
  void refusesAWebhookThatIsNotUniqueNotHttpsOrOfNoKnownEvent() {
    assertThat(setHook("a", "https://hub.example/1", "accountUpdated")).isZero();
    assertThat(setHook("b", "https://hub.example/1", "accountUpdated")).isEqualTo(400003);
    assertThat(setHook("c", "http://hub.example/2", "accountUpdated")).isEqualTo(400006);
    assertThat(setHook("d", "https://hub.example/3", "accountFlew")).isEqualTo(400006);
    assertThat(code(caller.call("accounts.webhooks.delete", "name", "a"))).isZero();
    assertThat(caller.call("accounts.webhooks.getAll").getJsonArray("webhooks")).isEmpty();
  }

  @Test
  void editsOnThePageAreChangesLikeAnyOther() {
    var rows = sandbox.records();
    var id = rows.add(Map.of("firstName", "Nia", "email", "nia@example.org", "newsletter", "yes"));
    rows.edit(id, Map.of("lastName", "Rhys", "phone", "+442920180000"));
    assertThat(rows.rows("rhys", 0, 10)).hasSize(1);
    assertThat(info(id).getJsonObject("profile").getString("lastName")).isEqualTo("Rhys");
    assertThat(rows.unsubscribe(id)).isTrue();
    assertThat(rows.rows("", 0, 10).get(0).values()).containsEntry("newsletter", "no");
    assertThatThrownBy(() -> rows.edit(id, Map.of("email", "nonsense")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invalid");
    rows.delete(id);
    assertThat(rows.count()).isZero();
  }

  private HttpServer receiver(List<JsonObject> received, List<String> tokens) {
    return vertx
        .createHttpServer()
        .requestHandler(
            request ->
                request.body(
                    body -> {
                      received.add(body.result().toJsonObject());
                      tokens.add(request.getHeader("x-gigya-sig-jwt"));
                      request.response().setStatusCode(received.size() == 1 ? 503 : 200).end();
                    }))
        .listen(0)
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static List<String> types(List<JsonObject> received) {
    return field(received, "type");
  }

  private static List<String> ids(List<JsonObject> received) {
    return field(received, "id");
  }

  private static List<String> field(List<JsonObject> received, String name) {
    return received.stream()
        .flatMap(body -> body.getJsonArray("events").stream())
        .map(event -> ((JsonObject) event).getString(name))
        .toList();
  }

  private Object[] hook(String name, String url, String events) {
    return new Object[] {"name", name, "url", url, "events", events};
  }

  private int setHook(String name, String url, String events) {
    return code(caller.call("accounts.webhooks.set", hook(name, url, events)));
  }

  private String bearer(long iat) throws GeneralSecurityException {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var header =
        new JsonObject()
            .put("alg", "RS256")
            .put("typ", "JWT")
            .put("kid", caller.withSecret(caller.params()).get("userKey"));
    var claims = new JsonObject().put("iat", iat).put("jti", "t" + iat);
    var text =
        encoder.encodeToString(header.toBuffer().getBytes())
            + "."
            + encoder.encodeToString(claims.toBuffer().getBytes());
    var key =
        KeyFactory.getInstance("RSA")
            .generatePrivate(
                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(sandbox.privateKey())));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + encoder.encodeToString(signature.sign());
  }

  private void add(String uid, String email) {
    var profile =
        new JsonObject()
            .put("firstName", "Siân")
            .put("lastName", "Llywelyn")
            .put("email", email)
            .put("birthYear", 1980)
            .put("phones", new JsonArray().add(new JsonObject().put("number", "+442920180000")));
    var answer = caller.call("accounts.importFullAccount", "UID", uid, "profile", profile.encode());
    assertThat(code(answer)).as(answer.encode()).isZero();
  }

  private void set(String uid, String part, String json) {
    var answer = caller.call("accounts.setAccountInfo", "UID", uid, part, json);
    assertThat(code(answer)).as(answer.encode()).isZero();
  }

  private JsonObject info(String uid) {
    return caller.call(
        "accounts.getAccountInfo", "UID", uid, "include", "profile,data,subscriptions,preferences");
  }

  private JsonObject offers(String uid) {
    return info(uid).getJsonObject("subscriptions").getJsonObject("offers").getJsonObject("email");
  }

  private int total(String query) {
    return caller.call("accounts.search", "query", query).getInteger("totalCount");
  }

  private JsonObject post(String method, Map<String, String> params) {
    return body(caller.post(method, params, null).body());
  }

  private static JsonObject body(String text) {
    return new JsonObject(text);
  }

  private static int code(JsonObject answer) {
    return answer.getInteger("errorCode");
  }

  private long seconds() {
    return clock.instant().getEpochSecond();
  }
}
