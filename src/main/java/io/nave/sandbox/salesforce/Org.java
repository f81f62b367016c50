package io.nave.sandbox.salesforce;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The records, and what may be done to them. Not thread-safe: the event loop's only. */
final class Org {
  final Clock clock;
  final Schema schema = new Schema();
  final String id = Ids.of("00D", 1);
  final String userId = Ids.of("005", 1);
  private final Map<ObjectType, TreeMap<String, SObject>> tables = new HashMap<>();
  private final Index index = new Index();
  private final Map<ObjectType, Long> lastNumber = new HashMap<>();
  private Consumer<Transaction> feed = committed -> {};
  private boolean duplicateRule;

  Org(Clock clock) {
    this.clock = clock;
    schema.types().forEach(type -> tables.put(type, new TreeMap<>()));
    seed("User", userId, Map.of("LastName", "Admin", "Username", "admin@nave.example"));
    seed(
        "Organization",
        id,
        Map.of("Name", "Nave Sandbox", "OrganizationType", "Developer Edition"));
  }

  private void seed(String type, String rowId, Map<String, Object> values) {
    ObjectType of = schema.type(type);
    tables.get(of).put(rowId, new SObject(of, rowId, values));
  }

  /** Who hears of committed transactions. */
  void feed(Consumer<Transaction> listener) {
    feed = listener;
  }

  /** Switches on the standard rule that refuses a person with the name and e-mail of another. */
  void duplicateRule(boolean on) {
    duplicateRule = on;
  }

  Instant now() {
    return clock.instant();
  }

  /** All records of the type in order of id, deleted ones included. */
  Collection<SObject> rows(ObjectType type) {
    return Collections.unmodifiableCollection(tables.get(type).values());
  }

  /** The records whose indexed field has the value, ignoring case; deleted ones are not found. */
  Collection<SObject> lookup(ObjectType type, String field, String value) {
    return index.find(type, field, value);
  }

  /** The record, also a deleted one; null where there is none. */
  SObject find(ObjectType type, String rowId) {
    String whole = Ids.to18(rowId);
    return whole == null ? null : tables.get(type).get(whole);
  }

  /** The record that is there and not deleted; refused as Salesforce does otherwise. */
  SObject existing(ObjectType type, String rowId) {
    SObject row = find(type, rowId);
    if (row == null) {
      throw ApiFailure.notFound();
    }
    if (row.deleted) {
      throw new ApiFailure(404, "ENTITY_IS_DELETED", "entity is deleted");
    }
    return row;
  }

  SObject create(
      ObjectType type, Map<String, Object> given, Transaction tx, boolean allowDuplicate) {
    SObject row = new SObject(type, "", Map.of());
    Map<String, Object> values = new Rules(this, type).applied(row, given, true);
    if (duplicateRule && !allowDuplicate) {
      new Rules(this, type).refuseDuplicate(values, index);
    }
    stamp(values, tx.user, true);
    String rowId = Ids.of(type.prefix, lastNumber.merge(type, 1L, Long::sum));
    SObject created = new SObject(type, rowId, values);
    tables.get(type).put(rowId, created);
    index.add(created);
    Set<String> changed = new LinkedHashSet<>(values.keySet());
    tx.add(
        new Change(type, Change.Kind.CREATE, List.of(rowId), created, changed),
        () -> {
          index.remove(created);
          tables.get(type).remove(rowId);
        });
    return created;
  }

  private static Object kept(Map<String, Object> values, Field field) {
    Object value = values.get(field.name());
    return value == null && field.kind() == Field.Kind.BOOLEAN ? false : value;
  }

  void update(SObject row, Map<String, Object> given, Transaction tx) {
    Map<String, Object> before = row.values;
    Map<String, Object> after = new Rules(this, row.type).applied(row, given, false);
    stamp(after, tx.user, false);
    replace(row, after);
    Set<String> changed = new LinkedHashSet<>();
    for (Field field : row.type.fields) {
      if (!Objects.equals(kept(before, field), kept(after, field))) {
        changed.add(field.name());
      }
    }
    changed.add("LastModifiedDate");
    changed.remove("SystemModstamp");
    tx.add(
        new Change(row.type, Change.Kind.UPDATE, List.of(row.id), row, changed),
        () -> replace(row, before));
  }

  private void replace(SObject row, Map<String, Object> values) {
    index.remove(row);
    row.values = values;
    index.add(row);
  }

  void delete(SObject row, Transaction tx) {
    mark(row, true, Change.Kind.DELETE, tx);
  }

  void undelete(SObject row, Transaction tx) {
    mark(row, false, Change.Kind.UNDELETE, tx);
  }

  private void mark(SObject row, boolean deleted, Change.Kind kind, Transaction tx) {
    Map<String, Object> before = row.values;
    Map<String, Object> after = new HashMap<>(before);
    stamp(after, tx.user, false);
    index.remove(row);
    row.deleted = deleted;
    row.values = after;
    if (!deleted) {
      index.add(row);
    }
    Set<String> changed = deleted ? Set.of() : after.keySet();
    tx.add(
        new Change(row.type, kind, List.of(row.id), row, changed),
        () -> {
          index.remove(row);
          row.deleted = !deleted;
          row.values = before;
          if (deleted) {
            index.add(row);
          }
        });
  }

  /** Makes the transaction known to the change feed. */
  void commit(Transaction tx) {
    if (!tx.changes().isEmpty()) {
      feed.accept(tx);
    }
  }

  private void stamp(Map<String, Object> values, String user, boolean created) {
    Instant second = now().truncatedTo(ChronoUnit.SECONDS);
    if (created) {
      values.put("CreatedDate", second);
      values.put("CreatedById", user);
      values.putIfAbsent("OwnerId", user);
    }
    values.put("LastModifiedDate", second);
    values.put("LastModifiedById", user);
    values.put("SystemModstamp", second);
  }
}
