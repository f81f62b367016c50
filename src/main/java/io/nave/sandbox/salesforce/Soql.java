package io.nave.sandbox.salesforce;

import io.nave.sandbox.salesforce.Query.Aggregate;
import io.nave.sandbox.salesforce.Query.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads SOQL: fields (by reference, too), FIELDS(ALL|STANDARD|CUSTOM), COUNT, MIN, MAX, WHERE,
 * GROUP BY, ORDER BY, LIMIT, OFFSET, ALL ROWS. Not: subqueries, HAVING, TYPEOF, multi-select
 * picklists.
 */
final class Soql {
  private static final Set<String> FUNCTIONS = Set.of("COUNT", "MIN", "MAX");
  private final Org org;
  private final SoqlTokens tokens;
  private final List<String> fields = new ArrayList<>();
  private final List<String[]> functions = new ArrayList<>();
  private boolean count;

  private Soql(Org org, String text) {
    this.org = org;
    this.tokens = new SoqlTokens(text);
  }

  static Query parse(Org org, String text, boolean allRows) {
    return new Soql(org, text).query(allRows);
  }

  private Query query(boolean allRows) {
    tokens.expect("SELECT");
    do {
      select();
    } while (tokens.accept(","));
    tokens.expect("FROM");
    ObjectType type = from();
    Condition where = tokens.accept("WHERE") ? new SoqlWhere(org, type, tokens).read() : null;
    List<Column> groups = tokens.accept("GROUP", "BY") ? columns(type) : List.of();
    List<Order> order = tokens.accept("ORDER", "BY") ? order(type) : List.of();
    int limit = tokens.accept("LIMIT") ? tokens.number() : Integer.MAX_VALUE;
    int offset = tokens.accept("OFFSET") ? offset() : 0;
    boolean deleted = allRows || tokens.accept("ALL", "ROWS");
    end();
    return new Query(
        type,
        selected(type),
        aggregates(type),
        count,
        where,
        groups,
        order,
        limit,
        offset,
        deleted);
  }

  private void select() {
    String word = tokens.take();
    if (!tokens.accept("(")) {
      fields.add(word);
      return;
    }
    String function = word.toUpperCase(Locale.ROOT);
    if (function.equals("FIELDS")) {
      fields.add("FIELDS:" + tokens.take().toUpperCase(Locale.ROOT));
      tokens.expect(")");
      return;
    }
    if (!FUNCTIONS.contains(function)) {
      throw SoqlTokens.malformed("unexpected token: '" + word + "'");
    }
    if (tokens.accept(")")) {
      count = true;
      return;
    }
    String column = tokens.take();
    tokens.expect(")");
    boolean named = !tokens.peek().equals(",") && !tokens.peek().equalsIgnoreCase("FROM");
    String alias = named ? tokens.take() : "expr" + functions.size();
    functions.add(new String[] {function, column, alias});
  }

  private ObjectType from() {
    String name = tokens.take();
    ObjectType type = org.schema.find(name);
    if (type == null) {
      throw ApiFailure.invalid(
          "INVALID_TYPE",
          "sObject type '%s' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name."
              .formatted(name));
    }
    return type;
  }

  private List<Column> selected(ObjectType type) {
    List<Column> columns = new ArrayList<>();
    for (String path : fields) {
      if (path.startsWith("FIELDS:")) {
        String which = path.substring(7);
        type.fields.stream()
            .filter(f -> which.equals("ALL") || f.custom() == which.equals("CUSTOM"))
            .forEach(f -> columns.add(new Column(List.of(), f)));
      } else {
        columns.add(Column.of(org.schema, type, path));
      }
    }
    return columns;
  }

  private List<Aggregate> aggregates(ObjectType type) {
    return functions.stream()
        .map(f -> new Aggregate(f[0], Column.of(org.schema, type, f[1]), f[2]))
        .toList();
  }

  private List<Column> columns(ObjectType type) {
    List<Column> columns = new ArrayList<>();
    do {
      columns.add(Column.of(org.schema, type, tokens.take()));
    } while (tokens.accept(","));
    return columns;
  }

  private List<Order> order(ObjectType type) {
    List<Order> order = new ArrayList<>();
    do {
      Column column = Column.of(org.schema, type, tokens.take());
      boolean descending = !tokens.accept("ASC") && tokens.accept("DESC");
      boolean last = tokens.accept("NULLS", "LAST");
      if (!last) {
        tokens.accept("NULLS", "FIRST");
      }
      order.add(new Order(column, descending, last));
    } while (tokens.accept(","));
    return order;
  }

  private int offset() {
    int offset = tokens.number();
    if (offset > 2000) {
      throw ApiFailure.invalid("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
    }
    return offset;
  }

  private void end() {
    if (tokens.accept("FOR")) {
      tokens.take();
    }
    if (!tokens.end()) {
      throw SoqlTokens.malformed("unexpected token: '" + tokens.peek() + "'");
    }
  }
}
