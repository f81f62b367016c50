package io.nave.centre;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.sync.FindCustomers;
import io.nave.sync.Links;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.Optional;

/** Finds out who comes, and in which language and in whose name she is spoken to. */
@ApplicationScoped
class Visits {
  private final FindCustomers customers;
  private final Languages languages;
  private final CentreConfig config;
  private final Offers offers;
  private final Clock clock;

  Visits(
      FindCustomers customers,
      Languages languages,
      CentreConfig config,
      Offers offers,
      Clock clock) {
    this.customers = customers;
    this.languages = languages;
    this.config = config;
    this.offers = offers;
    this.clock = clock;
  }

  /** Empty where the customer is gone. */
  Optional<Visit> of(String token, Links.Opened opened, String language, HttpHeaders headers) {
    return customers
        .byId(opened.customerId())
        .map(
            found -> {
              var customer = found.customer();
              var summary = customers.summary(opened.customerId());
              customer.set(
                  "preferences",
                  summary
                      .map(s -> s.path("preferences"))
                      .filter(p -> p.isArray())
                      .orElse(JsonNodeFactory.instance.arrayNode()));
              var known = customer.path("customer").path("language").textValue();
              var brand = opened.link().brand();
              var now = clock.instant();
              return new Visit(
                  token,
                  opened,
                  customer,
                  languages.choose(language, known, headers.getHeaderString("Accept-Language")),
                  config.brand(brand),
                  offers.at(now),
                  Signal.isOn(headers.getHeaderString("Sec-GPC")),
                  offers.controller(brand),
                  now);
            });
  }
}
