package io.nave;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.core.CamelRuntime;

/** A Quarkus test does not run our main class, which would start the routes. */
@ApplicationScoped
class StartCamel {
  void at(@Observes StartupEvent event, CamelRuntime camel) {
    camel.start();
  }
}
