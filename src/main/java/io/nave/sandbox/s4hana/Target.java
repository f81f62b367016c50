package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Navigation;
import io.nave.sandbox.s4hana.EntityType.Property;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a resource path points to.
 *
 * @param entity the one entity, or null where the path means a collection
 * @param parent the entity whose navigation was followed, or null
 * @param by the navigation that led here, or null
 * @param count whether {@code /$count} follows
 */
record Target(EntityType type, Entity entity, Entity parent, Navigation by, boolean count) {
  private static final Pattern SEGMENT = Pattern.compile("([A-Za-z_$]\\w*)(?:\\((.*)\\))?");
  private static final Pattern KEY =
      Pattern.compile("(?:(\\w+)=)?((?:[a-z]+)?'(?:[^']|'')*'|[^,']+)(?:,|$)");

  /** Follows the path. */
  static Target resolve(Partners partners, String path) {
    Target target = null;
    for (String raw : path.split("/")) {
      String segment = QueryOptions.decode(raw.replace("+", "%2B"));
      target =
          segment.equals("$count") && target != null
              ? new Target(target.type, target.entity, target.parent, target.by, true)
              : step(partners, target, segment);
    }
    return target;
  }

  /** The entities of the collection. */
  Collection<Entity> entities(Partners partners) {
    return parent == null ? partners.list(type) : parent.children(by.name());
  }

  boolean collection() {
    return entity == null;
  }

  private static Target step(Partners partners, Target from, String segment) {
    Matcher matcher = SEGMENT.matcher(segment);
    if (!matcher.matches()) {
      throw ODataFailure.noSegment(segment);
    }
    Target collection = collection(from, matcher.group(1));
    String key = matcher.group(2);
    return key == null || key.isBlank() ? collection : collection.at(partners, key);
  }

  private static Target collection(Target from, String name) {
    if (from == null) {
      EntityType type = PartnerModel.SETS.get(name);
      if (type == null) {
        throw ODataFailure.noSegment(name);
      }
      return new Target(type, null, null, null, false);
    }
    Navigation navigation = from.type.navigations.get(name);
    if (navigation == null || from.entity == null) {
      throw ODataFailure.noSegment(name);
    }
    EntityType type = PartnerModel.SETS.get(navigation.target());
    return new Target(type, null, from.entity, navigation, false);
  }

  private Target at(Partners partners, String predicate) {
    Entity key = new Entity(type, null);
    Matcher matcher = KEY.matcher(predicate);
    int given = 0;
    while (matcher.find()) {
      String name = matcher.group(1) == null ? type.keys.get(0).name() : matcher.group(1);
      key.set(property(name).name(), Literals.fromUri(matcher.group(2)));
      given++;
    }
    if (given != type.keys.size()) {
      throw ODataFailure.malformed("Invalid key predicate for type " + type.name);
    }
    Entity found = partners.find(type, key.key());
    if (found == null || (parent != null && found.parent != parent)) {
      throw ODataFailure.noResource(type.name);
    }
    return new Target(type, found, parent, by, false);
  }

  private Property property(String name) {
    Property property = type.property(name);
    if (!property.key()) {
      throw ODataFailure.malformed("Property " + name + " is no key of type " + type.name);
    }
    return property;
  }
}
