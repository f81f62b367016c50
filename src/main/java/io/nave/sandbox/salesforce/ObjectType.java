package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An object such as Contact: its id prefix and its fields, whose names ignore case. */
final class ObjectType {
  final String name;
  final String plural;
  final String prefix;
  final List<Field> fields = new ArrayList<>();
  private final Map<String, Field> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Field> byRelationship = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  ObjectType(String name, String plural, String prefix) {
    this.name = name;
    this.plural = plural;
    this.prefix = prefix;
  }

  void add(Field field) {
    fields.add(field);
    byName.put(field.name(), field);
    if (field.relationship() != null) {
      byRelationship.put(field.relationship(), field);
    }
  }

  /** The field, or null. */
  Field find(String fieldName) {
    return byName.get(fieldName);
  }

  /** The field; refused as Salesforce does where there is none. */
  Field field(String fieldName) {
    Field field = byName.get(fieldName);
    if (field == null) {
      throw ApiFailure.invalid(
          "INVALID_FIELD", "No such column '" + fieldName + "' on sobject of type " + name);
    }
    return field;
  }

  /** The reference behind a relationship's name, or null. */
  Field relationship(String relationshipName) {
    return byRelationship.get(relationshipName);
  }

  /** Whether people are of this type, whose Name is made of parts. */
  boolean person() {
    return find("LastName") != null;
  }

  /** Whether records can be written; users and the organisation are only read. */
  boolean writable() {
    return find("IsDeleted") != null;
  }
}
