package io.nave.identity;

/**
 * What is known about two records, in short.
 *
 * @param weight the evidence in bits, prior included: 0 is as probable as not
 * @param rule the rule that decided, or {@code score}
 */
record Score(double weight, Outcome outcome, String rule) {
  static final String BY_SCORE = "score";

  /** Whether a rule says that the two cannot be one, whatever their weight. */
  boolean isForbidden() {
    return outcome == Outcome.NO_MATCH && !rule.equals(BY_SCORE);
  }
}
