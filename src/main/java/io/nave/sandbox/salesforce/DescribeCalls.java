package io.nave.sandbox.salesforce;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** What objects there are and what fields they have. */
final class DescribeCalls {
  private final Org org;

  DescribeCalls(Org org) {
    this.org = org;
  }

  void mount(Rest rest) {
    rest.on("GET", "/", (call, parts) -> resources(call));
    rest.on("GET", "/sobjects", (call, parts) -> global(call));
    rest.on("GET", "/sobjects/{type}", this::basic);
    rest.on("GET", "/sobjects/{type}/describe", this::describe);
  }

  private static Answer resources(Call call) {
    JsonObject links = new JsonObject();
    for (String name :
        new String[] {"sobjects", "query", "queryAll", "composite", "limits", "jobs"}) {
      links.put(name, "/services/data/" + call.version() + "/" + name);
    }
    return Answer.ok(links);
  }

  private Answer global(Call call) {
    JsonArray all = new JsonArray();
    org.schema.types().forEach(type -> all.add(summary(type, call.version())));
    return Answer.ok(
        new JsonObject().put("encoding", "UTF-8").put("maxBatchSize", 200).put("sobjects", all));
  }

  private Answer basic(Call call, Map<String, String> parts) {
    ObjectType type = org.schema.type(parts.get("type"));
    return Answer.ok(
        new JsonObject()
            .put("objectDescribe", summary(type, call.version()))
            .put("recentItems", new JsonArray()));
  }

  private Answer describe(Call call, Map<String, String> parts) {
    ObjectType type = org.schema.type(parts.get("type"));
    JsonArray fields = new JsonArray();
    type.fields.forEach(field -> fields.add(describe(field)));
    return Answer.ok(
        summary(type, call.version())
            .put("fields", fields)
            .put("childRelationships", new JsonArray())
            .put("recordTypeInfos", new JsonArray()));
  }

  private static JsonObject summary(ObjectType type, String version) {
    String base = "/services/data/" + version + "/sobjects/" + type.name;
    JsonObject json =
        new JsonObject()
            .put("name", type.name)
            .put("label", type.name)
            .put("labelPlural", type.plural)
            .put("keyPrefix", type.prefix)
            .put("custom", false);
    for (String able : new String[] {"createable", "updateable", "deletable", "undeletable"}) {
      json.put(able, type.writable());
    }
    for (String able : new String[] {"queryable", "retrieveable", "searchable"}) {
      json.put(able, true);
    }
    return json.put(
        "urls",
        new JsonObject()
            .put("sobject", base)
            .put("describe", base + "/describe")
            .put("rowTemplate", base + "/{ID}"));
  }

  private static JsonObject describe(Field field) {
    boolean yesNo = field.kind() == Field.Kind.BOOLEAN;
    JsonObject json =
        new JsonObject()
            .put("name", field.name())
            .put("label", field.label())
            .put("type", field.kind().api)
            .put("soapType", field.kind().soap)
            .put("length", field.length())
            .put("byteLength", field.length() * 3)
            .put("nillable", !field.required() && !yesNo && field.kind() != Field.Kind.ID)
            .put("defaultedOnCreate", yesNo || !field.writable())
            .put("createable", field.writable())
            .put("updateable", field.writable())
            .put("custom", field.custom());
    json.put("externalId", field.externalId()).put("unique", field.externalId());
    json.put("idLookup", field.indexed() || field.kind() == Field.Kind.ID);
    json.put("filterable", field.kind() != Field.Kind.TEXTAREA).put("sortable", true);
    JsonArray target = field.target() == null ? new JsonArray() : JsonArray.of(field.target());
    json.put("referenceTo", target).put("relationshipName", field.relationship());
    return json.put("picklistValues", picklist(field)).put("restrictedPicklist", false);
  }

  private static JsonArray picklist(Field field) {
    JsonArray values = new JsonArray();
    for (String value : field.values()) {
      values.add(
          new JsonObject()
              .put("active", true)
              .put("defaultValue", false)
              .put("label", value)
              .put("value", value));
    }
    return values;
  }
}
