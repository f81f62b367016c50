package io.nave.connectors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.RouteAware;
import org.apache.camel.StartupListener;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

/**
 * A Camel component for a route with two ways in, such as a webhook and the timer of its catch-up:
 * {@code from: any-of:<name>} with the parameters {@code first} and {@code second}, each the URI of
 * what to consume from. Whatever comes from either goes the same way.
 */
@Singleton
@Named("any-of")
public final class AnyOf extends DefaultComponent {
  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters)
      throws Exception {
    var first = getAndRemoveParameter(parameters, "first", String.class);
    var second = getAndRemoveParameter(parameters, "second", String.class);
    if (first == null || second == null)
      throw new IllegalArgumentException(uri + ": (expected: first and second)");
    return new Ways(uri, this, List.of(first, second));
  }

  private static final class Ways extends DefaultEndpoint {
    private final List<String> uris;

    Ways(String uri, AnyOf component, List<String> uris) {
      super(uri, component);
      this.uris = uris;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("any-of: no producer (expected: from)");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      var consumers = new ArrayList<Consumer>();
      for (var uri : uris)
        consumers.add(getCamelContext().getEndpoint(uri).createConsumer(processor));
      return new Both(this, processor, consumers);
    }
  }

  private static final class Both extends DefaultConsumer {
    private final List<Consumer> consumers;

    Both(Endpoint endpoint, Processor processor, List<Consumer> consumers) {
      super(endpoint, processor);
      this.consumers = consumers;
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      for (var consumer : consumers) {
        if (consumer instanceof RouteAware aware) aware.setRoute(getRoute());
        ServiceHelper.startService(consumer);
        if (consumer instanceof StartupListener listener)
          getEndpoint().getCamelContext().addStartupListener(listener);
      }
    }

    @Override
    protected void doStop() throws Exception {
      ServiceHelper.stopService(consumers);
      super.doStop();
    }

    @Override
    protected void doShutdown() throws Exception {
      ServiceHelper.stopAndShutdownServices(consumers);
      super.doShutdown();
    }
  }
}
