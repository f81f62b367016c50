package io.nave.sandbox.salesforce;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A SOQL query, read and checked.
 *
 * @param columns what a row shows; empty for COUNT()
 * @param aggregates functions over groups of rows, in the order of the select list
 * @param where null: all rows
 * @param allRows whether deleted rows count, too
 */
record Query(
    ObjectType type,
    List<Column> columns,
    List<Aggregate> aggregates,
    boolean count,
    Condition where,
    List<Column> groupBy,
    List<Order> order,
    int limit,
    int offset,
    boolean allRows) {

  /** COUNT, MIN or MAX of a field, under a name. */
  record Aggregate(String function, Column column, String alias) {}

  /** One part of ORDER BY. */
  record Order(Column column, boolean descending, boolean nullsLast) {}

  /** The rows that match, sorted, from the offset to the limit. */
  List<SObject> run(Org org) {
    List<SObject> found = new ArrayList<>();
    for (SObject row : candidates(org)) {
      if ((allRows || !row.deleted) && (where == null || where.holds(org, row))) {
        found.add(row);
      }
    }
    if (!order.isEmpty() && !byId()) {
      found.sort(comparator(org));
    }
    int from = Math.min(offset, found.size());
    return found.subList(from, (int) Math.min(found.size(), (long) from + limit));
  }

  private boolean byId() {
    Order first = order.get(0);
    return first.column.direct() && first.column.field().name().equals("Id") && !first.descending;
  }

  private Comparator<SObject> comparator(Org org) {
    Comparator<SObject> all = null;
    for (Order part : order) {
      Comparator<Object> values = Condition::compare;
      Comparator<Object> nulls = Comparator.comparing(v -> (v == null) == part.nullsLast ? 1 : 0);
      Comparator<Object> whole = nulls.thenComparing(part.descending ? values.reversed() : values);
      Comparator<SObject> one = Comparator.comparing(row -> part.column.value(org, row), whole);
      all = all == null ? one : all.thenComparing(one);
    }
    return all;
  }

  /** The rows worth a look: those of an index where the query allows it, in order of id. */
  private Iterable<SObject> candidates(Org org) {
    List<Condition> all = where instanceof Condition.All parts ? parts.parts() : new ArrayList<>();
    if (where != null && !(where instanceof Condition.All)) {
      all.add(where);
    }
    for (Condition part : all) {
      Iterable<SObject> rows = indexed(org, part);
      if (rows != null) {
        return rows;
      }
    }
    return org.rows(type);
  }

  private Iterable<SObject> indexed(Org org, Condition part) {
    if (part instanceof Condition.In in) {
      return indexed(org, in.column(), in.values());
    }
    if (part instanceof Condition.Compare c && c.operator().equals("=") && c.value() != null) {
      return indexed(org, c.column(), List.of(c.value()));
    }
    return null;
  }

  private Iterable<SObject> indexed(Org org, Column column, List<Object> values) {
    boolean id = column.field().kind() == Field.Kind.ID;
    boolean nulls = values.stream().anyMatch(Objects::isNull);
    if (nulls || !column.direct() || !(id || column.field().indexed() && !allRows)) {
      return null;
    }
    Set<SObject> rows = new TreeSet<>(Comparator.comparing((SObject row) -> row.id));
    for (Object value : values) {
      if (id) {
        SObject row = org.find(type, value.toString());
        if (row != null) {
          rows.add(row);
        }
      } else {
        rows.addAll(org.lookup(type, column.field().name(), value.toString()));
      }
    }
    return rows;
  }
}
