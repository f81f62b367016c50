package io.nave.sandbox.s4hana;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entity type of the service with its entity set: keys first, then the other properties. */
final class EntityType {

  /** The primitive types that the service uses. */
  enum Primitive {
    String,
    Boolean,
    DateTime,
    DateTimeOffset,
    Time,
    Guid
  }

  /** What a client may do with a property: r read only, c set when creating, w write always. */
  enum Access {
    r,
    c,
    w
  }

  /** A property; {@code maxLength} 0 means none. */
  record Property(
      String name, Primitive type, int maxLength, boolean key, Access access, int index) {}

  /** A navigation property to many entities; {@code kind} tells phones from mobile phones. */
  record Navigation(String name, String target, String kind) {}

  final String name;
  final String set;
  final boolean deletable;
  final Map<String, Property> properties = new LinkedHashMap<>();
  final Map<String, Navigation> navigations = new LinkedHashMap<>();
  final List<Property> keys = new ArrayList<>();

  EntityType(String set, boolean deletable) {
    this.name = set + "Type";
    this.set = set;
    this.deletable = deletable;
  }

  /**
   * Adds properties written as {@code Name:Type:length:access}; the type defaults to String, a
   * leading {@code *} marks a key.
   */
  EntityType with(String... declarations) {
    for (String declaration : declarations) {
      for (String one : declaration.trim().split("\\s+")) {
        add(one);
      }
    }
    return this;
  }

  EntityType to(String navigation, String targetSet, String kind) {
    navigations.put(navigation, new Navigation(navigation, targetSet, kind));
    return this;
  }

  Property property(String property) {
    Property found = properties.get(property);
    if (found == null) {
      throw ODataFailure.badRequest(
          "/IWFND/CM_MGW/004", "Property " + property + " not found in type " + name);
    }
    return found;
  }

  private void add(String declaration) {
    boolean key = declaration.startsWith("*");
    String[] part = (key ? declaration.substring(1) : declaration).split(":");
    boolean text = part.length == 1 || Character.isDigit(part[1].charAt(0));
    Primitive type = text ? Primitive.String : Primitive.valueOf(part[1]);
    int length = text && part.length > 1 ? Integer.parseInt(part[1]) : 0;
    Access access = part.length > 2 ? Access.valueOf(part[2]) : key ? Access.c : Access.w;
    Property property = new Property(part[0], type, length, key, access, properties.size());
    properties.put(property.name(), property);
    if (key) {
      keys.add(property);
    }
  }
}
