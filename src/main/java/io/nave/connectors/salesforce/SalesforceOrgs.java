package io.nave.connectors.salesforce;

import io.nave.connectors.SpokeSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.component.salesforce.internal.SalesforceSession;
import org.apache.camel.support.jsse.KeyStoreParameters;

/**
 * The connected orgs: for each spoke a component {@code salesforce-<spoke>} with a session of its
 * own, made when it is first asked for. In Kamelets it is the bean {@code salesforce}.
 */
@ApplicationScoped
@Named("salesforce")
public class SalesforceOrgs {
  private static final String TOKEN = "salesforceToken";
  private static final int MOST_BYTES = 32 << 20;
  private final SpokeSettings settings;

  @Inject
  public SalesforceOrgs(SpokeSettings settings) {
    this.settings = settings;
  }

  /** The name of the spoke's component; remembers in the exchange which token it has now. */
  public String connect(String spoke, Exchange exchange) {
    SalesforceComponent component = component(spoke, exchange.getContext());
    exchange.setProperty(TOKEN, component.getSession().getAccessToken());
    return name(spoke);
  }

  /** Logs in again, unless another exchange has done so since {@link #connect}. */
  public void renew(String spoke, Exchange exchange) throws SalesforceException {
    String used = exchange.getProperty(TOKEN, String.class);
    SalesforceSession session = session(spoke, exchange.getContext());
    session.login(used == null ? session.getAccessToken() : used);
  }

  /** The contact fields of preferences for a query, each after a comma; empty without them. */
  public String preferenceFields(String spoke) {
    return Boolean.parseBoolean(setting(spoke, "preferences"))
        ? "," + String.join(",", Write.PREFERENCES)
        : "";
  }

  /** Throws what went wrong as a VendorError. */
  public void refuse(Exchange exchange) {
    throw Failures.of(failure(exchange));
  }

  /** Whether the session was refused, so that a new one may help. */
  public boolean expired(Exchange exchange) {
    return Failures.of(failure(exchange)).code().equals("INVALID_SESSION_ID");
  }

  private static Throwable failure(Exchange exchange) {
    return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
  }

  /** The id that a write answered with, or the one given where it answered nothing. */
  public String written(Object answer, String recordId) {
    if (answer == null) {
      return recordId;
    }
    if (answer instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("success"))) {
      return String.valueOf(map.get("id"));
    }
    throw Failures.inAnswer(answer);
  }

  SalesforceSession session(String spoke, CamelContext camel) {
    return component(spoke, camel).getSession();
  }

  String setting(String spoke, String key) {
    return settings.get(spoke, key);
  }

  private static String name(String spoke) {
    return "salesforce-" + spoke;
  }

  private synchronized SalesforceComponent component(String spoke, CamelContext camel) {
    if (camel.hasComponent(name(spoke)) == null) {
      camel.addComponent(name(spoke), create(spoke, camel));
    }
    return camel.getComponent(name(spoke), SalesforceComponent.class);
  }

  /** The component's own retry would send a body that was read already: the Kamelet retries. */
  private SalesforceComponent create(String spoke, CamelContext camel) {
    SalesforceComponent component = new SalesforceComponent(camel);
    component.setLazyLogin(true);
    component.setLoginUrl(setting(spoke, "url"));
    component.setClientId(setting(spoke, "client-id"));
    authenticate(component, spoke);
    component.setHttpRequestTimeout(duration(setting(spoke, "timeout")).toMillis());
    component.setHttpMaxContentLength(MOST_BYTES);
    component.setHttpClientProperties(
        new HashMap<>(Map.of("maxRetries", 0, "maxConnectionsPerDestination", 20)));
    return component;
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  private void authenticate(SalesforceComponent component, String spoke) {
    switch (setting(spoke, "auth")) {
      case "client-credentials" -> {
        component.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
        component.setClientSecret(setting(spoke, "client-secret"));
      }
      case "password" -> {
        component.setAuthenticationType(AuthenticationType.USERNAME_PASSWORD);
        component.setClientSecret(setting(spoke, "client-secret"));
        component.setUserName(setting(spoke, "username"));
        component.setPassword(setting(spoke, "password"));
      }
      case "refresh-token" -> {
        component.setAuthenticationType(AuthenticationType.REFRESH_TOKEN);
        component.setClientSecret(setting(spoke, "client-secret"));
        component.setRefreshToken(setting(spoke, "refresh-token"));
      }
      case "jwt" -> {
        component.setAuthenticationType(AuthenticationType.JWT);
        component.setUserName(setting(spoke, "username"));
        component.setKeystore(keystore(spoke));
      }
      default ->
          throw new IllegalArgumentException(
              "nave.spokes."
                  + spoke
                  + ".auth: "
                  + setting(spoke, "auth")
                  + " (expected: client-credentials, password, refresh-token or jwt)");
    }
  }

  private KeyStoreParameters keystore(String spoke) {
    KeyStoreParameters keystore = new KeyStoreParameters();
    keystore.setResource(setting(spoke, "keystore"));
    keystore.setPassword(setting(spoke, "keystore-password"));
    return keystore;
  }
}
