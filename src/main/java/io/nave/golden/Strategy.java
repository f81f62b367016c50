package io.nave.golden;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How one attribute's surviving value is chosen.
 *
 * @param by what comes first, and what decides where that leaves several
 * @param spokes the most trusted first; others come after all of them
 * @param keep the most elements of a list that survive
 * @param window how much older than the newest statement another one may be and still count before
 *     those that are older; null: any age
 */
record Strategy(List<Criterion> by, List<String> spokes, int keep, Duration window) {
  private static final List<Criterion> LAST = List.of(Criterion.recent, Criterion.priority);

  /** What is looked at in turn: what the file says, then the newest, then the most trusted. */
  List<Criterion> criteria(String attribute) {
    var criteria = new ArrayList<Criterion>(by.size() + 2);
    for (var criterion : by) {
      if (criterion.suits(attribute)) {
        criteria.add(criterion);
      }
    }
    for (var last : LAST) {
      if (!criteria.contains(last)) {
        criteria.add(last);
      }
    }
    return criteria;
  }

  /** The part of it that looks at who says something, not at what is said. */
  Strategy ofStatements() {
    return new Strategy(
        by.stream().filter(Criterion::isOfTheStatement).toList(), spokes, keep, window);
  }

  /** Whether the elements of a list are ordered by what they are, not only by who states them. */
  boolean looksAtElements(String attribute) {
    return by.stream().anyMatch(c -> c.suits(attribute) && !c.isOfTheStatement());
  }

  int rank(Statement statement) {
    int rank = spokes.indexOf(statement.key().spoke());
    return rank < 0 ? spokes.size() : rank;
  }
}
