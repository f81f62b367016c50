package io.nave;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A Quarkus test does not run our main class, which would start the routes. A test that takes the
 * hub's steps by itself leaves them out: {@link NoRoutes}.
 */
@ApplicationScoped
class StartCamel {
  private final boolean routes;

  StartCamel(@ConfigProperty(name = "nave.test.routes", defaultValue = "true") boolean routes) {
    this.routes = routes;
  }

  void at(@Observes StartupEvent event, CamelRuntime camel) {
    if (routes) {
      camel.start();
    }
  }
}
