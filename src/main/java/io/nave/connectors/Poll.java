package io.nave.connectors;

import io.nave.platform.FailureKind;
import io.nave.platform.FailureName;
import io.nave.platform.LogKeys;
import io.nave.sync.Couriers;
import io.nave.sync.LeaseLost;
import io.nave.sync.Leases;
import io.nave.sync.Pauses;
import io.nave.sync.SourceTroubles;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
  private final Listener listener;

  /** Is told how the looks ended. */
  interface Listener {
    /** Each one that failed. */
    default void failed(String look, String spoke, Throwable failure) {}

    /** The first one that did not, after others or after other instances had looked. */
    default void succeeded(String look) {}
  }

  @Inject
  Poll(Leases leases, Pauses pauses, Couriers couriers, Outcomes outcomes) {
    this(
        spoke ->
            leases.holds(LeaseLost.sourceOf(spoke))
                && pauses.of(spoke).isEmpty()
                && !couriers.isLeftAlone(spoke),
        outcomes);
  }

  /** What the hub makes of the looks. */
  @Singleton
  static final class Outcomes implements Listener {
    private final ConnectorsInUse connectors;
    private final Couriers couriers;
    private final SourceTroubles troubles;
    private final Clock clock;

    Outcomes(ConnectorsInUse connectors, Couriers couriers, SourceTroubles troubles, Clock clock) {
      this.connectors = connectors;
      this.couriers = couriers;
      this.troubles = troubles;
      this.clock = clock;
    }

    @Override
    public void failed(String look, String spoke, Throwable failure) {
      var kind =
          connectors.of(spoke).map(one -> one.classify(failure)).orElse(FailureKind.TRANSIENT);
      if (kind == FailureKind.THROTTLED) {
        couriers.refused(spoke, RetryAfter.of(failure, clock.instant()));
      }
      troubles.failed(look, spoke, kind, FailureName.of(failure));
    }

    @Override
    public void succeeded(String look) {
      troubles.succeeded(look);
    }
  }

  /**
   * @param mine whether a spoke's source is read here and now
   */
  Poll(Predicate<String> mine) {
    this(mine, new Listener() {});
  }

  Poll(Predicate<String> mine, Listener listener) {
    this.mine = mine;
    this.listener = listener;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    var text = String.valueOf(parameters.getOrDefault(PERIOD, "1000"));
    long period = CamelContextHelper.parseDuration(getCamelContext(), text).toMillis();
    parameters.put(PERIOD, Math.min(period, SOON_MILLIS));
    var query = URISupport.createQueryString(parameters);
    parameters.clear();
    var timer = "timer:" + name.replace('/', '-') + "?" + query;
    return new Ticks(uri, this, name, period, getCamelContext().getEndpoint(timer));
  }

  /** Tells of failures with the spoke's name; of the first one in a row with its trace. */
  private record OfSpoke(Ticks ticks, ExceptionHandler handler) implements ExceptionHandler {
    @Override
    public void handleException(Throwable failure) {
      tell(failure, () -> handler.handleException(failure));
    }

    @Override
    public void handleException(String message, Throwable failure) {
      tell(failure, () -> handler.handleException(message, failure));
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
      tell(failure, () -> handler.handleException(message, exchange, failure));
    }

    private void tell(Throwable failure, Runnable first) {
      Runnable again = () -> LOG.warnf("%s is not read: %s", ticks.look, FailureName.of(failure));
      LogKeys.during(Map.of("spoke", ticks.spoke), ticks.failures > 1 ? again : first);
    }
  }

  private static final class Ticks extends DefaultEndpoint implements DelegateEndpoint {
    private final String look;
    private final String spoke;
    private final long periodNanos;
    private final Endpoint timer;
    private long due = System.nanoTime();
    private int failures;
    private boolean isKnownToBeWell;

    Ticks(String uri, Poll component, String look, long periodMillis, Endpoint timer) {
      super(uri, component);
      this.look = look;
      this.spoke = look.replaceFirst("/.*", "");
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
        ticks.setExceptionHandler(new OfSpoke(this, ticks.getExceptionHandler()));
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
        }
        tell(exchange.getException());
      }
    }

    private void tell(Exception failure) {
      var listener = ((Poll) getComponent()).listener;
      try {
        if (failure != null) {
          isKnownToBeWell = false;
          listener.failed(look, spoke, failure);
        } else if (!isKnownToBeWell) {
          listener.succeeded(look);
          isKnownToBeWell = true;
        }
      } catch (RuntimeException away) {
        LOG.warnf("how %s was read is not noted: %s", spoke, FailureName.of(away));
      }
    }

    /** After a look that failed: a fifth of a second, after the sixth in turn six. */
    private long pauseNanos() {
      int doublings = Math.min(failures++, MOST_DOUBLINGS);
      return TimeUnit.MILLISECONDS.toNanos(SOON_MILLIS << doublings);
    }

    private boolean isMine() {
      try {
        boolean isMine = ((Poll) getComponent()).mine.test(spoke);
        isKnownToBeWell = isKnownToBeWell && isMine;
        return isMine;
      } catch (RuntimeException unknown) {
        LOG.warnf("%s is not read: %s", spoke, FailureName.of(unknown));
        due = System.nanoTime() + pauseNanos();
        return false;
      }
    }
  }
}
