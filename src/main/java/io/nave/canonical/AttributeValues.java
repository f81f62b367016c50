package io.nave.canonical;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A customer taken apart into its attributes and put together again. A key is {@link
 * Attribute#key()} or {@code attributes.<key>}; what is empty has no entry.
 */
public final class AttributeValues {
  /** What the keys of free-form attributes start with. */
  public static final String FREE_FORM = "attributes.";

  private AttributeValues() {}

  /** The attributes that have a value. */
  public static Map<String, Object> of(Customer customer) {
    var values = new LinkedHashMap<String, Object>();
    for (var attribute : Attribute.values()) {
      var value = attribute.of(customer);
      if (!isEmpty(value)) {
        values.put(attribute.key(), value);
      }
    }
    customer.attributes().forEach((key, value) -> putFreeForm(values, key, value));
    return values;
  }

  /** The customer that has these attributes and no others. */
  @SuppressWarnings("unchecked")
  public static Customer toCustomer(Map<String, Object> values) {
    return new Customer(
        (String) values.get("type"),
        (String) values.get("lifecycle"),
        (Name) values.get("name"),
        (java.time.LocalDate) values.get("birthDate"),
        (String) values.get("gender"),
        (String) values.get("language"),
        (List<Email>) values.get("emails"),
        (List<Phone>) values.get("phones"),
        (List<Address>) values.get("addresses"),
        (List<Identifier>) values.get("identifiers"),
        (List<Membership>) values.get("memberships"),
        (List<String>) values.get("domains"),
        freeForm(values));
  }

  /** True for null and for an empty list. */
  public static boolean isEmpty(Object value) {
    return value == null || value instanceof Collection<?> list && list.isEmpty();
  }

  private static void putFreeForm(Map<String, Object> values, String key, Object value) {
    if (value != null) {
      values.put(FREE_FORM + key, value);
    }
  }

  private static Map<String, Object> freeForm(Map<String, Object> values) {
    var free = new TreeMap<String, Object>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(FREE_FORM)) {
            free.put(key.substring(FREE_FORM.length()), value);
          }
        });
    return free;
  }
}
