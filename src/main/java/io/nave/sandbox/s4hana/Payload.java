package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Access;
import io.nave.sandbox.s4hana.EntityType.Navigation;
import io.nave.sandbox.s4hana.EntityType.Property;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of a write. */
final class Payload {
  private Payload() {}

  /** The entity in a body, also where a client wraps it in {@code d}. */
  static Map<String, Object> parse(ODataRequest request) {
    String type = request.header("content-type");
    if (type != null && !type.contains("json")) {
      throw new ODataFailure(
          415, "/IWFND/CM_MGW/415", "Content type " + type + " is not supported for writes");
    }
    try {
      JsonObject json = new JsonObject(request.body() == null ? "" : request.body());
      Object inner = json.getValue("d");
      return inner instanceof JsonObject d ? d.getMap() : json.getMap();
    } catch (DecodeException e) {
      throw ODataFailure.badRequest("/IWFND/CM_MGW/003", "Error during JSON parsing");
    }
  }

  /** The properties that the client may write now; those it may not are passed over. */
  static Map<String, Object> values(EntityType type, Map<String, ?> json, boolean creating) {
    Map<String, Object> values = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (name.equals("__metadata") || type.navigations.containsKey(name)) {
            return;
          }
          Property property = property(type, name);
          if (property.access() == Access.w || (creating && property.access() == Access.c)) {
            values.put(name, Literals.fromJson(property, value));
          }
        });
    return values;
  }

  /** The nested entities of a deep insert. */
  static Map<Navigation, List<Map<String, ?>>> nested(EntityType type, Map<String, ?> json) {
    Map<Navigation, List<Map<String, ?>>> nested = new LinkedHashMap<>();
    type.navigations.forEach(
        (name, navigation) -> {
          List<Map<String, ?>> children = children(json.get(name));
          if (!children.isEmpty()) {
            nested.put(navigation, children);
          }
        });
    return nested;
  }

  /** Empties all properties that a client may write. */
  static void clear(Entity entity) {
    entity.type.properties.values().stream()
        .filter(property -> property.access() == Access.w)
        .forEach(property -> entity.set(property.name(), null));
  }

  private static Property property(EntityType type, String name) {
    Property property = type.properties.get(name);
    if (property == null) {
      throw ODataFailure.badRequest(
          "/IWFND/CM_MGW/003", "Property '" + name + "' is invalid for type " + type.name);
    }
    return property;
  }

  private static List<Map<String, ?>> children(Object value) {
    if (value instanceof Map<?, ?> wrapped) {
      return children(wrapped.get("results"));
    }
    if (value instanceof JsonObject wrapped) {
      return children(wrapped.getMap());
    }
    return value instanceof Iterable<?> list ? maps(list) : List.of();
  }

  private static List<Map<String, ?>> maps(Iterable<?> list) {
    List<Map<String, ?>> maps = new java.util.ArrayList<>();
    list.forEach(item -> maps.add(map(item)));
    return maps;
  }

  private static Map<String, ?> map(Object item) {
    if (item instanceof JsonObject json) {
      return json.getMap();
    }
    if (item instanceof Map<?, ?> raw) {
      Map<String, Object> map = new LinkedHashMap<>();
      raw.forEach((key, value) -> map.put(key.toString(), value));
      return map;
    }
    throw ODataFailure.malformed("Inline content must be entities");
  }
}
