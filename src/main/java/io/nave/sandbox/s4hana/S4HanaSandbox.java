package io.nave.sandbox.s4hana;

import io.nave.sandbox.RecordTable;
import io.nave.sandbox.Sandbox;
import io.nave.sandbox.ShiftedClock;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SAP S/4HANA's business partner service with its change events. One communication user; pages of
 * 1000 entities; sessions of 30 minutes.
 */
public final class S4HanaSandbox implements Sandbox {
  static final String ROOT = "/sap/opu/odata/sap/API_BUSINESS_PARTNER";
  static final String PASSWORD = "Sandbox-Only-1";
  static final String EVENT_CLIENT = "sb-nave-events";
  static final String EVENT_SECRET = "sandbox-only-events";

  private final EventBroker broker;
  private final Partners partners;
  private final Gateway gateway;
  private final EventAdministration administration;
  private final ShiftedClock clock;
  private URI self = URI.create("http://localhost");

  /** With the computer's clock. */
  public S4HanaSandbox() {
    this(Clock.systemUTC());
  }

  public S4HanaSandbox(Clock right) {
    clock = new ShiftedClock(right);
    broker = new EventBroker(clock);
    partners = new Partners(clock, broker::publish);
    gateway = new Gateway(clock, partners);
    administration = new EventAdministration(clock, broker, EVENT_CLIENT, EVENT_SECRET);
  }

  @Override
  public String name() {
    return "s4hana";
  }

  @Override
  public String title() {
    return "SAP S/4HANA";
  }

  @Override
  public void mount(Vertx vertx, Router router, URI address) {
    self = address;
    broker.start(vertx);
    gateway.mount(router);
    administration.mount(router);
  }

  @Override
  public RecordTable records() {
    return new PartnerTable(partners);
  }

  @Override
  public Map<String, String> settings() {
    String base = self.toString().replaceAll("/$", "");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("url", base);
    settings.put("user", Partners.USER);
    settings.put("password", PASSWORD);
    settings.put("webhook-user", "event-mesh");
    settings.put("webhook-password", "sandbox-only-webhook");
    settings.put("events-url", base);
    settings.put("events-token-url", base + "/oauth/token");
    settings.put("events-client-id", EVENT_CLIENT);
    settings.put("events-client-secret", EVENT_SECRET);
    return settings;
  }

  /** Whether changes of addresses, e-mails and phones also move the header's LastChangeDate. */
  public void addressChangesTouchHeader(boolean touch) {
    partners.addressChangesTouchHeader = touch;
  }

  /** Ends all sessions with their CSRF tokens, and the event broker's access tokens. */
  @Override
  public ShiftedClock clock() {
    return clock;
  }

  @Override
  public boolean expireTokens() {
    gateway.endSessions();
    administration.endTokens();
    return true;
  }

  /** How many webhooks are subscribed to the events. */
  public int subscribedWebhooks() {
    return broker.subscriptions().size();
  }

  @Override
  public void close() {
    broker.stop();
  }
}
