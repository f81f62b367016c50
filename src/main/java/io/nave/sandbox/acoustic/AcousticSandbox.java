package io.nave.sandbox.acoustic;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.SentMessage;
import io.nave.sandbox.ShiftedClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Acoustic Campaign's XML API, OAuth, file area and Transact, for one organisation with one
 * database and one group of automated messages.
 */
public final class AcousticSandbox implements Sandbox {
  private final ShiftedClock clock;
  private final AccountLimits limits;
  private final LocalTimes times;
  private final Database database;
  private final Sessions sessions;
  private final Deque<SentMessage> sent = new ArrayDeque<>();
  private final StoredFiles files = new StoredFiles();
  private URI self = URI.create("http://localhost");

  /** With the documented limits and the machine's clock. */
  public AcousticSandbox() {
    this(Clock.systemUTC());
  }

  /** With the documented limits. */
  public AcousticSandbox(Clock clock) {
    this(clock, AccountLimits.documented());
  }

  /** With limits of one's own. */
  public AcousticSandbox(Clock clock, AccountLimits limits) {
    this.clock = new ShiftedClock(clock);
    this.limits = limits;
    this.times = new LocalTimes(limits.zone());
    this.database = new Database(this.clock);
    this.sessions = new Sessions(this.clock, limits);
  }

  @Override
  public String name() {
    return "acoustic";
  }

  @Override
  public String title() {
    return "Acoustic Campaign";
  }

  @Override
  public void mount(Vertx vertx, Router router, URI self) {
    this.self = self;
    Jobs jobs = new Jobs(limits.job(), (delay, task) -> after(vertx, delay, task));
    Map<String, Command> commands = new LinkedHashMap<>();
    commands.putAll(new ContactCommands(database, times).byName());
    commands.putAll(new ListCommands(database, times).byName());
    commands.putAll(new ExportCommands(database, times, jobs, files, clock).byName());
    commands.putAll(new ImportCommand(database, jobs, files).byName());
    XmlApi api = new XmlApi(commands, sessions, limits, vertx);
    router.post("/oauth/token").handler(this::token);
    router.routeWithRegex("/XMLAPI(;.*)?").handler(api::handle);
    Transact transact = new Transact(sessions, limits, clock, vertx, sent);
    router.post("/XTMail").handler(transact::handle);
    router.get("/download/*").handler(this::download);
    router.put("/upload/*").handler(this::upload);
  }

  @Override
  public RecordTable records() {
    return new ContactTable(database, times);
  }

  @Override
  public List<SentMessage> messages() {
    return List.copyOf(sent);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "url", self.toString(),
        "files", self.toString(),
        "transact", self.toString(),
        "confirmations", Transact.GROUP,
        "client-id", Sessions.CLIENT_ID,
        "client-secret", Sessions.CLIENT_SECRET,
        "refresh-token", Sessions.REFRESH_TOKEN,
        "list", String.valueOf(Database.LIST_ID),
        "zone", limits.zone().getId());
  }

  /** The user and password of the older {@code Login}. */
  public Map<String, String> login() {
    return Map.of("username", Sessions.USER, "password", Sessions.PASSWORD);
  }

  @Override
  public ShiftedClock clock() {
    return clock;
  }

  @Override
  public boolean expireTokens() {
    sessions.endAll();
    return true;
  }

  private void token(RoutingContext request) {
    Body.read(request, body -> token(request, new Body(body)));
  }

  private void token(RoutingContext request, Body body) {
    Map<String, String> form = body.form();
    boolean refresh = "refresh_token".equals(form.get("grant_type"));
    String token =
        sessions.token(form.get("client_id"), form.get("client_secret"), form.get("refresh_token"));
    var answer = request.response().putHeader("Content-Type", "application/json;charset=UTF-8");
    answer.putHeader("Cache-Control", "no-store");
    if (!refresh) {
      answer.setStatusCode(400).end("{\"error\":\"unsupported_grant_type\"}");
    } else if (token == null) {
      answer
          .setStatusCode(401)
          .end("{\"error\":\"invalid_client\",\"error_description\":\"Bad client credentials\"}");
    } else {
      answer.end(
          "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"refresh_token\":\"%s\",\"expires_in\":%d}"
              .formatted(token, form.get("refresh_token"), limits.token().toSeconds()));
    }
  }

  private void download(RoutingContext request) {
    Buffer file = files.get(request.normalizedPath().replace("%20", " "));
    if (!Credentials.of(request).open(sessions)) {
      request.response().setStatusCode(401).end();
    } else if (file == null) {
      request.response().setStatusCode(404).end();
    } else {
      request.response().putHeader("Content-Type", "application/octet-stream").end(file);
    }
  }

  private void upload(RoutingContext request) {
    if (Credentials.of(request).open(sessions)) {
      Body.read(
          request,
          content -> {
            files.put(request.normalizedPath().replace("%20", " "), content);
            request.response().setStatusCode(201).end();
          });
    } else {
      request.response().setStatusCode(401).end();
    }
  }

  private static void after(Vertx vertx, Duration delay, Runnable task) {
    vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run());
  }
}
