package io.nave.sandbox.s4hana;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The system query options of a request, decoded. */
final class QueryOptions {
  private final Map<String, String> options = new LinkedHashMap<>();

  QueryOptions(String query) {
    if (query == null) {
      return;
    }
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        options.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ODataFailure.malformed("Malformed URI " + text);
    }
  }

  String get(String name) {
    return options.get(name);
  }

  /** A number that is not negative, or the default where the option is missing. */
  int number(String name, int otherwise) {
    String text = options.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}")) {
      throw ODataFailure.malformed("Invalid value '" + text + "' for query option " + name);
    }
    return Integer.parseInt(text);
  }

  boolean count() {
    return "allpages".equals(options.get("$inlinecount"));
  }

  /** The address of the next page: the same query, from another offset. */
  String next(int offset, int remaining) {
    Map<String, String> next = new LinkedHashMap<>(options);
    next.remove("$skip");
    next.remove("$top");
    if (remaining < Integer.MAX_VALUE) {
      next.put("$top", Integer.toString(remaining));
    }
    next.put("$skiptoken", Integer.toString(offset));
    return next.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The order that is asked for; null for the order of the keys, in which entities are kept. */
  Comparator<Entity> order(EntityType type) {
    String text = options.get("$orderby");
    boolean byKey = type.keys.size() == 1 && type.keys.get(0).name().equals(text);
    if (text == null || text.isBlank() || byKey) {
      return null;
    }
    List<Comparator<Entity>> parts = new ArrayList<>();
    for (String part : text.split(",")) {
      parts.add(order(type, part.trim().split("\\s+")));
    }
    return parts.stream().reduce(Comparator::thenComparing).orElseThrow();
  }

  private static Comparator<Entity> order(EntityType type, String[] part) {
    EntityType.Property property = type.property(part[0]);
    Comparator<Entity> ascending =
        Comparator.comparing(
            entity -> sortable(entity, property), Comparator.nullsFirst(QueryOptions::compare));
    return part.length > 1 && part[1].equals("desc") ? ascending.reversed() : ascending;
  }

  private static Object sortable(Entity entity, EntityType.Property property) {
    Object value = entity.values[property.index()];
    return value instanceof String text && property.key() ? Entity.sortable(text, property) : value;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    return ((Comparable<Object>) a).compareTo(b);
  }
}
