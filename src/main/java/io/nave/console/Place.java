package io.nave.console;

import static io.nave.console.Numbers.at;

/**
 * Where one spoke is drawn on the wheel, in the drawing's own units.
 *
 * @param in the lane from the spoke to the hub, as an SVG path
 * @param out the lane from the hub to the spoke
 * @param anchor {@code start} for labels right of the wheel, {@code end} for those left of it
 */
public record Place(
    String bar, String in, String out, String x, String y, String labelX, String anchor) {
  static final int WIDTH = 1120;
  static final int HEIGHT = 660;
  static final int RIM = 262;
  static final int HUB = 104;
  private static final int NODE = 27;
  private static final double APART = 6;

  /**
   * The place of spoke {@code i} of {@code n}; no spoke is right above or below the hub, so that
   * all labels find room at the sides.
   */
  static Place of(int i, int n) {
    double first = n % 4 == 0 ? Math.PI / n : 0;
    double angle = first - Math.PI / 2 + 2 * Math.PI * i / n + (n % 4 == 0 ? 0 : Math.PI / 2);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Place(
        lane(cos, sin, HUB, RIM - NODE, 0),
        lane(cos, sin, RIM - NODE - 2, HUB + 4, APART),
        lane(cos, sin, HUB + 4, RIM - NODE - 2, -APART),
        x(RIM * cos),
        y(RIM * sin),
        x(RIM * cos + (cos < 0 ? -1 : 1) * (NODE + 14)),
        cos < 0 ? "end" : "start");
  }

  private static String lane(double cos, double sin, double from, double to, double aside) {
    double dx = -sin * aside;
    double dy = cos * aside;
    return "M%s %sL%s %s"
        .formatted(x(from * cos + dx), y(from * sin + dy), x(to * cos + dx), y(to * sin + dy));
  }

  private static String x(double fromHub) {
    return at(WIDTH / 2.0 + fromHub);
  }

  private static String y(double fromHub) {
    return at(HEIGHT / 2.0 + fromHub);
  }
}
