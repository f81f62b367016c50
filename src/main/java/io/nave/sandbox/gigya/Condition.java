package io.nave.sandbox.gigya;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What a search asks of an account. */
sealed interface Condition {
  /** The comparisons that the sandbox understands. */
  Set<String> OPERATORS =
      Set.of("=", "!=", "<>", "<", "<=", ">", ">=", "in", "contains", "like", "regex");

  boolean holds(JsonObject account);

  /** All of them. */
  record And(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonObject account) {
      return parts.stream().allMatch(part -> part.holds(account));
    }
  }

  /** Any of them. */
  record Or(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(JsonObject account) {
      return parts.stream().anyMatch(part -> part.holds(account));
    }
  }

  /** The contrary. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean holds(JsonObject account) {
      return !part.holds(account);
    }
  }

  /** One field against values. A list holds when one of its elements does. */
  record Compare(String field, String operator, List<Object> values) implements Condition {
    @Override
    public boolean holds(JsonObject account) {
      var held = value(account, field);
      if (operator.equals("missing")) return held == null;
      if (operator.equals("exists")) return held != null;
      if (held == null) return operator.equals("!=") || operator.equals("<>");
      if (held instanceof JsonArray list) return list.stream().anyMatch(this::matches);
      return matches(held);
    }

    private boolean matches(Object held) {
      var wanted = values.get(0);
      return switch (operator) {
        case "=" -> same(held, wanted);
        case "!=", "<>" -> !same(held, wanted);
        case "in" -> values.stream().anyMatch(value -> same(held, value));
        case "contains" -> text(held).contains(text(wanted));
        case "like" -> like(text(wanted)).matcher(text(held)).matches();
        case "regex" -> Pattern.compile(wanted.toString()).matcher(held.toString()).find();
        case "<" -> order(held, wanted) < 0;
        case "<=" -> order(held, wanted) <= 0;
        case ">" -> order(held, wanted) > 0;
        default -> order(held, wanted) >= 0;
      };
    }

    private static Pattern like(String pattern) {
      return Pattern.compile(Pattern.quote(pattern).replace("%", "\\E.*\\Q"), Pattern.DOTALL);
    }

    private static String text(Object value) {
      return value.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean same(Object held, Object wanted) {
      if (held instanceof Number number && wanted instanceof Number other)
        return number.doubleValue() == other.doubleValue();
      return Objects.equals(text(held), text(wanted));
    }

    private static int order(Object held, Object wanted) {
      if (held instanceof Number number && wanted instanceof Number other)
        return Double.compare(number.doubleValue(), other.doubleValue());
      return held.toString().compareTo(wanted.toString());
    }
  }

  /** The value at a dotted path, looking into the elements of lists; null where there is none. */
  static Object value(JsonObject account, String path) {
    Object at = account;
    for (var name : path.split("\\.")) {
      if (at instanceof JsonObject object) at = object.getValue(name);
      else if (at instanceof JsonArray list) at = inElements(list, name);
      else return null;
    }
    return at;
  }

  private static JsonArray inElements(JsonArray list, String name) {
    var values = new JsonArray();
    for (var element : list)
      if (element instanceof JsonObject object && object.containsKey(name))
        values.add(object.getValue(name));
    return values;
  }

  /** The earliest {@code lastUpdatedTimestamp} that can hold, or 0: a shortcut for the index. */
  static long changedSince(Condition condition) {
    if (condition instanceof And and)
      return and.parts().stream().mapToLong(Condition::changedSince).max().orElse(0);
    if (condition instanceof Compare compare
        && compare.field().equals("lastUpdatedTimestamp")
        && compare.operator().startsWith(">")
        && compare.values().get(0) instanceof Double from) return from.longValue();
    return 0;
  }

  /** The UIDs that alone can hold, or null where any can. */
  static List<String> uids(Condition condition) {
    if (condition instanceof And and)
      return and.parts().stream()
          .map(Condition::uids)
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    if (condition instanceof Compare compare
        && compare.field().equals("UID")
        && Set.of("=", "in").contains(compare.operator()))
      return compare.values().stream().map(Object::toString).toList();
    return null;
  }
}
