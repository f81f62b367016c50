package io.nave.sandbox.salesforce;

import io.nave.sandbox.salesforce.Query.Aggregate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The aggregate results of a query with COUNT, MIN or MAX, by group. */
final class QueryGroups {
  private QueryGroups() {}

  static JsonArray of(Org org, Query query, List<SObject> rows) {
    Map<List<Object>, List<SObject>> groups = new LinkedHashMap<>();
    if (query.groupBy().isEmpty()) {
      groups.put(List.of(), rows);
    }
    for (SObject row : query.groupBy().isEmpty() ? List.<SObject>of() : rows) {
      List<Object> key = new ArrayList<>();
      query.groupBy().forEach(column -> key.add(column.value(org, row)));
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    JsonArray results = new JsonArray();
    groups.forEach((key, members) -> results.add(result(org, query, key, members)));
    return results;
  }

  private static JsonObject result(Org org, Query query, List<Object> key, List<SObject> members) {
    JsonObject json =
        new JsonObject().put("attributes", new JsonObject().put("type", "AggregateResult"));
    for (int i = 0; i < key.size(); i++) {
      json.put(query.groupBy().get(i).field().name(), json(key.get(i)));
    }
    for (Aggregate aggregate : query.aggregates()) {
      json.put(aggregate.alias(), json(value(org, aggregate, members)));
    }
    return json;
  }

  private static Object value(Org org, Aggregate aggregate, List<SObject> members) {
    var values =
        members.stream().map(row -> aggregate.column().value(org, row)).filter(Objects::nonNull);
    return switch (aggregate.function()) {
      case "COUNT" -> values.count();
      case "MIN" -> values.min(Condition::compare).orElse(null);
      default -> values.max(Condition::compare).orElse(null);
    };
  }

  private static Object json(Object value) {
    return value instanceof Instant time ? Json.time(time) : value;
  }
}
