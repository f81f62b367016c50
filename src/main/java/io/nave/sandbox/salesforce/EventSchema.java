package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;

/**
 * The Avro schema of an object's change events: the header first, then the fields, where a person's
 * name and an address are records of their parts.
 */
final class EventSchema {
  static final List<String> NAME_PARTS =
      List.of("Salutation", "FirstName", "LastName", "MiddleName", "Suffix");
  static final List<String> ADDRESS_PARTS =
      List.of("Street", "City", "State", "PostalCode", "Country");
  private static final String NAMESPACE = "com.sforce.eventbus";

  final String id;
  final Schema schema;

  /** Where a field of the object stands: under its own name, or as a part of a record. */
  final Map<String, String[]> places = new LinkedHashMap<>();

  EventSchema(ObjectType type) {
    FieldAssembler<Schema> fields =
        SchemaBuilder.record(type.name + "ChangeEvent").namespace(NAMESPACE).fields();
    fields.name("ChangeEventHeader").type(header(type)).noDefault();
    for (Field field : type.fields) {
      add(fields, type, field);
    }
    schema = fields.endRecord();
    id = "Nave" + Integer.toUnsignedString(schema.toString().hashCode(), 36) + type.name;
  }

  private void add(FieldAssembler<Schema> fields, ObjectType type, Field field) {
    String name = field.name();
    if (name.equals("Id") || name.equals("IsDeleted") || name.equals("SystemModstamp")) {
      return;
    }
    if (field.kind() == Field.Kind.ADDRESS) {
      nested(fields, name, name.replace("Address", ""), ADDRESS_PARTS);
    } else if (type.person() && name.equals("Name")) {
      nested(fields, name, "", NAME_PARTS);
    } else if (!partOfAddress(type, name) && !(type.person() && NAME_PARTS.contains(name))) {
      optional(fields, name, avro(field));
      places.put(name, new String[] {name});
    }
  }

  private static boolean partOfAddress(ObjectType type, String name) {
    return ADDRESS_PARTS.stream()
        .anyMatch(
            part ->
                name.endsWith(part)
                    && type.find(name.substring(0, name.length() - part.length()) + "Address")
                        != null);
  }

  private void nested(
      FieldAssembler<Schema> fields, String name, String prefix, List<String> parts) {
    FieldAssembler<Schema> nested = SchemaBuilder.record(name + "Parts").fields();
    for (String part : parts) {
      optional(nested, part, Schema.create(Schema.Type.STRING));
      places.put(prefix + part, new String[] {name, part});
    }
    optional(fields, name, nested.endRecord());
  }

  private static void optional(FieldAssembler<Schema> fields, String name, Schema type) {
    Schema union = Schema.createUnion(Schema.create(Schema.Type.NULL), type);
    fields.name(name).type(union).withDefault(null);
  }

  private static Schema avro(Field field) {
    return Schema.create(
        switch (field.kind()) {
          case BOOLEAN -> Schema.Type.BOOLEAN;
          case INT -> Schema.Type.INT;
          case DOUBLE -> Schema.Type.DOUBLE;
          case DATE, DATETIME -> Schema.Type.LONG;
          default -> Schema.Type.STRING;
        });
  }

  private static Schema header(ObjectType type) {
    List<String> kinds = new ArrayList<>();
    for (Change.Kind kind : Change.Kind.values()) {
      kinds.add(kind.name());
    }
    return SchemaBuilder.record("ChangeEventHeader")
        .namespace(NAMESPACE)
        .fields()
        .requiredString("entityName")
        .name("recordIds")
        .type(texts())
        .noDefault()
        .name("changeType")
        .type(Schema.createEnum("ChangeType", null, NAMESPACE, kinds))
        .noDefault()
        .requiredString("changeOrigin")
        .requiredString("transactionKey")
        .requiredInt("sequenceNumber")
        .requiredLong("commitTimestamp")
        .requiredLong("commitNumber")
        .requiredString("commitUser")
        .name("nulledFields")
        .type(texts())
        .noDefault()
        .name("diffFields")
        .type(texts())
        .noDefault()
        .name("changedFields")
        .type(texts())
        .noDefault()
        .endRecord();
  }

  private static Schema texts() {
    return Schema.createArray(Schema.create(Schema.Type.STRING));
  }

  /**
   * The bitmaps of the fields: one for the top level, as 0x and hexadecimal digits, and one with
   * the field's position before it for each record of parts.
   */
  List<String> bitmaps(Iterable<String> names) {
    Map<Integer, java.math.BigInteger> maps = new LinkedHashMap<>();
    for (String name : names) {
      String[] place = places.get(name);
      if (place != null) {
        int top = schema.getField(place[0]).pos();
        Schema.Field field = schema.getField(place[0]);
        int level = place.length == 1 ? -1 : top;
        int bit = level < 0 ? top : field.schema().getTypes().get(1).getField(place[1]).pos();
        maps.merge(level, java.math.BigInteger.ONE.shiftLeft(bit), java.math.BigInteger::or);
      }
    }
    List<String> texts = new ArrayList<>();
    maps.forEach(
        (level, bits) -> texts.add((level < 0 ? "" : level + "-") + "0x" + bits.toString(16)));
    return texts;
  }
}
