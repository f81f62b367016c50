package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Single records: /sobjects/Contact, by id or by external id. */
final class RecordCalls {
  private final Org org;

  RecordCalls(Org org) {
    this.org = org;
  }

  void mount(Rest rest) {
    rest.on("POST", "/sobjects/{type}", this::create);
    rest.on("GET", "/sobjects/{type}/updated", this::updated);
    rest.on("GET", "/sobjects/{type}/deleted", this::deleted);
    rest.on("GET", "/sobjects/{type}/{id}", (c, p) -> read(c, org.existing(type(p), p.get("id"))));
    rest.on("PATCH", "/sobjects/{type}/{id}", this::update);
    rest.on("DELETE", "/sobjects/{type}/{id}", this::delete);
    rest.on("GET", "/sobjects/{type}/{field}/{value}", (c, p) -> read(c, only(c, p)));
    rest.on("PATCH", "/sobjects/{type}/{field}/{value}", this::upsert);
    rest.on("POST", "/sobjects/{type}/{field}/{value}", this::upsert);
    rest.on("DELETE", "/sobjects/{type}/{field}/{value}", this::deleteByExternalId);
  }

  private ObjectType type(Map<String, String> parts) {
    return org.schema.type(parts.get("type"));
  }

  private Answer create(Call call, Map<String, String> parts) {
    SObject row =
        org.create(type(parts), call.object().getMap(), call.transaction(), call.allowDuplicate());
    return Answer.of(201, Answer.saved(row.id));
  }

  private Answer read(Call call, SObject row) {
    String since = call.header("If-Modified-Since");
    if (since != null && !modified(row).isAfter(http(since))) {
      return new Answer(304, null, Map.of());
    }
    JsonObject json = new JsonObject().put("attributes", Json.attributes(row, call.version()));
    for (Field field : fields(row.type, call.parameter("fields", ""))) {
      json.put(field.name(), Json.value(row, field));
    }
    String lastModified =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            modified(row).atOffset(java.time.ZoneOffset.UTC));
    return new Answer(200, json, Map.of("Last-Modified", lastModified));
  }

  static Collection<Field> fields(ObjectType type, String names) {
    if (names.isEmpty()) {
      return type.fields;
    }
    List<Field> fields = new ArrayList<>();
    for (String name : names.split(",")) {
      fields.add(type.field(name.strip()));
    }
    return fields;
  }

  private static Instant modified(SObject row) {
    return row.get("LastModifiedDate") instanceof Instant time ? time : Instant.EPOCH;
  }

  private static Instant http(String date) {
    return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private Answer update(Call call, Map<String, String> parts) {
    SObject row = org.existing(type(parts), parts.get("id"));
    String since = call.header("If-Unmodified-Since");
    if (since != null && modified(row).isAfter(http(since))) {
      return new Answer(412, null, Map.of());
    }
    org.update(row, call.object().getMap(), call.transaction());
    return Answer.none();
  }

  private Answer delete(Call call, Map<String, String> parts) {
    org.delete(org.existing(type(parts), parts.get("id")), call.transaction());
    return Answer.none();
  }

  private Answer deleteByExternalId(Call call, Map<String, String> parts) {
    org.delete(only(call, parts), call.transaction());
    return Answer.none();
  }

  private SObject only(Call call, Map<String, String> parts) {
    SObject row = byExternalId(org, type(parts), parts.get("field"), parts.get("value"));
    if (row == null) {
      throw ApiFailure.notFound();
    }
    return row;
  }

  /** The record with that external id, or null. */
  static SObject byExternalId(Org org, ObjectType type, String name, String value) {
    Field field = type.find(name);
    if (field == null || !(field.externalId() || field.name().equals("Id"))) {
      throw new ApiFailure(
          404,
          "NOT_FOUND",
          "Provided external ID field does not exist or is not accessible: " + name);
    }
    if (field.name().equals("Id")) {
      return org.existing(type, value);
    }
    return org.lookup(type, field.name(), value).stream().findFirst().orElse(null);
  }

  private Answer upsert(Call call, Map<String, String> parts) {
    JsonObject given = call.object();
    String name = parts.get("field");
    if (given.containsKey(name)) {
      throw ApiFailure.invalid(
          "INVALID_FIELD",
          "The %s field should not be specified in the sobject data.".formatted(name));
    }
    SObject row = byExternalId(org, type(parts), name, parts.get("value"));
    boolean created = row == null;
    if (created) {
      given.put(type(parts).field(name).name(), parts.get("value"));
      row = org.create(type(parts), given.getMap(), call.transaction(), call.allowDuplicate());
    } else {
      org.update(row, given.getMap(), call.transaction());
    }
    return Answer.of(created ? 201 : 200, Answer.saved(row.id).put("created", created));
  }

  private Answer updated(Call call, Map<String, String> parts) {
    JsonArray ids = new JsonArray();
    changed(call, parts).stream().filter(r -> !r.deleted).forEach(r -> ids.add(r.id));
    return Answer.ok(new JsonObject().put("ids", ids).put("latestDateCovered", covered()));
  }

  private Answer deleted(Call call, Map<String, String> parts) {
    JsonArray records = new JsonArray();
    for (SObject row : changed(call, parts)) {
      if (row.deleted) {
        String at = Json.time(modified(row));
        records.add(new JsonObject().put("id", row.id).put("deletedDate", at));
      }
    }
    return Answer.ok(
        new JsonObject()
            .put("deletedRecords", records)
            .put("earliestDateAvailable", Json.time(Instant.EPOCH))
            .put("latestDateCovered", covered()));
  }

  private String covered() {
    return Json.time(org.now().truncatedTo(ChronoUnit.MINUTES));
  }

  private List<SObject> changed(Call call, Map<String, String> parts) {
    Instant start = Values.instant(call.parameter("start", ""));
    Instant end = Values.instant(call.parameter("end", ""));
    return org.rows(type(parts)).stream()
        .filter(row -> !modified(row).isBefore(start) && modified(row).isBefore(end))
        .toList();
  }
}
