package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One stored entity: its values in the order of its type's properties, and its children. */
final class Entity {
  final EntityType type;
  final Entity parent;
  Object[] values;
  long version;
  private Map<String, List<Entity>> children = Map.of();

  Entity(EntityType type, Entity parent) {
    this.type = type;
    this.parent = parent;
    this.values = new Object[type.properties.size()];
  }

  Object get(String property) {
    return values[type.properties.get(property).index()];
  }

  String text(String property) {
    Object value = get(property);
    return value == null ? "" : value.toString();
  }

  void set(String property, Object value) {
    values[type.properties.get(property).index()] = value;
  }

  /** The partner that the entity belongs to. */
  Entity root() {
    return parent == null ? this : parent.root();
  }

  List<Entity> children(String navigation) {
    return children.getOrDefault(navigation, List.of());
  }

  void add(String navigation, Entity child) {
    if (children.isEmpty()) {
      children = new LinkedHashMap<>(4);
    }
    children.computeIfAbsent(navigation, name -> new ArrayList<>(1)).add(child);
  }

  void remove(Entity child) {
    children.values().forEach(list -> list.remove(child));
  }

  List<Entity> descendants() {
    List<Entity> all = new ArrayList<>();
    for (List<Entity> list : children.values()) {
      for (Entity child : list) {
        all.add(child);
        all.addAll(child.descendants());
      }
    }
    return all;
  }

  Object[] copyOfValues() {
    return Arrays.copyOf(values, values.length);
  }

  /** The key by which entities of one set are ordered: numbers by value, as in the database. */
  String key() {
    StringBuilder key = new StringBuilder();
    for (Property property : type.keys) {
      Object value = values[property.index()];
      key.append(sortable(value == null ? "" : value.toString(), property)).append('\u0001');
    }
    return key.toString();
  }

  /** Numbers padded with zeros to the property's length, as the key is kept internally. */
  static String sortable(String value, Property property) {
    boolean number = !value.isEmpty() && value.chars().allMatch(Character::isDigit);
    int missing = property.maxLength() - value.length();
    boolean padded = number && property.maxLength() <= 10 && missing > 0;
    return padded ? "0".repeat(missing) + value : value;
  }

  String etag() {
    return "W/\"'" + stamp() + "'\"";
  }

  /** The value of the property {@code ETag}: 26 characters at most. */
  String stamp() {
    return String.format("NAVE%022d", version);
  }

  /** The canonical address of the entity below the service root. */
  String path() {
    StringBuilder path = new StringBuilder(type.set).append('(');
    boolean single = type.keys.size() == 1;
    for (Property property : type.keys) {
      path.append(path.charAt(path.length() - 1) == '(' ? "" : ",");
      path.append(single ? "" : property.name() + "=");
      path.append(encoded(Literals.toUri(property.type(), values[property.index()])));
    }
    return path.append(')').toString();
  }

  private static String encoded(String literal) {
    String inside = java.net.URLEncoder.encode(literal, java.nio.charset.StandardCharsets.UTF_8);
    return inside.replace("%27", "'").replace("+", "%20").replace("%3A", "%3A");
  }
}
