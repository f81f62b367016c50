package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;

/**
 * A field as a query names it, perhaps by way of references: Account.Owner.Name.
 *
 * @param references the reference fields to follow, first to last
 */
record Column(List<Field> references, Field field) {

  static Column of(Schema schema, ObjectType type, String path) {
    String[] steps = path.split("\\.");
    int first = steps.length > 1 && steps[0].equalsIgnoreCase(type.name) ? 1 : 0;
    List<Field> references = new ArrayList<>();
    ObjectType at = type;
    for (int i = first; i < steps.length - 1; i++) {
      Field reference = at.relationship(steps[i]);
      if (reference == null) {
        throw ApiFailure.invalid(
            "INVALID_FIELD", "Didn't understand relationship '" + steps[i] + "' in field path.");
      }
      references.add(reference);
      at = schema.type(reference.target());
    }
    String name = steps[steps.length - 1];
    if (at.find(name) == null) {
      throw ApiFailure.invalid(
          "INVALID_FIELD",
          "No such column '%s' on entity '%s'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name."
              .formatted(name, at.name));
    }
    return new Column(references, at.field(name));
  }

  /** The record that holds the field, null where a reference is empty. */
  SObject holder(Org org, SObject row) {
    SObject at = row;
    for (Field reference : references) {
      Object id = at.get(reference.name());
      at = id == null ? null : org.find(org.schema.type(reference.target()), id.toString());
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  Object value(Org org, SObject row) {
    SObject holder = holder(org, row);
    return holder == null ? null : holder.get(field.name());
  }

  boolean direct() {
    return references.isEmpty();
  }
}
