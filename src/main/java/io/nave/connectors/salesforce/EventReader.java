package io.nave.connectors.salesforce;

import com.salesforce.eventbus.protobuf.ConsumerEvent;
import com.salesforce.eventbus.protobuf.ProducerEvent;
import io.nave.platform.VendorError;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/** Reads change events: Avro whose schema is fetched once for each schema id. */
final class EventReader {
  private static final Set<String> TYPES = Set.of("Account", "Contact");
  private static final List<String> DECISIONS = List.of("HasOptedOutOfEmail", "DoNotCall");
  private final Function<String, String> schemaById;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  /**
   * @param schemaById fetches the JSON of a schema
   */
  EventReader(Function<String, String> schemaById) {
    this.schemaById = schemaById;
  }

  /** Adds what the event says; events of objects that are not connected are passed over. */
  void read(ConsumerEvent event, ChangedRecords changes) {
    GenericRecord record = decode(event.getEvent());
    if (!(record.get("ChangeEventHeader") instanceof GenericRecord header)) {
      return;
    }
    String type = header.get("entityName").toString();
    List<String> ids = texts(header.get("recordIds"));
    if (!TYPES.contains(type)) {
      return;
    }
    if (ids.isEmpty() || ids.stream().anyMatch(id -> id.endsWith("*"))) {
      changes.loseSome();
      return;
    }
    Instant committed = Instant.ofEpochMilli((Long) header.get("commitTimestamp"));
    boolean gap = header.get("changeType").toString().startsWith("GAP_");
    changes.add(type, ids, committed, ticks(record, header, committed), gap);
  }

  private GenericRecord decode(ProducerEvent event) {
    Schema schema =
        schemas.computeIfAbsent(
            event.getSchemaId(), id -> new Schema.Parser().parse(schemaById.apply(id)));
    try {
      byte[] payload = event.getPayload().toByteArray();
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(payload, null));
    } catch (IOException e) {
      throw new VendorError("malformed", "a change event does not follow its schema", e);
    }
  }

  /**
   * What this event made of the consent fields. They are not taken from the record as it is read
   * afterwards: what was decided may be overwritten by then.
   */
  private static List<Map<String, Object>> ticks(
      GenericRecord record, GenericRecord header, Instant committed) {
    Set<String> changed = changed(record.getSchema(), texts(header.get("changedFields")));
    boolean created = header.get("changeType").toString().equals("CREATE");
    List<Map<String, Object>> ticks = new ArrayList<>();
    for (String field : DECISIONS) {
      boolean ticked = record.hasField(field) && Boolean.TRUE.equals(record.get(field));
      if (changed.contains(field) || created && ticked) {
        ticks.add(Map.of("field", field, "ticked", ticked, "at", committed.toString()));
      }
    }
    return ticks;
  }

  /** The names behind the bitmap of the top level: bit n stands for the schema's field n. */
  static Set<String> changed(Schema schema, List<String> bitmaps) {
    Set<String> names = new LinkedHashSet<>();
    for (String bitmap : bitmaps) {
      if (bitmap.startsWith("0x")) {
        BigInteger bits = new BigInteger(bitmap.substring(2), 16);
        schema.getFields().stream()
            .filter(field -> bits.testBit(field.pos()))
            .forEach(field -> names.add(field.name()));
      }
    }
    return names;
  }

  private static List<String> texts(Object array) {
    List<String> texts = new ArrayList<>();
    if (array instanceof Iterable<?> many) {
      many.forEach(one -> texts.add(one.toString()));
    }
    return texts;
  }
}
