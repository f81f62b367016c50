package io.nave.sandbox.gigya;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.ShiftedClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * A site of SAP Customer Data Cloud (Gigya). Methods are paths ({@code POST /accounts.search}) with
 * parameters in the form or the query.
 */
public final class GigyaSandbox implements Sandbox {
  private static final String API_KEY = "3_sandbox-SiteOfTheNaveDemoCompany";
  private static final String USER_KEY = "AKsandboxHub";
  private static final String USER_SECRET = secret("the hub's made-up user secret");
  private static final String PARTNER_SECRET = secret("the made-up partner secret");
  private static final List<String> VENDOR_HOSTS =
      List.of(
          "accounts.eu1.gigya.com",
          "accounts.us1.gigya.com",
          "accounts.eu2.gigya.com",
          "accounts.au1.gigya.com",
          "accounts.il1.gigya.com",
          "accounts.global.gigya.com",
          "accounts.cn1.gigya-api.cn");

  private final ShiftedClock clock;
  private final SigningKey vendorKey = SigningKey.generate();
  private final SigningKey userKey = SigningKey.generate();
  private final Schema schema = new Schema();
  private final Accounts accounts;
  private final AccountMethods methods;
  private final AccountSearch search;
  private final Webhooks webhooks;
  private final Unseen unseen = new Unseen(System::nanoTime);
  private final Gate gate;
  private final Map<String, Function<Call, JsonObject>> table = new HashMap<>();
  private final Deque<Integer> refusals = new ArrayDeque<>();
  private int perSecond = Integer.MAX_VALUE;
  private long second;
  private int inSecond;
  private URI self = URI.create("http://localhost");

  /** An empty site that lives in the present. */
  public GigyaSandbox() {
    this(Clock.systemUTC());
  }

  /** An empty site that reads its time from the clock. */
  public GigyaSandbox(Clock clock) {
    this.clock = new ShiftedClock(clock);
    this.accounts = new Accounts(this.clock);
    this.methods = new AccountMethods(accounts, schema, PARTNER_SECRET);
    this.search = new AccountSearch(accounts);
    this.webhooks = new Webhooks(accounts, API_KEY, vendorKey);
    this.gate =
        new Gate(this.clock, API_KEY, PARTNER_SECRET, Map.of(USER_KEY, USER_SECRET), userKey);
    accounts.listener(webhooks::happened);
    fill();
  }

  private void fill() {
    table.put("accounts.search", this::search);
    table.put("accounts.getAccountInfo", this::getAccountInfo);
    table.put("accounts.setAccountInfo", this::setAccountInfo);
    table.put("accounts.importFullAccount", methods::importFullAccount);
    table.put("accounts.importLiteAccount", methods::importLiteAccount);
    table.put("accounts.isAvailableLoginID", methods::isAvailableLoginID);
    table.put("accounts.initRegistration", methods::initRegistration);
    table.put("accounts.register", methods::register);
    table.put("accounts.finalizeRegistration", methods::finalizeRegistration);
    table.put("accounts.deleteAccount", methods::deleteAccount);
    table.put("accounts.webhooks.set", webhooks::set);
    table.put("accounts.webhooks.getAll", webhooks::getAll);
    table.put("accounts.webhooks.delete", webhooks::delete);
    table.put("accounts.getJWTPublicKey", this::publicKey);
    table.put("accounts.getSchema", call -> schema.json().copy());
    table.put("accounts.setSchema", this::setSchema);
  }

  @Override
  public String name() {
    return "gigya";
  }

  @Override
  public String title() {
    return "SAP Customer Data Cloud (Gigya)";
  }

  @Override
  public ShiftedClock clock() {
    return clock;
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("url", self.toString().replaceAll("/+$", ""));
    settings.put("api-key", API_KEY);
    settings.put("user-key", USER_KEY);
    settings.put("secret", USER_SECRET);
    return settings;
  }

  /** The user key's private key (PKCS#8 in Base64), for clients that send tokens. */
  public String privateKey() {
    return userKey.privateKey();
  }

  /** The partner's secret, for clients that have no user key. */
  public String partnerSecret() {
    return PARTNER_SECRET;
  }

  /** The token that the site sends with this notification. */
  public String sign(JsonObject notification) {
    var issuer = "https://fidm.gigya.com/jwt/" + API_KEY + "/";
    return sign(notification, issuer, notification.getLong("timestamp"));
  }

  /** A token as of a time (epoch seconds), with an issuer that may be false. */
  public String sign(JsonObject notification, String issuer, long at) {
    return webhooks.token(notification.toBuffer(), notification.getString("nonce"), issuer, at);
  }

  /** Answers the next calls with this error, such as 403048 or 409030. */
  public void refuseNext(int errorCode, int times) {
    for (var i = 0; i < times; i++) refusals.add(errorCode);
  }

  /** How many calls a second the site allows; without this there is no limit. */
  public void limit(int callsPerSecond) {
    this.perSecond = callsPerSecond;
  }

  /** How long a change takes until searches see it; zero unless set. */
  public void searchLag(Duration lag) {
    search.lag(lag);
  }

  /** How long to wait after a webhook's first failure (it doubles); a second unless set. */
  public void webhookRetry(Duration first) {
    webhooks.firstWait(first);
  }

  @Override
  public RecordTable records() {
    return new AccountRows(accounts, methods, unseen);
  }

