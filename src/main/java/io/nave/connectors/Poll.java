package io.nave.connectors;

import io.nave.platform.FailureKind;
import io.nave.platform.FailureName;
import io.nave.platform.LogKeys;
import io.nave.sync.Couriers;
import io.nave.sync.LeaseLost;
import io.nave.sync.Leases;
import io.nave.sync.Pauses;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.URISupport;
import org.jboss.logging.Logger;

/**
 * A Camel component for sources that look for changes now and then: {@code from: poll:<spoke>}, or
 * {@code poll:<spoke>/<what>} where a spoke has several looks, with the parameters of a timer. It
 * ticks on one instance of the hub at a time, and not while an operator has paused the spoke or the
 * spoke has had too many requests; it ticks soon after that instance is this one or the spoke is
 * resumed, not only a period later. After a look that failed it waits longer, if the period is
 * short.
 */
@Singleton
@Named("poll")
public final class Poll extends DefaultComponent {
  private static final Logger LOG = Logger.getLogger(Poll.class);
  private static final long SOON_MILLIS = 200;
  private static final int MOST_DOUBLINGS = 5;
  private static final String PERIOD = "period";
  private final Predicate<String> mine;
  private final BiConsumer<String, Throwable> failed;

  @Inject
  Poll(Leases leases, Pauses pauses, Couriers couriers, ConnectorsInUse connectors, Clock clock) {
    this(
        spoke ->
            leases.holds(LeaseLost.sourceOf(spoke))
                && pauses.of(spoke).isEmpty()
                && !couriers.isLeftAlone(spoke),
        (spoke, failure) -> {
          if (connectors.of(spoke).map(one -> one.classify(failure)).orElse(null)
              == FailureKind.THROTTLED) {
            couriers.refused(spoke, RetryAfter.of(failure, clock.instant()));
          }
        });
  }

  /**
   * @param mine whether a spoke's source is read here and now
   */
  Poll(Predicate<String> mine) {
    this(mine, (spoke, failure) -> {});
  }

  /**
   * @param failed is told of each look that failed
   */
  Poll(Predicate<String> mine, BiConsumer<String, Throwable> failed) {
    this.mine = mine;
    this.failed = failed;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    var text = String.valueOf(parameters.getOrDefault(PERIOD, "1000"));
    long period = CamelContextHelper.parseDuration(getCamelContext(), text).toMillis();
    parameters.put(PERIOD, Math.min(period, SOON_MILLIS));
    var query = URISupport.createQueryString(parameters);
    parameters.clear();
    var spoke = name.replaceFirst("/.*", "");
    var timer = "timer:" + name.replace('/', '-') + "?" + query;
    return new Ticks(uri, this, spoke, period, getCamelContext().getEndpoint(timer));
  }

  /** Tells of failures with the spoke's name. */
  private record OfSpoke(String spoke, ExceptionHandler handler) implements ExceptionHandler {
    @Override
    public void handleException(Throwable failure) {
      tell(() -> handler.handleException(failure));
    }

    @Override
    public void handleException(String message, Throwable failure) {
      tell(() -> handler.handleException(message, failure));
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
      tell(() -> handler.handleException(message, exchange, failure));
    }

    private void tell(Runnable telling) {
      LogKeys.during(Map.of("spoke", spoke), telling);
    }
  }

  private static final class Ticks extends DefaultEndpoint implements DelegateEndpoint {
    private final String spoke;
    private final long periodNanos;
    private final Endpoint timer;
    private long due = System.nanoTime();
    private int failures;

    Ticks(String uri, Poll component, String spoke, long periodMillis, Endpoint timer) {
      super(uri, component);
      this.spoke = spoke;
      this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
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
      var consumer = timer.createConsumer(exchange -> tick(exchange, processor));
      if (consumer instanceof DefaultConsumer ticks) {
        ticks.setExceptionHandler(new OfSpoke(spoke, ticks.getExceptionHandler()));
      }
      return consumer;
    }

    private void tick(Exchange exchange, Processor processor) throws Exception {
      long now = System.nanoTime();
      if (now - due >= 0 && isMine()) {
        processor.process(exchange);
        if (exchange.getException() == null) {
          failures = 0;
          due = now + periodNanos;
        } else {
          due = System.nanoTime() + Math.max(periodNanos, pauseNanos());
          ((Poll) getComponent()).failed.accept(spoke, exchange.getException());
        }
      }
    }

    /** After a look that failed: a fifth of a second, after the sixth in turn six. */
    private long pauseNanos() {
      int doublings = Math.min(failures++, MOST_DOUBLINGS);
      return TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS << doublings);
    }

    private boolean isMine() {
      try {
        return ((Poll) getComponent()).mine.test(spoke);
      } catch (RuntimeException unknown) {
        LOG.warnf("%s is not read: %s", spoke, FailureName.of(unknown));
        due = System.nanoTime() + pauseNanos();
        return false;
      }
    }
  }
}
