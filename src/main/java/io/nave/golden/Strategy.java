package io.nave.golden;

import java.util.Comparator;
import java.util.List;

/**
 * How one attribute's surviving value is chosen.
 *
 * @param by what comes first: the newest statement, or the spoke's place in the list
 * @param spokes the most trusted first; others come after all of them
 * @param keep the most elements of a list that survive
 */
record Strategy(By by, List<String> spokes, int keep) {
  /** The two kinds of strategy. */
  enum By {
    recent,
    priority
  }

  /** Best first; total on distinct source records. */
  Comparator<Statement> order(String attribute) {
    Comparator<Statement> newest =
        Comparator.comparing((Statement s) -> s.changedAt(attribute)).reversed();
    Comparator<Statement> trusted = Comparator.comparingInt(this::rank);
    Comparator<Statement> first =
        by == By.recent ? newest.thenComparing(trusted) : trusted.thenComparing(newest);
    return first.thenComparing(Statement::key);
  }

  private int rank(Statement statement) {
    int rank = spokes.indexOf(statement.key().spoke());
    return rank < 0 ? spokes.size() : rank;
  }
}
