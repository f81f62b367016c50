package io.nave.console;

import io.nave.sync.Evidence;
import java.util.List;
import java.util.Locale;

/**
 * Evidence as people read it.
 *
 * @param total the whole weight
 * @param objections what keeps two records apart, whatever speaks for them
 */
public record EvidenceView(
    String outcome, String total, List<Reason> reasons, List<String> objections) {

  /**
   * One comparison's part.
   *
   * @param start where its bar begins, {@code width} how long it is; the middle is 0, an end 100
   */
  public record Reason(String words, String weight, boolean against, String start, String width) {}

  static EvidenceView of(Evidence evidence) {
    double most =
        evidence.reasons().stream().mapToDouble(r -> Math.abs(r.weight())).max().orElse(1);
    return new EvidenceView(
        evidence.outcome(),
        weight(evidence.weight()),
        evidence.reasons().stream().map(r -> reason(r, most)).toList(),
        evidence.objections());
  }

  private static Reason reason(Evidence.Reason reason, double most) {
    double length = most == 0 ? 0 : Math.max(2, 100 * Math.abs(reason.weight()) / most);
    boolean against = reason.weight() < 0;
    return new Reason(
        reason.words(),
        weight(reason.weight()),
        against,
        Numbers.at(against ? -length : 0),
        Numbers.at(length));
  }

  /** With its sign: {@code +12.5}; a true minus below zero. */
  static String weight(double weight) {
    if (Double.isInfinite(weight)) {
      return weight > 0 ? "+∞" : "−∞";
    }
    double rounded = Math.round(Math.abs(weight) * 10) / 10.0;
    var digits =
        rounded == Math.rint(rounded)
            ? Long.toString((long) rounded)
            : String.format(Locale.ENGLISH, "%.1f", rounded);
    return rounded == 0 ? "0" : (weight < 0 ? "−" : "+") + digits;
  }
}
