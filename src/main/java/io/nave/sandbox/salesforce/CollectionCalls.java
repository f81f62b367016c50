package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Up to 200 records at once: /composite/sobjects, each with its own success or error. */
final class CollectionCalls {
  private static final int MOST = 200;
  private final Org org;

  /** Writes one record and says what came of it. */
  private interface Write {
    JsonObject apply(JsonObject given, Call call);
  }

  CollectionCalls(Org org) {
    this.org = org;
  }

  void mount(Rest rest) {
    rest.on("POST", "/composite/sobjects", (c, p) -> write(c, this::create));
    rest.on("PATCH", "/composite/sobjects", (c, p) -> write(c, this::update));
    rest.on("DELETE", "/composite/sobjects", (c, p) -> delete(c));
    rest.on(
        "GET",
        "/composite/sobjects/{type}",
        (c, p) -> retrieve(c, p, c.parameter("ids", ""), c.parameter("fields", "")));
    rest.on("POST", "/composite/sobjects/{type}", this::retrieveByBody);
    rest.on(
        "PATCH",
        "/composite/sobjects/{type}/{field}",
        (c, p) -> write(c, (given, call) -> upsert(given, call, p)));
  }

  private Answer write(Call call, Write write) {
    JsonArray records = call.records(call.object());
    refuseTooMany(records.size());
    boolean allOrNone = call.object().getBoolean("allOrNone", false);
    List<JsonObject> results = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      results.add(one(records.getJsonObject(i), call, write));
    }
    return finish(call, results, allOrNone);
  }

  private static JsonObject one(JsonObject given, Call call, Write write) {
    try {
      return write.apply(given, call);
    } catch (ApiFailure failure) {
      return failed(failure);
    }
  }

  static JsonObject failed(ApiFailure failure) {
    return new JsonObject()
        .put("success", false)
        .put("errors", new JsonArray().add(failure.ofRecord()));
  }

  private static Answer finish(Call call, List<JsonObject> results, boolean allOrNone) {
    if (allOrNone && results.stream().anyMatch(r -> !r.getBoolean("success"))) {
      call.transaction().rollBack();
      ApiFailure other =
          ApiFailure.invalid(
              "ALL_OR_NONE_OPERATION_ROLLED_BACK",
              "Record rolled back because not all records were valid and the request was using"
                  + " AllOrNone header");
      results.replaceAll(r -> r.getBoolean("success") ? failed(other) : r);
    }
    return Answer.ok(new JsonArray(results));
  }

  private static void refuseTooMany(int size) {
    if (size > MOST) {
      throw ApiFailure.invalid(
          "EXCEEDED_ID_LIMIT",
          "record limit reached. cannot submit more than 200 records into this call");
    }
  }

  private ObjectType type(JsonObject given) {
    JsonObject attributes = given.getJsonObject("attributes");
    if (attributes == null || attributes.getString("type") == null) {
      throw ApiFailure.invalid("INVALID_TYPE", "type is required in the attributes of a record");
    }
    return org.schema.type(attributes.getString("type"));
  }

  private JsonObject create(JsonObject given, Call call) {
    SObject row =
        org.create(type(given), given.getMap(), call.transaction(), call.allowDuplicate());
    return Answer.saved(row.id);
  }

  private JsonObject update(JsonObject given, Call call) {
    JsonObject rest = given.copy();
    Object id = rest.remove("id");
    Object upper = rest.remove("Id");
    String rowId = String.valueOf(id == null ? upper : id);
    if (rowId.equals("null")) {
      throw ApiFailure.invalid("MISSING_ARGUMENT", "Id not specified in an update call");
    }
    SObject row = collected(type(given), rowId);
    org.update(row, rest.getMap(), call.transaction());
    return Answer.saved(row.id);
  }

  /** In collections a missing record is told by another code than alone. */
  private SObject collected(ObjectType type, String rowId) {
    SObject row = org.find(type, rowId);
    if (row == null) {
      throw ApiFailure.invalid("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }
    return org.existing(type, rowId);
  }

  private JsonObject upsert(JsonObject given, Call call, Map<String, String> parts) {
    ObjectType type = org.schema.type(parts.get("type"));
    Object value = given.getValue(parts.get("field"));
    if (value == null) {
      throw ApiFailure.invalid(
          "MISSING_ARGUMENT", parts.get("field") + " not specified in an upsert call");
    }
    SObject row = RecordCalls.byExternalId(org, type, parts.get("field"), value.toString());
    JsonObject rest = given.copy();
    rest.remove("Id");
    if (row == null) {
      row = org.create(type, rest.getMap(), call.transaction(), call.allowDuplicate());
      return Answer.saved(row.id).put("created", true);
    }
    rest.remove(parts.get("field"));
    org.update(row, rest.getMap(), call.transaction());
    return Answer.saved(row.id).put("created", false);
  }

  private Answer delete(Call call) {
    List<String> ids = Arrays.asList(call.parameter("ids", "").split(","));
    refuseTooMany(ids.size());
    List<JsonObject> results = new ArrayList<>();
    for (String id : ids) {
      results.add(one(new JsonObject().put("id", id), call, this::deleteOne));
    }
    return finish(call, results, Boolean.parseBoolean(call.parameter("allOrNone", "false")));
  }

  private JsonObject deleteOne(JsonObject given, Call call) {
    String id = given.getString("id").strip();
    ObjectType type =
        org.schema.types().stream()
            .filter(t -> id.startsWith(t.prefix))
            .findFirst()
            .orElseThrow(() -> ApiFailure.invalid("MALFORMED_ID", "malformed id " + id));
    SObject row = collected(type, id);
    org.delete(row, call.transaction());
    return Answer.saved(row.id);
  }

  private Answer retrieveByBody(Call call, Map<String, String> parts) {
    String ids = String.join(",", strings(call.object().getJsonArray("ids")));
    return retrieve(
        call, parts, ids, String.join(",", strings(call.object().getJsonArray("fields"))));
  }

  private static List<String> strings(JsonArray array) {
    return array.stream().map(String::valueOf).toList();
  }

  private Answer retrieve(Call call, Map<String, String> parts, String ids, String fields) {
    ObjectType type = org.schema.type(parts.get("type"));
    List<Column> columns =
        RecordCalls.fields(type, fields).stream().map(f -> new Column(List.of(), f)).toList();
    JsonArray results = new JsonArray();
    for (String id : ids.split(",")) {
      SObject row = org.find(type, id.strip());
      results.add(
          row == null || row.deleted ? null : QueryCalls.record(org, row, columns, call.version()));
    }
    return Answer.ok(results);
  }
}
