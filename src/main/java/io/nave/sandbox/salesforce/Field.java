package io.nave.sandbox.salesforce;

import java.util.List;

/**
 * A field of an object.
 *
 * @param length the most characters, 0 where that means nothing
 * @param target the object that a reference points to, else null
 * @param values of a picklist, which is not restricted
 */
record Field(
    String name,
    String label,
    Kind kind,
    int length,
    boolean required,
    boolean writable,
    boolean externalId,
    String target,
    List<String> values) {

  /** What a field holds, with the names that the API has for it. */
  enum Kind {
    ID("id", "tns:ID"),
    STRING("string", "xsd:string"),
    TEXTAREA("textarea", "xsd:string"),
    PICKLIST("picklist", "xsd:string"),
    EMAIL("email", "xsd:string"),
    PHONE("phone", "xsd:string"),
    URL("url", "xsd:string"),
    BOOLEAN("boolean", "xsd:boolean"),
    INT("int", "xsd:int"),
    DOUBLE("double", "xsd:double"),
    DATE("date", "xsd:date"),
    DATETIME("datetime", "xsd:dateTime"),
    REFERENCE("reference", "tns:ID"),
    ADDRESS("address", "urn:address");

    final String api;
    final String soap;

    Kind(String api, String soap) {
      this.api = api;
      this.soap = soap;
    }
  }

  boolean custom() {
    return name.endsWith("__c");
  }

  /** The name of the relationship that a reference makes: AccountId → Account. */
  String relationship() {
    if (target == null) {
      return null;
    }
    return custom() ? name.replace("__c", "__r") : name.replaceAll("Id$", "");
  }

  boolean indexed() {
    return externalId || kind == Kind.EMAIL;
  }
}