  @Override
  public void mount(Vertx vertx, Router router, URI self) {
    this.self = self;
    webhooks.start(vertx);
    router.routeWithRegex("/+[a-z]+\\.[A-Za-z.]+").handler(this::receive);
  }

  @Override
  public void close() {
    webhooks.close();
  }

  private void receive(RoutingContext context) {
    var read = context.body() == null ? null : context.body().buffer();
    if (read != null || !context.request().formAttributes().isEmpty()) answer(context, read);
    else context.request().body().onSuccess(body -> answer(context, body)).onFailure(context::fail);
  }

  private void answer(RoutingContext context, Buffer body) {
    var call = call(context, body);
    JsonObject envelope;
    var status = 200;
    try {
      envelope = envelope(call, 200).put("errorCode", 0).mergeIn(perform(call));
    } catch (Refusal refusal) {
      status = refusal.status();
      envelope = envelope(call, status).mergeIn(refusal.envelope());
    }
    if (call.has("context")) envelope.put("context", call.text("context"));
    context
        .response()
        .setStatusCode(call.flag("httpStatusCodes", false) ? status : 200)
        .putHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(utc()))
        .putHeader("Cache-Control", "private")
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(text(call, envelope));
  }

  private static String text(Call call, JsonObject envelope) {
    if (!"jsonp".equals(call.text("format"))) return envelope.encode();
    return call.text("callback", "callback").replaceAll("[^\\w.$]", "")
        + "("
        + envelope.encode()
        + ");";
  }

  private JsonObject perform(Call call) {
    countCall();
    gate.admit(call);
    if (!refusals.isEmpty()) throw new Refusal(refusals.poll(), null);
    var method = table.get(call.method());
    if (method == null) throw new Refusal(Refusal.UNKNOWN_METHOD, call.method());
    return method.apply(call);
  }

  private JsonObject search(Call call) {
    var answer = search.search(call);
    answer.getJsonArray("results").stream()
        .map(found -> ((JsonObject) found).getString("UID"))
        .filter(Objects::nonNull)
        .forEach(unseen::read);
    return answer;
  }

  private JsonObject getAccountInfo(Call call) {
    var answer = methods.getAccountInfo(call);
    unseen.read(answer.getString("UID"));
    return answer;
  }

  private JsonObject setAccountInfo(Call call) {
    var uid = call.text("UID", "");
    var before = accounts.find(uid);
    var answer = methods.setAccountInfo(call);
    if (before != null) unseen.written(uid, before, accounts.find(uid));
    return answer;
  }

  private void countCall() {
    var now = clock.instant().getEpochSecond();
    if (now != second) inSecond = 0;
    second = now;
    if (++inSecond > perSecond) throw new Refusal(Refusal.RATE_LIMIT, null);
  }

  private JsonObject envelope(Call call, int status) {
    return new JsonObject()
        .put("callId", call.id())
        .put("apiVersion", 2)
        .put("statusCode", status)
        .put("statusReason", status == 200 ? "OK" : Refusal.reason(status))
        .put("time", Accounts.iso(clock.instant()));
  }

  private ZonedDateTime utc() {
    return clock.instant().atZone(ZoneOffset.UTC);
  }

  private Call call(RoutingContext context, Buffer body) {
    var request = context.request();
    var params = new HashMap<String, String>();
    if (request.query() != null) form(params, request.query());
    request.formAttributes().forEach(params::put);
    if (body != null) form(params, body.toString(StandardCharsets.UTF_8));
    var origin =
        new Call.Origin(request.method().name(), urls(request), request.getHeader("Authorization"));
    return new Call(request.path().replaceAll("^/+", ""), params, origin, AccountMethods.newUid());
  }

  private static void form(Map<String, String> params, String body) {
    for (var pair : body.split("&")) {
      if (pair.isBlank()) continue;
      var split = pair.indexOf('=');
      var name = split < 0 ? pair : pair.substring(0, split);
      params.put(decode(name), split < 0 ? "" : decode(pair.substring(split + 1)));
    }
  }

  private static String decode(String text) {
    try {
      return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** The addresses that a client may have signed: where it called, and the vendor's own hosts. */
  private Set<String> urls(HttpServerRequest request) {
    var hosts = new LinkedHashSet<String>();
    for (var name : new String[] {"Host", "X-Forwarded-Host"})
      if (request.getHeader(name) != null)
        hosts.add(request.getHeader(name).toLowerCase(java.util.Locale.ROOT));
    hosts.add(self.getRawAuthority());
    List.copyOf(hosts).forEach(host -> hosts.add(host.replaceAll(":\\d+$", "")));
    hosts.addAll(VENDOR_HOSTS);
    var urls = new LinkedHashSet<String>();
    for (var path :
        new LinkedHashSet<>(List.of(request.path(), request.path().replaceAll("^/+", "/"))))
      for (var host : hosts)
        for (var scheme : new String[] {"http", "https"}) urls.add(scheme + "://" + host + path);
    return urls;
  }

  private JsonObject publicKey(Call call) {
    var key = vendorKey.jwk();
    return call.flag("V2", false) ? new JsonObject().put("keys", new JsonArray().add(key)) : key;
  }

  private JsonObject setSchema(Call call) {
    for (var part : schema.json().fieldNames()) {
      var value = call.object(part);
      if (value != null) schema.set(part, value);
    }
    return new JsonObject();
  }

  private static String secret(String text) {
    return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
