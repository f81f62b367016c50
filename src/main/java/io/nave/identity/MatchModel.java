package io.nave.identity;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of the Fellegi-Sunter model (I. P. Fellegi, A. B. Sunter, A Theory for Record
 * Linkage, 1969): what each level of each comparison weighs, how frequent values are, and how
 * probable it is that two records are of one customer before anything is compared.
 *
 * <p>There are three classes of pairs, not two: what speaks for one customer has to speak against
 * two strangers and against two relatives.
 *
 * @param prior the probability that two records are of one customer
 * @param relatives how many pairs of relatives there are for a pair of one customer
 */
record MatchModel(double prior, double relatives, Map<String, Levels> levels, Terms terms) {

  MatchModel {
    levels = Map.copyOf(levels);
  }

  /** The levels of a comparison; those of {@code attributes.*} for an attribute without its own. */
  Levels of(String comparison) {
    Levels own = levels.get(comparison);
    return own == null && comparison.startsWith(Comparisons.ATTRIBUTES)
        ? levels.get(Comparisons.ATTRIBUTES + "*")
        : own;
  }

  double priorAgainstStrangers() {
    return Levels.log2(prior / (1 - prior));
  }

  double priorAgainstRelatives() {
    return -Levels.log2(relatives);
  }

  MatchModel withPrior(double other) {
    return new MatchModel(other, relatives, levels, terms);
  }

  /** The same with other numbers for some comparisons. */
  MatchModel with(double newPrior, double newRelatives, Map<String, Levels> learned, Terms seen) {
    Map<String, Levels> all = new HashMap<>(levels);
    all.putAll(learned);
    return new MatchModel(newPrior, newRelatives, all, seen);
  }
}
