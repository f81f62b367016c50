package io.nave.sandbox.s4hana;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What of an entity is to be shown: {@code $select} and {@code $expand} as a tree. */
final class Shape {
  private final Set<String> selected = new HashSet<>();
  private final Map<String, Shape> expanded = new HashMap<>();

  static Shape of(EntityType type, QueryOptions query) {
    Shape shape = new Shape();
    for (String path : paths(query.get("$expand"))) {
      shape.expand(type, path.split("/"), 0);
    }
    for (String path : paths(query.get("$select"))) {
      shape.select(type, path.split("/"), 0);
    }
    return shape;
  }

  /** Everything, with the navigations expanded that a deep insert brought along. */
  static Shape inserted(Entity entity) {
    Shape shape = new Shape();
    for (String navigation : entity.type.navigations.keySet()) {
      if (!entity.children(navigation).isEmpty()) {
        shape.expanded.put(navigation, inserted(entity.children(navigation).get(0)));
      }
    }
    return shape;
  }

  boolean shows(String property) {
    return selected.isEmpty() || selected.contains("*") || selected.contains(property);
  }

  /** The shape of an expanded navigation, or null: then only its address is shown. */
  Shape expansion(String navigation) {
    return expanded.get(navigation);
  }

  private void expand(EntityType type, String[] path, int at) {
    if (at == path.length) {
      return;
    }
    EntityType target = target(type, path[at]);
    expanded.computeIfAbsent(path[at], name -> new Shape()).expand(target, path, at + 1);
  }

  private void select(EntityType type, String[] path, int at) {
    String name = path[at];
    selected.add(name);
    if (type.navigations.containsKey(name)) {
      Shape below = expanded.get(name);
      if (at + 1 < path.length && below != null) {
        below.select(target(type, name), path, at + 1);
      }
    } else if (!name.equals("*")) {
      type.property(name);
    }
  }

  private static EntityType target(EntityType type, String navigation) {
    EntityType.Navigation found = type.navigations.get(navigation);
    if (found == null) {
      throw ODataFailure.badRequest(
          "/IWFND/CM_MGW/004",
          "Navigation property " + navigation + " not found in type " + type.name);
    }
    return PartnerModel.SETS.get(found.target());
  }

  private static String[] paths(String option) {
    return option == null || option.isBlank() ? new String[0] : option.trim().split("\\s*,\\s*");
  }
}
