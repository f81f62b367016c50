package io.nave.sandbox.s4hana;

import io.nave.sandbox.s4hana.EntityType.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses {@code $filter}: comparisons, and/or/not, parentheses and the text functions. */
final class Filter {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*((?:[a-zA-Z]+)?'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_/]*|-?[0-9.]+[LMDFlmdf]?|[(),])\\s*");

  private final EntityType type;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private Filter(EntityType type, String text) {
    this.type = type;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end != text.length()) {
      throw ODataFailure.malformed("Invalid token detected at position " + end);
    }
  }

  static Predicate<Entity> parse(EntityType type, String text) {
    if (text == null || text.isBlank()) {
      return entity -> true;
    }
    Filter filter = new Filter(type, text);
    Predicate<Entity> predicate = filter.or();
    if (filter.at < filter.tokens.size()) {
      throw filter.unexpected();
    }
    return predicate;
  }

  private Predicate<Entity> or() {
    Predicate<Entity> left = and();
    while (accept("or")) {
      left = left.or(and());
    }
    return left;
  }

  private Predicate<Entity> and() {
    Predicate<Entity> left = not();
    while (accept("and")) {
      left = left.and(not());
    }
    return left;
  }

  private Predicate<Entity> not() {
    return accept("not") ? not().negate() : condition();
  }

  private Predicate<Entity> condition() {
    if (accept("(")) {
      Predicate<Entity> inner = or();
      expect(")");
      return inner;
    }
    Operand left = operand();
    if (!left.property() && left.truth() != null && !comparisonFollows()) {
      return left.truth();
    }
    return comparison(left, next(), operand());
  }

  private boolean comparisonFollows() {
    return at < tokens.size() && List.of("eq", "ne").contains(tokens.get(at));
  }

  /** One side of a comparison: a property (by index), a function or a literal. */
  private record Operand(Property of, Function<Entity, Object> value, Predicate<Entity> truth) {
    boolean property() {
      return of != null;
    }
  }

  private Operand operand() {
    String token = next();
    boolean function = at < tokens.size() && tokens.get(at).equals("(");
    if (function) {
      return function(token);
    }
    boolean word = token.matches("[A-Za-z_][A-Za-z0-9_/]*");
    if (word && !List.of("null", "true", "false").contains(token)) {
      Property property = type.property(token);
      return new Operand(property, entity -> entity.values[property.index()], null);
    }
    Object literal = Literals.fromUri(token);
    return new Operand(null, entity -> literal, null);
  }

  private Operand function(String name) {
    expect("(");
    List<Operand> arguments = new ArrayList<>();
    do {
      arguments.add(operand());
    } while (accept(","));
    expect(")");
    Function<Entity, String> first = entity -> text(arguments.get(0).value().apply(entity));
    if (arguments.size() == 1) {
      return changed(name, first);
    }
    Function<Entity, String> second = entity -> text(arguments.get(1).value().apply(entity));
    Predicate<Entity> truth = test(name, first, second);
    return new Operand(null, truth::test, truth);
  }

  private static Operand changed(String name, Function<Entity, String> of) {
    return switch (name) {
      case "tolower" -> new Operand(null, e -> of.apply(e).toLowerCase(Locale.ROOT), null);
      case "toupper" -> new Operand(null, e -> of.apply(e).toUpperCase(Locale.ROOT), null);
      case "trim" -> new Operand(null, e -> of.apply(e).trim(), null);
      case "length" -> new Operand(null, e -> (long) of.apply(e).length(), null);
      default -> throw ODataFailure.malformed("Function " + name + " is not supported");
    };
  }

  private static Predicate<Entity> test(
      String name, Function<Entity, String> first, Function<Entity, String> second) {
    return switch (name) {
      case "substringof" -> e -> second.apply(e).contains(first.apply(e));
      case "startswith" -> e -> first.apply(e).startsWith(second.apply(e));
      case "endswith" -> e -> first.apply(e).endsWith(second.apply(e));
      default -> throw ODataFailure.malformed("Function " + name + " is not supported");
    };
  }

  private static Predicate<Entity> comparison(Operand left, String operator, Operand right) {
    Property property = left.property() ? left.of() : right.of();
    Predicate<Integer> wanted =
        switch (operator) {
          case "eq" -> order -> order == 0;
          case "ne" -> order -> order != 0;
          case "gt" -> order -> order > 0;
          case "ge" -> order -> order >= 0;
          case "lt" -> order -> order < 0;
          case "le" -> order -> order <= 0;
          default -> throw ODataFailure.malformed("Invalid operator " + operator);
        };
    boolean equality = operator.equals("eq") || operator.equals("ne");
    return entity -> {
      Object a = initial(left.value().apply(entity), property);
      Object b = initial(right.value().apply(entity), property);
      if (a == null || b == null) {
        return equality && wanted.test(a == b ? 0 : 1);
      }
      return wanted.test(compare(a, b));
    };
  }

  /** Text and flags have no null in the database, only initial values; keys compare padded. */
  private static Object initial(Object value, Property property) {
    if (property == null) {
      return value;
    }
    return switch (property.type()) {
      case String ->
          property.key() ? Entity.sortable(text(value), property) : value == null ? "" : value;
      case Boolean -> value == null ? Boolean.FALSE : value;
      default -> value;
    };
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object a, Object b) {
    if (a.getClass() != b.getClass()) {
      throw ODataFailure.malformed("Types of a comparison in $filter do not match");
    }
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private boolean accept(String token) {
    boolean found = at < tokens.size() && tokens.get(at).equals(token);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw unexpected();
    }
  }

  private String next() {
    if (at >= tokens.size()) {
      throw ODataFailure.malformed("Unexpected end of $filter");
    }
    return tokens.get(at++);
  }

  private ODataFailure unexpected() {
    String token = at < tokens.size() ? tokens.get(at) : "end";
    return ODataFailure.malformed("Invalid token '" + token + "' in $filter");
  }
}
