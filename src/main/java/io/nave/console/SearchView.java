package io.nave.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a search found.
 *
 * @param query what was asked, as typed
 * @param more true if there may be more than are shown
 */
public record SearchView(String query, List<Hit> hits, boolean more) {

  /** A customer in a list; what is not known is null. */
  public record Hit(
      String id,
      String name,
      String lang,
      String town,
      String email,
      String phone,
      List<String> spokes) {}

  static Hit hit(JsonNode found) {
    var customer = found.path("customer");
    return new Hit(
        Values.text(found, "customerId"),
        Values.name(customer.path("name")),
        Values.languageTag(customer),
        first(customer.path("addresses"), "city"),
        first(customer.path("emails"), "value"),
        first(customer.path("phones"), "value"),
        ShowCustomer.spokes(found.path("records")));
  }

  private static String first(JsonNode list, String field) {
    var text = Values.text(list.path(0), field);
    return text.isEmpty() ? null : text;
  }

  public boolean isAsked() {
    return !query.isBlank();
  }

  public String count() {
    return Numbers.whole(hits.size());
  }
}
