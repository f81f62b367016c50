package io.nave.sandbox.salesforce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A record. Its values are text, Boolean, Double, Instant (times, to the second), or a date as ISO
 * text; null ones are left out. They are replaced as a whole, so that an undo only puts the old map
 * back.
 */
final class SObject {
  final ObjectType type;
  final String id;
  Map<String, Object> values;
  boolean deleted;

  SObject(ObjectType type, String id, Map<String, Object> values) {
    this.type = type;
    this.id = id;
    this.values = values;
  }

  /** The value of a field, derived ones included; null where there is none. */
  Object get(String field) {
    return switch (field) {
      case "Id" -> id;
      case "IsDeleted" -> deleted;
      case "Name" -> type.person() ? fullName() : values.get(field);
      default -> {
        Object value = values.get(field);
        yield value == null && type.find(field).kind() == Field.Kind.BOOLEAN ? false : value;
      }
    };
  }

  String text(String field) {
    Object value = get(field);
    return value == null ? "" : Json.text(value);
  }

  private String fullName() {
    StringBuilder name = new StringBuilder();
    for (String part : new String[] {"FirstName", "MiddleName", "LastName", "Suffix"}) {
      Object value = values.get(part);
      if (value != null) {
        name.append(name.length() > 0 ? " " : "").append(value);
      }
    }
    return name.toString();
  }

  /** The parts of the address with that prefix, by their API names; empty where none is set. */
  Map<String, Object> address(String prefix) {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (String part : new String[] {"City", "Country", "PostalCode", "State", "Street"}) {
      Object value = values.get(prefix + part);
      if (value != null) {
        parts.put(part, value);
      }
    }
    return Collections.unmodifiableMap(parts);
  }
}
