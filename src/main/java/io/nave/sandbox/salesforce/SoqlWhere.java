package io.nave.sandbox.salesforce;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the WHERE clause of a query. */
final class SoqlWhere {
  private final Org org;
  private final ObjectType type;
  private final SoqlTokens tokens;

  SoqlWhere(Org org, ObjectType type, SoqlTokens tokens) {
    this.org = org;
    this.type = type;
    this.tokens = tokens;
  }

  Condition read() {
    Condition first = unary();
    List<Condition> parts = new ArrayList<>(List.of(first));
    if (tokens.peek().equalsIgnoreCase("OR")) {
      while (tokens.accept("OR")) {
        parts.add(unary());
      }
      return new Condition.Any(parts);
    }
    while (tokens.accept("AND")) {
      parts.add(unary());
    }
    if (tokens.peek().equalsIgnoreCase("OR")) {
      throw SoqlTokens.malformed("unexpected token: OR");
    }
    return parts.size() == 1 ? first : new Condition.All(parts);
  }

  private Condition unary() {
    if (tokens.accept("NOT")) {
      return new Condition.Not(unary());
    }
    if (tokens.accept("(")) {
      Condition inner = read();
      tokens.expect(")");
      return inner;
    }
    return comparison();
  }

  private Condition comparison() {
    Column column = Column.of(org.schema, type, tokens.take());
    if (tokens.accept("NOT", "IN")) {
      return new Condition.Not(new Condition.In(column, list(column)));
    }
    if (tokens.accept("IN")) {
      return new Condition.In(column, list(column));
    }
    if (tokens.accept("LIKE")) {
      return Condition.Like.of(column, text(tokens.take()));
    }
    String operator = tokens.take();
    if (!List.of("=", "!=", "<>", "<", "<=", ">", ">=").contains(operator)) {
      throw SoqlTokens.malformed("unexpected token: '" + operator + "'");
    }
    return compare(column, operator, tokens.take());
  }

  private Condition compare(Column column, String operator, String literal) {
    if (column.field().kind() != Field.Kind.DATETIME || !literal.matches("[A-Za-z_]+(:\\d+)?")) {
      return new Condition.Compare(column, operator, value(column, literal));
    }
    if (literal.equalsIgnoreCase("null")) {
      return new Condition.Compare(column, operator, null);
    }
    LocalDate[] days = SoqlDates.range(literal, org.now());
    Instant from = days[0].atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant to = days[1].plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    Condition notBefore = new Condition.Compare(column, ">=", from);
    Condition before = new Condition.Compare(column, "<", to);
    return switch (operator) {
      case "<" -> new Condition.Compare(column, "<", from);
      case ">=" -> notBefore;
      case "<=" -> before;
      case ">" -> new Condition.Compare(column, ">=", to);
      case "=" -> new Condition.All(List.of(notBefore, before));
      default -> new Condition.Not(new Condition.All(List.of(notBefore, before)));
    };
  }

  private List<Object> list(Column column) {
    tokens.expect("(");
    List<Object> values = new ArrayList<>();
    do {
      values.add(value(column, tokens.take()));
    } while (tokens.accept(","));
    tokens.expect(")");
    return values;
  }

  private Object value(Column column, String literal) {
    if (literal.equalsIgnoreCase("null")) {
      return null;
    }
    if (literal.startsWith("'") != quoted(column.field())) {
      throw ApiFailure.invalid(
          "INVALID_FIELD",
          "value of filter criterion for field '%s' must be of type %s and should%s be enclosed in quotes"
              .formatted(
                  column.field().name(),
                  column.field().kind().api,
                  quoted(column.field()) ? "" : " not"));
    }
    return switch (column.field().kind()) {
      case BOOLEAN -> Boolean.valueOf(literal);
      case INT, DOUBLE -> Double.valueOf(literal);
      case DATETIME -> Values.instant(literal);
      case DATE ->
          Character.isDigit(literal.charAt(0))
              ? literal.substring(0, 10)
              : SoqlDates.range(literal, org.now())[0].toString();
      case ID, REFERENCE -> id(text(literal));
      default -> text(literal);
    };
  }

  private static Object id(String text) {
    String id = Ids.to18(text);
    return id == null ? text : id;
  }

  private static boolean quoted(Field field) {
    return switch (field.kind()) {
      case BOOLEAN, INT, DOUBLE, DATE, DATETIME -> false;
      default -> true;
    };
  }

  private static String text(String literal) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c == '\\') {
        char escaped = literal.charAt(++i);
        c =
            switch (escaped) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> escaped;
            };
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Date literals such as TODAY and LAST_N_DAYS:7, as a first and a last day in UTC. */
  private static final class SoqlDates {

    static LocalDate[] range(String literal, Instant now) {
      LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
      String[] parts = literal.toUpperCase(Locale.ROOT).split(":");
      int n = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      LocalDate month = today.withDayOfMonth(1);
      return switch (parts[0]) {
        case "TODAY" -> days(today, today);
        case "YESTERDAY" -> days(today.minusDays(1), today.minusDays(1));
        case "TOMORROW" -> days(today.plusDays(1), today.plusDays(1));
        case "THIS_MONTH" -> days(month, month.plusMonths(1).minusDays(1));
        case "LAST_MONTH" -> days(month.minusMonths(1), month.minusDays(1));
        case "THIS_YEAR" ->
            days(today.withDayOfYear(1), today.with(LocalDate.of(today.getYear(), 12, 31)));
        case "LAST_N_DAYS" -> days(today.minusDays(n), today);
        case "NEXT_N_DAYS" -> days(today.plusDays(1), today.plusDays(n));
        case "LAST_WEEK" -> days(week(today).minusWeeks(1), week(today).minusDays(1));
        case "THIS_WEEK" -> days(week(today), week(today).plusDays(6));
        default -> throw SoqlTokens.malformed("unexpected token: '" + literal + "'");
      };
    }

    private static LocalDate week(LocalDate day) {
      return day.minus(day.getDayOfWeek().getValue() % 7, ChronoUnit.DAYS);
    }

    private static LocalDate[] days(LocalDate first, LocalDate last) {
      return new LocalDate[] {first, last};
    }
  }
}
