package io.nave.sandbox.gigya;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A statement of the vendor's SQL dialect: clauses in a fixed order, text in double quotes.
 *
 * @param fields what is selected; {@code *} is everything, {@code count(*)} the number
 * @param where the condition, or null
 * @param limit the LIMIT clause, or -1
 */
record Query(
    List<String> fields, String table, Condition where, List<Order> order, int start, int limit) {

  /** One ORDER BY term. */
  record Order(String field, boolean descending) {}

  boolean all() {
    return fields.contains("*");
  }

  boolean counts() {
    return fields.size() == 1 && fields.get(0).equalsIgnoreCase("count(*)");
  }

  /**
   * Understands a statement.
   *
   * @throws Refusal 400006 with the place that is wrong
   */
  static Query parse(String text) {
    return new Parser(text).query();
  }

  private static final class Parser {
    private static final Pattern TOKEN =
        Pattern.compile(
            "\\G\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|-?\\d+(?:\\.\\d+)?"
                + "|count\\s*\\(\\s*\\*\\s*\\)|[A-Za-z_][\\w.\\-]*|>=|<=|!=|<>|[=<>(),*])",
            Pattern.CASE_INSENSITIVE);
    private final List<String> tokens = new ArrayList<>();
    private int at;

    Parser(String text) {
      var matcher = TOKEN.matcher(text);
      var end = 0;
      while (matcher.find()) {
        tokens.add(matcher.group(1).replaceAll("(?i)^count\\s*\\(.*", "count(*)"));
        end = matcher.end();
      }
      var rest = text.substring(end).strip();
      if (!rest.isEmpty() && !rest.equals(";")) throw wrong(rest);
    }

    Query query() {
      expect("SELECT");
      var fields = new ArrayList<String>();
      do fields.add(next());
      while (accept(","));
      expect("FROM");
      var table = next();
      var where = accept("WHERE") ? or() : null;
      var order = order();
      var start = accept("START") ? number() : 0;
      var limit = accept("LIMIT") ? number() : -1;
      if (start == 0 && accept("START")) start = number();
      if (at < tokens.size()) throw wrong(tokens.get(at));
      return new Query(List.copyOf(fields), table, where, order, start, limit);
    }

    private List<Order> order() {
      var terms = new ArrayList<Order>();
      if (!accept("ORDER")) return terms;
      expect("BY");
      do {
        var field = next();
        var descending = accept("DESC");
        if (!descending) accept("ASC");
        terms.add(new Order(field, descending));
      } while (accept(","));
      return terms;
    }

    private Condition or() {
      var parts = new ArrayList<>(List.of(and()));
      while (accept("OR")) parts.add(and());
      return parts.size() == 1 ? parts.get(0) : new Condition.Or(List.copyOf(parts));
    }

    private Condition and() {
      var parts = new ArrayList<>(List.of(term()));
      while (accept("AND")) parts.add(term());
      return parts.size() == 1 ? parts.get(0) : new Condition.And(List.copyOf(parts));
    }

    private Condition term() {
      if (accept("NOT")) return new Condition.Not(term());
      if (!accept("(")) return comparison();
      var inner = or();
      expect(")");
      return inner;
    }

    private Condition comparison() {
      var field = next();
      var operator = next().toLowerCase(Locale.ROOT);
      switch (operator) {
        case "is":
          var not = accept("NOT");
          expect("NULL");
          return new Condition.Compare(field, not ? "exists" : "missing", List.of());
        case "not":
          return new Condition.Not(compare(field, next().toLowerCase(Locale.ROOT)));
        default:
          return compare(field, operator);
      }
    }

    private Condition compare(String field, String operator) {
      if (!Condition.OPERATORS.contains(operator)) throw wrong(operator);
      return new Condition.Compare(
          field, operator, operator.equals("in") ? list() : List.of(value()));
    }

    private List<Object> list() {
      var values = new ArrayList<>();
      expect("(");
      do values.add(value());
      while (accept(","));
      expect(")");
      return values;
    }

    private Object value() {
      var token = next();
      var first = token.charAt(0);
      if (first == '"' || first == '\'')
        return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
      if (Character.isDigit(first) || first == '-') return Double.valueOf(token);
      if (token.equalsIgnoreCase("true") || token.equalsIgnoreCase("false"))
        return Boolean.valueOf(token);
      if (token.equalsIgnoreCase("null")) return "";
      throw wrong(token);
    }

    private int number() {
      try {
        return Integer.parseInt(next());
      } catch (NumberFormatException e) {
        throw wrong(tokens.get(at - 1));
      }
    }

    private String next() {
      if (at >= tokens.size()) throw wrong("end of the query");
      return tokens.get(at++);
    }

    private boolean accept(String word) {
      if (at >= tokens.size() || !tokens.get(at).equalsIgnoreCase(word)) return false;
      at++;
      return true;
    }

    private void expect(String word) {
      if (!accept(word)) throw wrong(at < tokens.size() ? tokens.get(at) : "end of the query");
    }

    private static Refusal wrong(String token) {
      return new Refusal(Refusal.INVALID_PARAMETER, "Invalid query: unexpected '" + token + "'");
    }
  }
}
