package io.nave.centre;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where customers find the preference centre. */
@ApplicationScoped
class CentreAddress {
  private final String base;

  CentreAddress(@ConfigProperty(name = "nave.centre.address") String address) {
    if (!address.matches("https?://[^/?#]+(/[^?#]*)?") || URI.create(address).getHost() == null) {
      throw new IllegalArgumentException(
          "nave.centre.address: "
              + address
              + " (expected: such as https://preferences.example.com)");
    }
    this.base = address.replaceAll("/+$", "");
  }

  String of(String token) {
    return base + "/centre/l/" + token;
  }
}
