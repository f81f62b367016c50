package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Navigation;
import io.nave.sandbox.s4hana.EntityType.Property;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * The stored business partners with everything below them. Changes are made within a {@link
 * Change}; a change that is not committed is undone.
 */
final class Partners {
  static final String USER = "NAVE_COMM";

  /** When true, a change of an address or e-mail also moves the header's LastChangeDate. */
  boolean addressChangesTouchHeader;

  private final Clock clock;
  private final Map<EntityType, TreeMap<String, Entity>> sets = new HashMap<>();
  private final PartnerDefaults defaults = new PartnerDefaults(this);
  private final BiConsumer<String, String> changed;
  private long versions = 1_000;
  private long numbers = 1_000_000;
  private long addresses = 22_000;

  /**
   * @param changed is told what happened to which partner: {@code Created} or {@code Changed}
   */
  Partners(Clock clock, BiConsumer<String, String> changed) {
    this.clock = clock;
    this.changed = changed;
    PartnerModel.SETS.values().forEach(type -> sets.put(type, new TreeMap<>()));
  }

  Change change() {
    return new Change(this);
  }

  NavigableMap<String, Entity> all(EntityType type) {
    return sets.get(type);
  }

  Collection<Entity> list(EntityType type) {
    return sets.get(type).values();
  }

  Entity find(EntityType type, String key) {
    return sets.get(type).get(key);
  }

  /** Creates an entity and everything nested in it. */
  Entity create(Change change, EntityType type, Entity parent, Navigation by, Map<String, ?> json) {
    Entity entity = new Entity(type, parent);
    Payload.values(type, json, true).forEach(entity::set);
    defaults.complete(entity, by);
    refuseDuplicate(entity);
    entity.version = ++versions;
    store(change, entity, by);
    Payload.nested(type, json)
        .forEach(
            (navigation, children) ->
                children.forEach(child -> nest(change, entity, navigation, child)));
    defaults.completeWithChildren(change, entity);
    change.touched(entity, true);
    return entity;
  }

  /**
   * Sets the given properties; with {@code replace}, all others that may be written are cleared.
   */
  void update(Change change, Entity entity, Map<String, ?> json, boolean replace) {
    Map<String, Object> values = Payload.values(entity.type, json, false);
    Object[] before = entity.copyOfValues();
    long version = entity.version;
    change.undo(
        () -> {
          entity.values = before;
          entity.version = version;
        });
    if (replace) {
      Payload.clear(entity);
    }
    values.forEach(entity::set);
    defaults.recompute(change, entity);
    entity.version = ++versions;
    change.touched(entity, false);
  }

  void delete(Change change, Entity entity) {
    defaults.refuseDeletion(entity);
    for (Entity child : entity.descendants()) {
      sets.get(child.type).remove(child.key());
      change.undo(() -> sets.get(child.type).put(child.key(), child));
    }
    String navigation = navigationOf(entity);
    sets.get(entity.type).remove(entity.key());
    entity.parent.remove(entity);
    change.undo(
        () -> {
          entity.parent.add(navigation, entity);
          sets.get(entity.type).put(entity.key(), entity);
        });
    change.touched(entity.parent, false);
  }

  /** Sets one property of a neighbour without a check, as a side effect that can be undone. */
  void quietly(Change change, Entity entity, String property, Object value) {
    Object before = entity.get(property);
    change.undo(() -> entity.set(property, before));
    entity.set(property, value);
    entity.version = ++versions;
  }

  /** Marks the header as changed now and tells the event broker. */
  void committed(Entity root, boolean created, boolean header) {
    if (!created && (header || addressChangesTouchHeader)) {
      LocalDateTime now = now();
      root.set("LastChangeDate", now.truncatedTo(ChronoUnit.DAYS));
      root.set("LastChangeTime", now.toLocalTime());
      root.set("LastChangedByUser", USER);
      root.version = ++versions;
    }
    changed.accept(created ? "Created" : "Changed", root.text("BusinessPartner"));
  }

  LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  LocalTime timeOfDay() {
    return now().toLocalTime();
  }

  UUID uuid() {
    return UUID.randomUUID();
  }

  String nextNumber() {
    do {
      numbers++;
    } while (sets.get(PartnerModel.PARTNER).containsKey(partnerKey(Long.toString(numbers))));
    return Long.toString(numbers);
  }

  String nextAddress() {
    return Long.toString(++addresses);
  }

  /** The internal key of a partner number. */
  static String partnerKey(String number) {
    Property key = PartnerModel.PARTNER.keys.get(0);
    return Entity.sortable(number, key) + '\u0001';
  }

  private void nest(Change change, Entity parent, Navigation navigation, Map<String, ?> child) {
    create(change, PartnerModel.SETS.get(navigation.target()), parent, navigation, child);
  }

  private void store(Change change, Entity entity, Navigation by) {
    String key = entity.key();
    sets.get(entity.type).put(key, entity);
    change.undo(() -> sets.get(entity.type).remove(key));
    if (entity.parent != null) {
      entity.parent.add(by.name(), entity);
      change.undo(() -> entity.parent.remove(entity));
    }
  }

  private void refuseDuplicate(Entity entity) {
    if (sets.get(entity.type).containsKey(entity.key())) {
      throw ODataFailure.badRequest("R1/226", entity.path() + " exists already");
    }
  }

  private static String navigationOf(Entity entity) {
    return entity.parent.type.navigations.keySet().stream()
        .filter(name -> entity.parent.children(name).contains(entity))
        .findFirst()
        .orElseThrow();
  }
}
