package io.nave.sandbox.s4hana;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Entities as OData v2 verbose JSON. */
final class JsonFormat {
  private final String service;

  JsonFormat(String service) {
    this.service = service;
  }

  String entity(Entity entity, Shape shape) {
    return new JsonObject().put("d", map(entity, shape)).encode();
  }

  /**
   * @param count as text, or null where it was not asked for
   * @param next the address of the next page, or null
   */
  String list(List<Entity> entities, Shape shape, String count, String next) {
    JsonObject d = new JsonObject();
    if (count != null) {
      d.put("__count", count);
    }
    d.put("results", array(entities, shape));
    if (next != null) {
      d.put("__next", next);
    }
    return new JsonObject().put("d", d).encode();
  }

  private JsonArray array(List<Entity> entities, Shape shape) {
    JsonArray array = new JsonArray();
    entities.forEach(entity -> array.add(map(entity, shape)));
    return array;
  }

  private JsonObject map(Entity entity, Shape shape) {
    String address = service + entity.path();
    JsonObject json = new JsonObject().put("__metadata", metadata(entity, address));
    for (EntityType.Property property : entity.type.properties.values()) {
      if (shape.shows(property.name())) {
        json.put(property.name(), value(entity, property));
      }
    }
    for (String navigation : entity.type.navigations.keySet()) {
      if (shape.shows(navigation)) {
        json.put(navigation, navigation(entity, navigation, shape, address));
      }
    }
    return json;
  }

  private JsonObject navigation(Entity entity, String navigation, Shape shape, String address) {
    Shape below = shape.expansion(navigation);
    return below != null
        ? new JsonObject().put("results", array(entity.children(navigation), below))
        : new JsonObject()
            .put("__deferred", new JsonObject().put("uri", address + "/" + navigation));
  }

  private static JsonObject metadata(Entity entity, String address) {
    return new JsonObject()
        .put("id", address)
        .put("uri", address)
        .put("type", PartnerModel.NAMESPACE + "." + entity.type.name)
        .put("etag", entity.etag());
  }

  static Object value(Entity entity, EntityType.Property property) {
    return property.name().equals("ETag")
        ? entity.stamp()
        : Literals.toJson(property.type(), entity.values[property.index()]);
  }
}
