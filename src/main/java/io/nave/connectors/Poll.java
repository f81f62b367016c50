package io.nave.connectors;

import io.nave.sync.LeaseLost;
import io.nave.sync.Leases;
import io.nave.sync.Pauses;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.jboss.logging.Logger;

/**
 * A Camel component for sources that look for changes now and then: {@code from: poll:<spoke>}, or
 * {@code poll:<spoke>/<what>} where a spoke has several looks, with the parameters of a timer. It
 * ticks on one instance of the hub at a time, and not while an operator has paused the spoke.
 */
@Singleton
@Named("poll")
public final class Poll extends DefaultComponent {
  private static final Logger LOG = Logger.getLogger(Poll.class);
  private final Predicate<String> mine;

  @Inject
  Poll(Leases leases, Pauses pauses) {
    this(spoke -> leases.holds(LeaseLost.sourceOf(spoke)) && pauses.of(spoke).isEmpty());
  }

  /**
   * @param mine whether a spoke's source is read here and now
   */
  Poll(Predicate<String> mine) {
    this.mine = mine;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    var query = org.apache.camel.util.URISupport.createQueryString(parameters);
    parameters.clear();
    var spoke = name.replaceFirst("/.*", "");
    var timer = "timer:" + name.replace('/', '-') + (query.isEmpty() ? "" : "?" + query);
    return new Ticks(uri, this, spoke, getCamelContext().getEndpoint(timer));
  }

  private static final class Ticks extends DefaultEndpoint implements DelegateEndpoint {
    private final String spoke;
    private final Endpoint timer;

    Ticks(String uri, Poll component, String spoke, Endpoint timer) {
      super(uri, component);
      this.spoke = spoke;
      this.timer = timer;
    }

    @Override
    public Endpoint getEndpoint() {
      return timer;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("poll: no producer (expected: from)");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      return timer.createConsumer(exchange -> tick(exchange, processor));
    }

    private void tick(Exchange exchange, Processor processor) throws Exception {
      if (isMine()) {
        processor.process(exchange);
      }
    }

    private boolean isMine() {
      try {
        return ((Poll) getComponent()).mine.test(spoke);
      } catch (RuntimeException unknown) {
        LOG.warnf("%s is not read: %s", spoke, unknown.toString());
        return false;
      }
    }
  }
}
