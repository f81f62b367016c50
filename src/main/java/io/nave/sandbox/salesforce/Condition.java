package io.nave.sandbox.salesforce;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A WHERE clause. Text compares without regard to case, as Salesforce's does. */
sealed interface Condition {

  boolean holds(Org org, SObject row);

  /** Everything holds. */
  record All(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(Org org, SObject row) {
      return parts.stream().allMatch(part -> part.holds(org, row));
    }
  }

  /** At least one holds. */
  record Any(List<Condition> parts) implements Condition {
    @Override
    public boolean holds(Org org, SObject row) {
      return parts.stream().anyMatch(part -> part.holds(org, row));
    }
  }

  /** It does not hold. */
  record Not(Condition part) implements Condition {
    @Override
    public boolean holds(Org org, SObject row) {
      return !part.holds(org, row);
    }
  }

  /** A field is one of some values. */
  record In(Column column, List<Object> values) implements Condition {
    @Override
    public boolean holds(Org org, SObject row) {
      Object value = column.value(org, row);
      return values.stream().anyMatch(v -> compare(value, v) == 0);
    }
  }

  /** A field is like a pattern of % and _. */
  record Like(Column column, Pattern pattern) implements Condition {

    static Like of(Column column, String like) {
      StringBuilder regex = new StringBuilder();
      for (char c : like.toCharArray()) {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
      int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
      return new Like(column, Pattern.compile(regex.toString(), flags));
    }

    @Override
    public boolean holds(Org org, SObject row) {
      Object value = column.value(org, row);
      return value != null && pattern.matcher(value.toString()).matches();
    }
  }

  /** A field compares with a value. */
  record Compare(Column column, String operator, Object value) implements Condition {
    @Override
    public boolean holds(Org org, SObject row) {
      Object held = column.value(org, row);
      if (operator.equals("=") || operator.equals("!=") || operator.equals("<>")) {
        return operator.equals("=") == (compare(held, value) == 0);
      }
      if (held == null || value == null) {
        return false;
      }
      int order = compare(held, value);
      return switch (operator) {
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        default -> order >= 0;
      };
    }
  }

  /** Orders values of one field; nulls come first. */
  static int compare(Object left, Object right) {
    if (left == null || right == null) {
      return left == right ? 0 : left == null ? -1 : 1;
    }
    if (left instanceof Instant a && right instanceof Instant b) {
      return a.compareTo(b);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return a.compareTo(b);
    }
    return fold(left).compareTo(fold(right));
  }

  private static String fold(Object value) {
    return value.toString().toLowerCase(Locale.ROOT);
  }
}
