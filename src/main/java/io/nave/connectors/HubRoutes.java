package io.nave.connectors;

import io.nave.sync.Couriers;
import io.nave.sync.ObservationReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.PluginHelper;
import org.jboss.logging.Logger;

/**
 * Loads what engineers edit: the hub's routes, the Kamelets, and the routes of the spokes that are
 * configured. Every mistake in them is found before anything starts, and all are told together.
 */
@ApplicationScoped
class HubRoutes extends RouteBuilder {
  private static final Logger LOG = Logger.getLogger(HubRoutes.class);
  private static final int MOST_SENDING_THREADS = 64;

  private final ConfiguredSpokes spokes;
  private final Observe observe;
  private final ObservationReader reader;
  private final Couriers couriers;
  private final Clock clock;
  private final ExecutorService sending = Executors.newFixedThreadPool(MOST_SENDING_THREADS);

  HubRoutes(
      ConfiguredSpokes spokes,
      Observe observe,
      ObservationReader reader,
      Couriers couriers,
      Clock clock) {
    this.spokes = spokes;
    this.observe = observe;
    this.reader = reader;
    this.couriers = couriers;
    this.clock = clock;
  }

  @Override
  public void configure() {
    var mistakes = new ArrayList<>(spokes.read());
    // whoever called decides what a failure means: the courier, the vendor's webhook, the next poll
    getContext().getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    countKamelets();
    offerDefaults();
    ConfiguredSpokes.files(spokes.connectors(), ".kamelet.yaml").forEach(f -> load(f, mistakes));
    ConfiguredSpokes.files(spokes.hubRoutes(), ".camel.yaml").forEach(f -> load(f, mistakes));
    spokes.connected().forEach((spoke, connector) -> connect(spoke, connector, mistakes));
    if (!mistakes.isEmpty()) {
      throw new IllegalStateException(
          "The configuration has "
              + mistakes.size()
              + " mistakes:\n"
              + String.join("\n", mistakes));
    }
  }

  /** So that the console shows what sources and sinks do. */
  private void countKamelets() {
    var agent = getContext().getManagementStrategy().getManagementAgent();
    if (agent != null) {
      agent.setRegisterRoutesCreateByKamelet(true);
    }
  }

  /** Kamelets may use {@code {{nave.spokes.<spoke>.<key>}}} for what is no secret. */
  private void offerDefaults() {
    var defaults = new Properties();
    spokes
        .connected()
        .forEach(
            (spoke, connector) ->
                connector
                    .settings()
                    .forEach(
                        (key, setting) -> {
                          if (setting.defaultValue() != null) {
                            defaults.put(
                                "nave.spokes." + spoke + "." + key, setting.defaultValue());
                          }
                        }));
    getContext().getPropertiesComponent().setInitialProperties(defaults);
  }

  private void load(Path file, List<String> mistakes) {
    try {
      var resource = PluginHelper.getResourceLoader(getContext()).resolveResource("file:" + file);
      PluginHelper.getRoutesLoader(getContext()).loadRoutes(resource);
    } catch (Exception wrong) {
      mistakes.add(file + ": " + wrong.getMessage());
    }
  }

  private void connect(String spoke, ConnectorDescriptor connector, List<String> mistakes) {
    try {
      var folder = spokes.connectors().resolve(connector.system());
      var toCanonical = Mapping.compile(folder.resolve("to-canonical.jslt"));
      var fromCanonical = Mapping.compile(folder.resolve("from-canonical.jslt"));
      observe.translateWith(spoke, toCanonical);
      var producer = getContext().createProducerTemplate();
      producer.setExecutorService(sending);
      boolean creates = spokes.value(spoke, "create").map(Boolean::valueOf).orElse(false);
      var receiver =
          new ConnectedSpoke(
              spoke, connector, creates, toCanonical, fromCanonical, reader, producer, clock);
      load(spokes.routeFile(spoke), mistakes);
      spokes.receives(receiver);
    } catch (RuntimeException wrong) {
      mistakes.add(wrong.getMessage());
    }
  }

  void started(@Observes CamelEvent.CamelContextStartedEvent event) {
    couriers.start(spokes.receiving());
    LOG.infof("connected spokes: %s", spokes.declared());
  }

  void stopping(@Observes CamelEvent.CamelContextStoppingEvent event) {
    couriers.stop();
    sending.shutdown();
  }
}
