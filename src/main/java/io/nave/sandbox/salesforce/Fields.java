package io.nave.sandbox.salesforce;

import io.nave.sandbox.salesforce.Field.Kind;
import java.util.List;

/** Adds fields to an object type, many in a line. */
final class Fields {
  final ObjectType type;

  Fields(ObjectType type) {
    this.type = type;
  }

  Fields id() {
    return readOnly("Id", Kind.ID, 18);
  }

  Fields string(String name, int length, boolean required) {
    return add(name, Kind.STRING, length, required, true, null, List.of());
  }

  Fields picklist(String name, List<String> values) {
    return add(name, Kind.PICKLIST, 255, false, true, null, values);
  }

  Fields reference(String name, String target) {
    return add(name, Kind.REFERENCE, 18, false, true, target, List.of());
  }

  Fields of(Kind kind, int length, String... names) {
    for (String name : names) {
      add(name, kind, length, false, true, null, List.of());
    }
    return this;
  }

  Fields person(List<String> salutations) {
    string("LastName", 80, true).string("FirstName", 40, false);
    picklist("Salutation", salutations).string("MiddleName", 40, false);
    return string("Suffix", 40, false).readOnly("Name", Kind.STRING, 121);
  }

  Fields address(String prefix) {
    of(Kind.TEXTAREA, 255, prefix + "Street");
    string(prefix + "City", 40, false).string(prefix + "State", 80, false);
    string(prefix + "PostalCode", 20, false).string(prefix + "Country", 80, false);
    return readOnly(prefix + "Address", Kind.ADDRESS, 0);
  }

  /** The external id, the owner, and the fields that the system keeps. */
  Fields audit() {
    type.add(
        new Field("Nave_Id__c", "Nave Id", Kind.STRING, 64, false, true, true, null, List.of()));
    reference("OwnerId", "User").readOnly("IsDeleted", Kind.BOOLEAN, 0);
    readOnly("CreatedDate", Kind.DATETIME, 0).system("CreatedById");
    readOnly("LastModifiedDate", Kind.DATETIME, 0).system("LastModifiedById");
    return readOnly("SystemModstamp", Kind.DATETIME, 0);
  }

  private Fields system(String name) {
    return add(name, Kind.REFERENCE, 18, false, false, "User", List.of());
  }

  private Fields readOnly(String name, Kind kind, int length) {
    return add(name, kind, length, false, false, null, List.of());
  }

  private Fields add(
      String name,
      Kind kind,
      int length,
      boolean required,
      boolean writable,
      String target,
      List<String> values) {
    String label = name.replaceAll("([a-z])([A-Z])", "$1 $2").replaceAll(" Id$", " ID");
    type.add(new Field(name, label, kind, length, required, writable, false, target, values));
    return this;
  }
}
