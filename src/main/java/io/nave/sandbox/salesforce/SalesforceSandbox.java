package io.nave.sandbox.salesforce;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.ShiftedClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Salesforce org in memory: REST (API versions 50 to 65), SOQL, composite, Bulk 2.0 ingest,
 * OAuth, SOAP login, and change data capture by the Pub/Sub API, which has a port of its own (the
 * HTTP port plus 100, or any free one).
 */
public final class SalesforceSandbox implements Sandbox {
  private static final long MOST_BYTES = 50L << 20;
  private final ShiftedClock clock;
  private final Org org;
  private final Logins logins;
  private final Limits limits;
  private final ChangeFeed feed;
  private PubSub pubSub;
  private RestDoor rest;
  private URI self;

  public SalesforceSandbox() {
    this(Clock.systemUTC());
  }

  public SalesforceSandbox(Clock right) {
    clock = new ShiftedClock(right);
    org = new Org(clock);
    logins = new Logins(clock, org.id);
    limits = new Limits(clock);
    feed = new ChangeFeed(org);
  }

  @Override
  public String name() {
    return "salesforce";
  }

  @Override
  public String title() {
    return "Salesforce";
  }

  @Override
  public void mount(Vertx vertx, Router router, URI address) {
    self = URI.create(address.toString().replaceAll("/$", ""));
    router.route("/services/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
    new OAuthDoor(org, logins, self).mount(router);
    new SoapDoor(org, logins, self).mount(router);
    rest = new RestDoor(org, logins, limits, resources());
    rest.mount(router);
    Context eventLoop = vertx.getOrCreateContext();
    try {
      int port = self.getPort() > 0 ? self.getPort() + 100 : 0;
      pubSub =
          new PubSub(
              org, feed, logins, work -> eventLoop.runOnContext(nothing -> work.run()), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Rest resources() {
    Rest rest = new Rest();
    new DescribeCalls(org).mount(rest);
    new RecordCalls(org).mount(rest);
    new QueryCalls(org).mount(rest);
    new CollectionCalls(org).mount(rest);
    new CompositeCalls(org, rest).mount();
    new BulkJobs(org).mount(rest);
    rest.on("GET", "/limits", (call, parts) -> Answer.ok(limits.json()));
    return rest;
  }

  @Override
  public RecordTable records() {
    return new ContactTable(org);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("url", self.toString());
    settings.put("pub-sub", "http://127.0.0.1:" + pubSub.port());
    settings.put("client-id", Logins.CLIENT_ID);
    settings.put("client-secret", Logins.CLIENT_SECRET);
    settings.put("preferences", "true");
    return settings;
  }

  /** How many requests said that assignment rules are not to run. */
  public int withoutAssignment() {
    return rest.withoutAssignment();
  }

  /** How many API requests a day the org may make; 100,000 unless told. */
  public void dailyRequests(int most) {
    limits.daily(most);
  }

  /** How long a session lives without a call; two hours unless told. */
  public void sessionTimeout(Duration idle) {
    logins.timeout(idle);
  }

  /** Switches the standard duplicate rule on; off unless told. */
  public void duplicateRule(boolean on) {
    org.duplicateRule(on);
  }

  @Override
  public ShiftedClock clock() {
    return clock;
  }

  @Override
  public boolean expireTokens() {
    logins.closeAll();
    return true;
  }

  @Override
  public void close() {
    if (pubSub != null) {
      pubSub.stop();
    }
  }
}
