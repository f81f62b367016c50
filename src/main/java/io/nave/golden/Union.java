package io.nave.golden;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The union of what several statements say about one list attribute: distinct elements, those of
 * the best statement first. One statement's list stays as it is; of several, each gives its primary
 * element first, and the first of all is the primary one.
 */
final class Union<T> {
  /** An element and the statement it comes from. */
  record Chosen<T>(T value, Statement from) {}

  private final Elements<T> elements;
  private final List<Statement> statements;

  /**
   * @param statements those that have elements, best first
   */
  Union(Elements<T> elements, List<Statement> statements) {
    this.elements = elements;
    this.statements = statements;
  }

  List<Chosen<T>> first(int keep) {
    List<Chosen<T>> all = newestOfEachType(distinct());
    List<Chosen<T>> kept = all.subList(0, Math.min(keep, all.size()));
    return statements.size() == 1 ? kept : firstIsPrimary(kept);
  }

  private List<Chosen<T>> distinct() {
    Map<Object, Chosen<T>> distinct = new LinkedHashMap<>();
    for (Statement statement : statements) {
      for (T element : inOrder(statement)) {
        distinct.putIfAbsent(elements.identity().apply(element), new Chosen<>(element, statement));
      }
    }
    return new ArrayList<>(distinct.values());
  }

  private List<T> inOrder(Statement statement) {
    List<T> own = elements.of().apply(statement.customer());
    if (statements.size() == 1 || own.size() == 1) {
      return own;
    }
    return own.stream().sorted(Comparator.comparing(e -> !isPrimary(e))).toList();
  }

  private boolean isPrimary(T element) {
    return Boolean.TRUE.equals(elements.primary().apply(element));
  }

  /** Elements of one type change places among themselves: the newest takes the first. */
  private List<Chosen<T>> newestOfEachType(List<Chosen<T>> all) {
    if (elements.type() == null || statements.size() == 1) {
      return all;
    }
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String type = elements.type().apply(all.get(i).value());
      if (type != null) {
        places.computeIfAbsent(type, t -> new ArrayList<>()).add(i);
      }
    }
    List<Chosen<T>> ordered = new ArrayList<>(all);
    places.values().forEach(of -> place(ordered, all, of));
    return ordered;
  }

  private void place(List<Chosen<T>> ordered, List<Chosen<T>> all, List<Integer> places) {
    List<Chosen<T>> newest =
        places.stream()
            .map(all::get)
            .sorted(Comparator.comparing(this::changedAt).reversed())
            .toList();
    for (int i = 0; i < places.size(); i++) {
      ordered.set(places.get(i), newest.get(i));
    }
  }

  private Instant changedAt(Chosen<T> chosen) {
    return chosen.from().changedAt(elements.key());
  }

  private List<Chosen<T>> firstIsPrimary(List<Chosen<T>> kept) {
    List<Chosen<T>> marked = new ArrayList<>(kept.size());
    for (Chosen<T> c : kept) {
      T value = (marked.isEmpty() ? elements.first() : elements.later()).apply(c.value());
      marked.add(new Chosen<>(value, c.from()));
    }
    return marked;
  }
}
