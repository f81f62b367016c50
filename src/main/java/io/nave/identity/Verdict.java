package io.nave.identity;

import java.util.List;

/**
 * All that is known about two customers.
 *
 * @param weight the evidence in bits, prior included: 0 is as probable as not
 * @param rule the rule that decided, or {@code score}
 * @param reasons one for each thing that both say
 */
public record Verdict(Outcome outcome, double weight, String rule, List<Reason> reasons) {

  /** Whether a rule says that the two cannot be one, whatever their weight. */
  public boolean isForbidden() {
    return outcome == Outcome.NO_MATCH && !rule.equals(Score.BY_SCORE);
  }

  /** The probability that the two are one, as the model sees it. */
  public double probability() {
    return 1 / (1 + Math.pow(2, -weight));
  }
}
