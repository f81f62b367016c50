package io.nave.console;

import java.util.List;

/**
 * The systems as operators see them.
 *
 * @param replays the latest replays, the latest first
 * @param acts what operators did lately, the latest first
 * @param trouble why the rates are old, or null
 */
public record OperationsView(
    List<System> systems, List<ReplayView> replays, List<Done> acts, String trouble) {

  /**
   * One system.
   *
   * @param title the vendor's name, or the spoke's own where it only contributes
   * @param kind such as CRM; null where that is not known
   * @param receives false if the hub writes nothing there
   * @param pause null where no operator paused it
   * @param down why the hub stopped delivering, with the kind of failure before a colon; null: it
   *     did not
   * @param reader process and machine of the instance that reads its source; null: none
   * @param due deliveries that wait
   * @param oldest since when the oldest of these has waited; null: none
   * @param in observations a minute
   * @param out deliveries a minute
   * @param dead dead letters
   * @param used requests of today; null where nothing is sent there
   * @param limit how many it may be; null: nobody says
   * @param waits until when what is not urgent waits for the budget; null: it does not
   */
  public record System(
      String name,
      String title,
      String kind,
      boolean receives,
      Paused pause,
      String down,
      String reader,
      String due,
      Moment oldest,
      String in,
      String out,
      String dead,
      String used,
      String limit,
      Moment waits) {

    public boolean isFailing() {
      return !dead.equals("0");
    }

    /** The kind of the failure, {@code SPOKE_DOWN}; null where the system is not down. */
    public String downKind() {
      return down == null ? null : down.split(": ", 2)[0];
    }

    /** What the failure said; null where it said nothing. */
    public String lastError() {
      return down == null || !down.contains(": ") ? null : down.split(": ", 2)[1];
    }

    /** The state in one word, for the style sheet. */
    public String state() {
      return pause != null || down != null ? "paused" : isFailing() ? "failing" : "well";
    }
  }

  /** A pause by an operator. */
  public record Paused(String by, String reason, Moment since) {}

  /**
   * What an operator did.
   *
   * @param what to which things
   * @param reason null where none was asked for
   */
  public record Done(Moment at, String who, String act, String what, String n, String reason) {}
}
