package io.nave.sandbox.salesforce;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds undeleted records by external ids and e-mail addresses. */
final class Index {
  private final Map<String, Set<SObject>> rows = new HashMap<>();

  void add(SObject row) {
    for (Field field : row.type.fields) {
      Object value = field.indexed() ? row.values.get(field.name()) : null;
      if (value != null) {
        rows.computeIfAbsent(key(row.type, field.name(), value), k -> new LinkedHashSet<>())
            .add(row);
      }
    }
  }

  void remove(SObject row) {
    for (Field field : row.type.fields) {
      Object value = field.indexed() ? row.values.get(field.name()) : null;
      if (value != null) {
        rows.computeIfPresent(
            key(row.type, field.name(), value),
            (k, all) -> all.remove(row) && all.isEmpty() ? null : all);
      }
    }
  }

  Collection<SObject> find(ObjectType type, String field, Object value) {
    return List.copyOf(rows.getOrDefault(key(type, field, value), Set.of()));
  }

  private static String key(ObjectType type, String field, Object value) {
    return type.name + '.' + field + '=' + value.toString().toLowerCase(Locale.ROOT);
  }
}
