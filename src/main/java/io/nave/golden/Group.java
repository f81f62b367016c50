package io.nave.golden;

import io.nave.canonical.Attribute;
import io.nave.canonical.AttributeValues;
import io.nave.canonical.Customer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Attributes that survive together: all of them from one source record, also what is missing there.
 */
record Group(String name, List<String> attributes, Strategy strategy) {

  /** The values in the order of the attributes; null for a missing one. */
  List<Object> values(Customer customer) {
    var values = new ArrayList<Object>(attributes.size());
    attributes.forEach(key -> values.add(value(customer, key)));
    return values;
  }

  /** When the statement came to say the newest part of it. */
  Instant changedAt(Statement statement) {
    return attributes.stream()
        .filter(key -> value(statement.customer(), key) != null)
        .map(statement::changedAt)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private static Object value(Customer customer, String key) {
    if (key.startsWith(AttributeValues.FREE_FORM)) {
      return customer.attributes().get(key.substring(AttributeValues.FREE_FORM.length()));
    }
    for (var attribute : Attribute.values()) {
      if (attribute.key().equals(key)) {
        return attribute.of(customer);
      }
    }
    throw new IllegalArgumentException("attribute: " + key + " (expected: one of the model)");
  }
}
