package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** How records look in REST: times as 2021-02-09T23:17:59.000+0000, nulls written out. */
final class Json {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Json() {}

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String text(Object value) {
    return value instanceof Instant time ? time(time) : String.valueOf(value);
  }

  static JsonObject attributes(SObject row, String version) {
    return new JsonObject()
        .put("type", row.type.name)
        .put("url", "/services/data/" + version + "/sobjects/" + row.type.name + "/" + row.id);
  }

  /** The value of a field as JSON. */
  static Object value(SObject row, Field field) {
    if (field.kind() == Field.Kind.ADDRESS) {
      return address(row.address(field.name().replace("Address", "")));
    }
    Object value = row.get(field.name());
    if (value instanceof Double number && field.kind() == Field.Kind.INT) {
      return number.longValue();
    }
    return value instanceof Instant time ? time(time) : value;
  }

  private static JsonObject address(Map<String, Object> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    JsonObject json = new JsonObject();
    for (String part : new String[] {"City", "Country", "PostalCode", "State", "Street"}) {
      String name = part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1);
      json.put(name, parts.get(part));
    }
    return json.putNull("geocodeAccuracy").putNull("latitude").putNull("longitude");
  }
}
