package io.nave.sandbox.salesforce;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a record of one object must be like to be saved. */
final class Rules {
  private final Org org;
  private final ObjectType type;

  Rules(Org org, ObjectType type) {
    this.org = org;
    this.type = type;
  }

  /** The record's values with the given ones applied, or the refusal. Changes nothing itself. */
  Map<String, Object> applied(SObject row, Map<String, Object> given, boolean creating) {
    Map<String, Object> values = new HashMap<>(row.values);
    for (Map.Entry<String, Object> entry : given.entrySet()) {
      if (!entry.getKey().equals("attributes")) {
        apply(row, values, entry.getKey(), entry.getValue());
      }
    }
    required(values, creating ? type.fields : touched(given));
    return values;
  }

  private List<Field> touched(Map<String, Object> given) {
    return type.fields.stream().filter(f -> given.containsKey(f.name())).toList();
  }

  private void apply(SObject row, Map<String, Object> values, String name, Object given) {
    Field field = type.find(name);
    if (field == null && given instanceof Map<?, ?> reference && type.relationship(name) != null) {
      field = type.relationship(name);
      values.put(field.name(), byExternalId(field, reference));
      return;
    }
    field = type.field(name);
    if (!field.writable() || !type.writable()) {
      throw ApiFailure.invalid(
          "INVALID_FIELD_FOR_INSERT_UPDATE",
          "Unable to create/update fields: "
              + field.name()
              + ". Please check the security settings of this field and verify that it is"
              + " read/write for your profile or permission set.",
          field.name());
    }
    Object value = Values.accept(field, given);
    if (value == null) {
      values.remove(field.name());
    } else {
      check(row, field, value);
      values.put(field.name(), value);
    }
  }

  private String byExternalId(Field reference, Map<?, ?> given) {
    ObjectType target = org.schema.type(reference.target());
    for (Map.Entry<?, ?> entry : given.entrySet()) {
      Field field = target.find(entry.getKey().toString());
      if (field != null && field.externalId()) {
        return org.lookup(target, field.name(), String.valueOf(entry.getValue())).stream()
            .findFirst()
            .orElseThrow(() -> unknown(field, entry.getValue()))
            .id;
      }
    }
    throw ApiFailure.invalid("INVALID_FIELD", "Foreign key external ID is missing");
  }

  private static ApiFailure unknown(Field field, Object value) {
    return ApiFailure.invalid(
        "INVALID_FIELD",
        "Foreign key external ID: " + value + " not found for field " + field.name());
  }

  private void check(SObject row, Field field, Object value) {
    if (field.target() != null) {
      SObject target = org.find(org.schema.type(field.target()), value.toString());
      if (target == null || target.deleted) {
        throw ApiFailure.invalid(
            "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.name());
      }
    }
    if (field.externalId()) {
      for (SObject other : org.lookup(type, field.name(), value.toString())) {
        if (!other.id.equals(row.id)) {
          throw ApiFailure.invalid(
              "DUPLICATE_VALUE",
              "duplicate value found: %s duplicates value on record with id: %s"
                  .formatted(field.name(), other.id));
        }
      }
    }
  }

  private static void required(Map<String, Object> values, List<Field> fields) {
    String[] missing =
        fields.stream()
            .filter(f -> f.required() && values.get(f.name()) == null)
            .map(Field::name)
            .toArray(String[]::new);
    if (missing.length > 0) {
      throw ApiFailure.invalid(
          "REQUIRED_FIELD_MISSING",
          "Required fields are missing: [" + String.join(", ", missing) + "]",
          missing);
    }
  }

  /** Refuses a person who has the e-mail and last name of another record. */
  void refuseDuplicate(Map<String, Object> values, Index index) {
    Object email = values.get("Email");
    if (email == null || !type.person()) {
      return;
    }
    Collection<SObject> same = index.find(type, "Email", email);
    if (same.stream()
        .anyMatch(
            r -> r.text("LastName").equalsIgnoreCase(String.valueOf(values.get("LastName"))))) {
      throw ApiFailure.invalid("DUPLICATES_DETECTED", "Use one of these records?");
    }
  }
}
