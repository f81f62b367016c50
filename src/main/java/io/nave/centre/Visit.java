package io.nave.centre;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.sync.Links;
import java.time.Instant;
import java.util.List;

/**
 * One customer at the preference centre.
 *
 * @param token by which she came
 * @param customer everything that is known of her
 * @param offers what she can say yes and no to
 * @param signal whether her browser asks for privacy
 * @param controller the brand under which the ledger keeps what she says; or null
 */
record Visit(
    String token,
    Links.Opened opened,
    ObjectNode customer,
    Wording wording,
    BrandLook look,
    List<Offer> offers,
    boolean signal,
    String controller,
    Instant now) {

  JsonNode golden() {
    return customer.path("customer");
  }

  JsonNode history() {
    return customer.path("consentHistory");
  }

  Standing standing() {
    return new Standing(customer.path("consents"), controller);
  }

  Statement statement(JsonNode golden) {
    return new Statement(wording, controller, signal, golden);
  }

  String path() {
    return "/centre/l/" + token;
  }

  /** What is known of one wish; missing where nothing is. */
  JsonNode preference(String name) {
    for (var one : customer.path("preferences")) {
      if (one.path("name").asText().equals(name)) {
        return one.path("value");
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }
}
