package io.nave.connectors.salesforce;

import io.nave.sync.LeaseLost;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.salesforce.api.SalesforceException;

/** The change feeds by spoke. In Kamelets it is the bean {@code salesforceFeeds}. */
@ApplicationScoped
@Named("salesforceFeeds")
public class ChangeFeeds {
  private final SalesforceOrgs orgs;
  private final Map<String, ChangeFeed> feeds = new ConcurrentHashMap<>();

  @Inject
  public ChangeFeeds(SalesforceOrgs orgs) {
    this.orgs = orgs;
  }

  /** See {@link ChangeFeed#open}; {@code load} is {@code done} where all has been read. */
  public void open(String spoke, String position, String load, Exchange exchange)
      throws InterruptedException {
    try {
      feeds
          .computeIfAbsent(spoke, s -> feed(s, exchange.getContext()))
          .open(position, "done".equals(load));
    } catch (SalesforceException e) {
      throw Failures.of(e);
    }
  }

  private ChangeFeed feed(String spoke, CamelContext camel) {
    URI address = URI.create(orgs.setting(spoke, "pub-sub"));
    return new ChangeFeed(address, orgs.session(spoke, camel));
  }

  /** See {@link ChangeFeed#next}. */
  public ChangedRecords next(String spoke) throws InterruptedException {
    try {
      return feeds.get(spoke).next();
    } catch (SalesforceException e) {
      throw Failures.of(e);
    }
  }

  /** See {@link ChangeFeed#taken}. */
  public void taken(String spoke) {
    feeds.get(spoke).taken();
  }

  /** Another instance reads now; what was not taken here is offered there. */
  void lost(@Observes LeaseLost lost) {
    feeds.keySet().stream()
        .filter(spoke -> LeaseLost.sourceOf(spoke).equals(lost.name()))
        .map(feeds::remove)
        .forEach(ChangeFeed::close);
  }

  @PreDestroy
  void close() {
    feeds.values().forEach(ChangeFeed::close);
    feeds.clear();
  }
}
