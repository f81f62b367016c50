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
   * @param unread why its source cannot be read, likewise; null: it can
   * @param unreadSince null where it can
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
      String unread,
      Moment unreadSince,
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
      return kind(down);
    }

    /** What the failure said; null where it said nothing. */
    public String lastError() {
      return said(down);
    }

    /** Of the last look at its source; null where it can be read. */
    public String unreadKind() {
      return kind(unread);
    }

    public String unreadError() {
      return said(unread);
    }

    private static String kind(String failure) {
      return failure == null ? null : failure.split(": ", 2)[0];
    }

    private static String said(String failure) {
      return failure == null || !failure.contains(": ") ? null : failure.split(": ", 2)[1];
    }

    /** The state in one word, for the style sheet. */
    public String state() {
      boolean isFailing = isFailing() || unread != null;
      return pause != null || down != null ? "paused" : isFailing ? "failing" : "well";
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
