package io.nave.connectors.s4hana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A kind of communication below an address: e-mails, telephones or mobiles.
 *
 * @param navigation the address's navigation property
 * @param value the property that holds the e-mail or number
 * @param preferred the flag of the default
 */
record Channel(String navigation, String value, String preferred) {

  /** The entities of all addresses, in their order. */
  List<JsonNode> children(JsonNode addresses) {
    List<JsonNode> children = new ArrayList<>();
    for (JsonNode address : addresses) {
      JsonNode below = address.path(navigation);
      (below.has("results") ? below.path("results") : below).forEach(children::add);
    }
    return children;
  }

  List<String> values(JsonNode addresses) {
    return children(addresses).stream().flatMap(child -> keys(child).stream()).toList();
  }

  /** Whether all that is below the address is below one of these. */
  boolean knows(JsonNode addresses, JsonNode address) {
    List<String> known = values(addresses);
    return children(PartnerJson.JSON.createArrayNode().add(address)).stream()
        .allMatch(child -> keys(child).stream().anyMatch(known::contains));
  }

  /** By what an entity is recognised: the number as entered and as completed by SAP. */
  List<String> keys(JsonNode child) {
    return Stream.of(value, "International" + value)
        .map(property -> key(child.path(property).asText()))
        .filter(key -> !key.isEmpty())
        .toList();
  }

  /** The entity that holds the wanted value already, or null. */
  JsonNode same(List<JsonNode> held, JsonNode wanted) {
    List<String> keys = keys(wanted);
    return held.stream()
        .filter(child -> keys(child).stream().anyMatch(keys::contains))
        .findFirst()
        .orElse(null);
  }

  /** What is sent so that another value takes an entity's place. */
  ObjectNode replacement(JsonNode wanted, JsonNode replaced) {
    ObjectNode replacement = PartnerJson.JSON.createObjectNode();
    replacement.set(value, wanted.path(value));
    if (!replaced.path("PhoneNumberExtension").asText().isEmpty()) {
      replacement.put("PhoneNumberExtension", "");
    }
    if (wanted.path(preferred).asBoolean() && !replaced.path(preferred).asBoolean()) {
      replacement.put(preferred, true);
    }
    return replacement;
  }

  private String key(String text) {
    String lower = text.trim().toLowerCase(Locale.ROOT);
    return value.startsWith("Email") ? lower : lower.replaceAll("[^0-9+]", "");
  }
}
