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
 * the best statement first, or, where the strategy looks at the elements themselves, the best
 * element first. One statement's list stays as it is, unless elements are looked at; of several,
 * each gives its primary element first, and the first of all is the primary one.
 */
final class Union<T> {
  private final Elements<T> elements;
  private final Strategy strategy;
  private final List<Statement> statements;
  private final boolean looksAtElements;

  /**
   * @param statements those that have elements, best first
   */
  Union(Elements<T> elements, Strategy strategy, List<Statement> statements) {
    this.elements = elements;
    this.strategy = strategy;
    this.statements = statements;
    this.looksAtElements = strategy.looksAtElements(elements.key());
  }

  /** The elements that survive; each claim names the statement it comes from. */
  List<Claim<T>> first() {
    List<Claim<T>> all = newestOfEachType(distinct());
    List<Claim<T>> kept = all.subList(0, Math.min(strategy.keep(), all.size()));
    return isAsStated() ? kept : firstIsPrimary(elements, kept);
  }

  private boolean isAsStated() {
    return statements.size() == 1 && !looksAtElements;
  }

  private List<Claim<T>> distinct() {
    List<Claim<T>> all = new ArrayList<>();
    for (Statement statement : statements) {
      Instant at = statement.changedAt(elements.key());
      inOrder(statement)
          .forEach(e -> all.add(new Claim<>(e, statement, at, elements.identity().apply(e))));
    }
    if (looksAtElements) {
      all.sort(new Ranking<>(elements.key(), strategy, all).order());
    }
    Map<Object, Claim<T>> distinct = new LinkedHashMap<>();
    all.forEach(claim -> distinct.putIfAbsent(claim.identity(), claim));
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
  private List<Claim<T>> newestOfEachType(List<Claim<T>> all) {
    if (elements.type() == null || statements.size() == 1 || looksAtElements) {
      return all;
    }
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      String type = elements.type().apply(all.get(i).value());
      if (type != null) {
        places.computeIfAbsent(type, t -> new ArrayList<>()).add(i);
      }
    }
    List<Claim<T>> ordered = new ArrayList<>(all);
    places.values().forEach(of -> place(ordered, all, of));
    return ordered;
  }

  private void place(List<Claim<T>> ordered, List<Claim<T>> all, List<Integer> places) {
    List<Claim<T>> newest =
        places.stream()
            .map(all::get)
            .sorted(Comparator.comparing((Claim<T> claim) -> claim.at()).reversed())
            .toList();
    for (int i = 0; i < places.size(); i++) {
      ordered.set(places.get(i), newest.get(i));
    }
  }

  static <T> List<Claim<T>> firstIsPrimary(Elements<T> elements, List<Claim<T>> kept) {
    List<Claim<T>> marked = new ArrayList<>(kept.size());
    for (Claim<T> c : kept) {
      T value = (marked.isEmpty() ? elements.first() : elements.later()).apply(c.value());
      marked.add(new Claim<>(value, c.from(), c.at(), c.identity()));
    }
    return marked;
  }
}
