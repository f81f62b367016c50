package io.nave.sandbox.salesforce;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The change events that are retained, and who waits for more. The event loop's only. */
final class ChangeFeed {
  private static final int MOST = 100_000;
  private final Org org;
  private final Map<ObjectType, EventSchema> schemas = new HashMap<>();
  private final TreeMap<Long, Event> events = new TreeMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private long lastReplayId = 1000;
  private long lastCommit = 10_716_283_339_000L;

  /** An event as a subscriber gets it. */
  record Event(long replayId, String id, ObjectType type, String schemaId, byte[] payload) {}

  ChangeFeed(Org org) {
    this.org = org;
    org.schema.types().forEach(type -> schemas.put(type, new EventSchema(type)));
    org.feed(this::publish);
  }

  EventSchema schema(ObjectType type) {
    return schemas.get(type);
  }

  /** The schema with that id, or null. */
  EventSchema schema(String id) {
    return schemas.values().stream().filter(s -> s.id.equals(id)).findFirst().orElse(null);
  }

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  long latest() {
    return lastReplayId;
  }

  /** Whether reading can go on after that event: it was there, and none since has been dropped. */
  boolean knows(long replayId) {
    return replayId <= lastReplayId && replayId >= earliest();
  }

  /** The position before the first event that is retained. */
  long earliest() {
    return events.isEmpty() ? lastReplayId : events.firstKey() - 1;
  }

  /** Up to {@code most} events of the type (null: all types) after that one. */
  List<Event> after(long replayId, ObjectType type, int most) {
    List<Event> found = new ArrayList<>();
    for (Event event : events.tailMap(replayId, false).values()) {
      if (type == null || event.type == type) {
        found.add(event);
        if (found.size() == most) {
          break;
        }
      }
    }
    return found;
  }

  private void publish(Transaction committed) {
    lastCommit++;
    String key = UUID.randomUUID().toString();
    int sequence = 1;
    for (Change change : committed.changes()) {
      GenericRecord record = record(committed, change, key, sequence++);
      EventSchema schema = schemas.get(change.type());
      long replayId = ++lastReplayId;
      String id = UUID.randomUUID().toString();
      events.put(replayId, new Event(replayId, id, change.type(), schema.id, bytes(record)));
    }
    while (events.size() > MOST) {
      events.pollFirstEntry();
    }
    List.copyOf(listeners).forEach(Runnable::run);
  }

  private GenericRecord record(Transaction committed, Change change, String key, int sequence) {
    EventSchema schema = schemas.get(change.type());
    GenericRecord record = new GenericData.Record(schema.schema);
    List<String> nulled = new ArrayList<>();
    for (String field : change.changed()) {
      String[] place = schema.places.get(field);
      Object value = change.row() == null ? null : change.row().get(field);
      if (place != null && value == null) {
        nulled.add(field);
      } else if (place != null) {
        put(record, schema, place, avro(change.type().find(field), value));
      }
    }
    GenericRecord header = header(committed, change, key, sequence, schema);
    header.put("nulledFields", schema.bitmaps(nulled));
    record.put("ChangeEventHeader", header);
    return record;
  }

  private static void put(GenericRecord record, EventSchema schema, String[] place, Object value) {
    if (place.length == 1) {
      record.put(place[0], value);
      return;
    }
    if (record.get(place[0]) == null) {
      record.put(
          place[0],
          new GenericData.Record(schema.schema.getField(place[0]).schema().getTypes().get(1)));
    }
    ((GenericRecord) record.get(place[0])).put(place[1], value);
  }

  private GenericRecord header(
      Transaction committed, Change change, String key, int sequence, EventSchema schema) {
    GenericRecord header =
        new GenericData.Record(schema.schema.getField("ChangeEventHeader").schema());
    header.put("entityName", change.type().name);
    header.put("recordIds", change.ids());
    header.put(
        "changeType",
        new GenericData.EnumSymbol(
            header.getSchema().getField("changeType").schema(), change.kind().name()));
    header.put("changeOrigin", committed.origin);
    header.put("transactionKey", key);
    header.put("sequenceNumber", sequence);
    header.put("commitTimestamp", org.now().toEpochMilli());
    header.put("commitNumber", lastCommit);
    header.put("commitUser", committed.user);
    header.put("diffFields", List.of());
    boolean update = change.kind() == Change.Kind.UPDATE;
    header.put("changedFields", update ? schema.bitmaps(change.changed()) : List.of());
    return header;
  }

  private static Object avro(Field field, Object value) {
    return switch (field.kind()) {
      case DATETIME -> ((Instant) value).toEpochMilli();
      case DATE ->
          LocalDate.parse(value.toString()).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      case INT -> ((Double) value).intValue();
      default -> value;
    };
  }

  private static byte[] bytes(GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
