package io.nave.console;

import io.nave.sync.Act;
import io.nave.sync.HubStatus.DeliveryCounts;
import java.util.Locale;

/**
 * A spoke on the wheel.
 *
 * @param title the vendor's name, or the spoke's own where it only contributes
 * @param kind such as CRM; null where that is not known
 * @param receives false if the hub writes nothing there
 */
public record SpokeView(
    String name,
    String title,
    String kind,
    boolean receives,
    Flow in,
    Flow out,
    DeliveryCounts counts,
    Place place) {

  /** Two letters for the node. */
  public String initials() {
    var words = title.replaceAll("[^\\p{L}\\p{N} ]", "").strip().split(" +");
    var letters = words.length > 1 ? first(words[0], 1) + first(words[1], 1) : first(words[0], 2);
    return letters.toUpperCase(Locale.ROOT);
  }

  private static String first(String word, int letters) {
    int all = word.codePointCount(0, word.length());
    return word.substring(0, word.offsetByCodePoints(0, Math.min(letters, all)));
  }

  /** Whether it is what customers say to the hub itself: it has no vendor's name. */
  public boolean isCentre() {
    return name.equals(Act.SPOKE);
  }

  public String records() {
    return Numbers.whole(counts.records());
  }

  public String observed() {
    return Numbers.whole(counts.observed());
  }

  public String delivered() {
    return Numbers.whole(counts.delivered());
  }

  public String unchanged() {
    return Numbers.whole(counts.skipped());
  }

  public String waiting() {
    return Numbers.whole(counts.lag());
  }

  public String failed() {
    return Numbers.whole(counts.failed());
  }

  public boolean isFailing() {
    return counts.failed() > 0;
  }

  public boolean isBehind() {
    return counts.lag() > 0;
  }

  public boolean isPaused() {
    return counts.paused() != null;
  }

  /** The kind of the failure that paused the spoke, {@code SPOKE_DOWN}; null where it is not. */
  public String pausedKind() {
    return isPaused() ? counts.paused().split(": ", 2)[0] : null;
  }

  /** What that failure said; null where the spoke is not paused. */
  public String reason() {
    return isPaused()
        ? counts.paused().substring(pausedKind().length()).replaceFirst("^: ", "")
        : null;
  }

  /** The state in one word, for the style sheet. */
  public String state() {
    return isPaused() ? "paused" : isFailing() ? "failing" : "well";
  }
}
