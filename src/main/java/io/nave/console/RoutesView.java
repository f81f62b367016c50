package io.nave.console;

import java.util.List;

/**
 * The routes of this instance as a picture and as a table.
 *
 * @param boxes one a route, in the order of the flow
 * @param lines what flows from box to box, as SVG paths
 * @param systems the names of the systems, left of their rows
 */
public record RoutesView(
    int width, int height, List<Box> boxes, List<String> lines, List<Label> systems) {

  /** A system's name, and where it stands. */
  public record Label(String text, String x, String y) {}

  /**
   * One route.
   *
   * @param label its name, cut where it is long
   * @param of the system; null: the hub
   * @param mean of one exchange, such as 12 ms; null: there was none
   */
  public record Box(
      String name,
      String label,
      String of,
      String description,
      boolean running,
      String exchanges,
      String failed,
      String inFlight,
      String mean,
      String x,
      String y) {

    public boolean isFailing() {
      return !failed.equals("0");
    }

    public boolean isBusy() {
      return !inFlight.equals("0");
    }

    /** The state in one word, for the style sheet. */
    public String state() {
      return !running ? "stopped" : isFailing() ? "failing" : "well";
    }
  }
}
