package io.nave.console;

import io.nave.connectors.LiveRoute;
import io.nave.connectors.LiveRoute.Part;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Draws routes from the left to the right: each system's source and its route to the hub, the steps
 * of the hub, and each system's route from the hub and its sink. A system is a row; what the hub
 * does beside the flow is below.
 */
final class DrawRoutes {
  static final int BOX = 144;
  static final int TALL = 62;
  private static final int APART = 18;
  private static final int STEP = BOX + APART;
  private static final int NEXT = TALL + 10;
  private static final int LABEL = 22;
  private static final int WIDTH = 7 * BOX + 6 * APART;
  private static final int LONGEST = 19;

  private final List<RoutesView.Box> boxes = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final List<RoutesView.Label> systems = new ArrayList<>();
  private final Map<LiveRoute, double[]> places = new LinkedHashMap<>();
  private final List<LiveRoute> routes;

  private DrawRoutes(List<LiveRoute> routes) {
    this.routes = routes;
  }

  /** These routes, which are in the order of the flow. */
  static RoutesView of(List<LiveRoute> routes) {
    return new DrawRoutes(routes).draw();
  }

  private RoutesView draw() {
    double below = Math.max(placeSystems(), placeHub());
    double height = placeAside(below);
    places.forEach((route, place) -> boxes.add(box(route, place)));
    link(Part.SOURCE, Part.IN, DrawRoutes::areOfOneSystem);
    link(Part.IN, Part.RECONCILE, (one, next) -> true);
    link(Part.RECONCILE, Part.PUBLISH, (one, next) -> true);
    link(Part.PUBLISH, Part.NOTICE, (one, next) -> isFast(one) == isFast(next));
    link(Part.NOTICE, Part.OUT, (one, next) -> true);
    link(Part.OUT, Part.SINK, DrawRoutes::areOfOneSystem);
    return new RoutesView(WIDTH, (int) height, boxes, lines, systems);
  }

  /** Returns how far down they reach. */
  private double placeSystems() {
    var rows = new TreeMap<String, Map<Part, List<LiveRoute>>>();
    for (var route : routes) {
      if (route.spoke() != null) {
        rows.computeIfAbsent(route.spoke(), spoke -> new EnumMap<>(Part.class))
            .computeIfAbsent(route.part(), part -> new ArrayList<>())
            .add(route);
      }
    }
    double y = 0;
    for (var row : rows.entrySet()) {
      systems.add(new RoutesView.Label(row.getKey(), "0", Numbers.at(y + 14)));
      y += LABEL;
      int most = 0;
      for (var cell : row.getValue().entrySet()) {
        stack(cell.getValue(), y);
        most = Math.max(most, cell.getValue().size());
      }
      y += most * NEXT + 8;
    }
    return y;
  }

  private double placeHub() {
    double y = LABEL;
    for (var part : List.of(Part.RECONCILE, Part.PUBLISH, Part.NOTICE)) {
      var steps = of(part);
      stack(steps, LABEL);
      y = Math.max(y, LABEL + steps.size() * (double) NEXT);
    }
    return y;
  }

  private void stack(List<LiveRoute> cell, double y) {
    for (int i = 0; i < cell.size(); i++) {
      places.put(cell.get(i), new double[] {cell.get(i).part().ordinal() * STEP, y + i * NEXT});
    }
  }

  private double placeAside(double below) {
    var aside = of(Part.ASIDE);
    double y = below + LABEL;
    for (int i = 0; i < aside.size(); i++) {
      places.put(aside.get(i), new double[] {i % 7 * STEP, y + i / 7 * NEXT});
    }
    return y + (aside.size() + 6) / 7 * NEXT;
  }

  private static boolean areOfOneSystem(LiveRoute one, LiveRoute other) {
    return one.spoke().equals(other.spoke());
  }

  /** Whether it is of the lane for consents. */
  private static boolean isFast(LiveRoute route) {
    return route.name().endsWith("-urgent") || route.name().endsWith("-consents");
  }

  private void link(Part from, Part to, BiPredicate<LiveRoute, LiveRoute> meet) {
    for (var one : of(from)) {
      for (var next : of(to)) {
        if (meet.test(one, next)) {
          lines.add(line(places.get(one), places.get(next)));
        }
      }
    }
  }

  private List<LiveRoute> of(Part part) {
    return routes.stream().filter(route -> route.part() == part).toList();
  }

  private static String line(double[] from, double[] to) {
    double x = from[0] + BOX;
    double middle = (x + to[0]) / 2;
    double y = from[1] + TALL / 2.0;
    double toY = to[1] + TALL / 2.0;
    return "M%s %sC%s %s %s %s %s %s"
        .formatted(
            Numbers.at(x),
            Numbers.at(y),
            Numbers.at(middle),
            Numbers.at(y),
            Numbers.at(middle),
            Numbers.at(toY),
            Numbers.at(to[0]),
            Numbers.at(toY));
  }

  private static RoutesView.Box box(LiveRoute route, double[] place) {
    return new RoutesView.Box(
        route.name(),
        cut(route.name()),
        route.spoke(),
        route.description(),
        route.running(),
        Numbers.whole(route.exchanges()),
        Numbers.whole(route.failed()),
        Numbers.whole(route.inFlight()),
        route.mean() == null ? null : KnownChart.words(route.mean()),
        Numbers.at(place[0]),
        Numbers.at(place[1]));
  }

  private static String cut(String name) {
    return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 1) + "…";
  }
}
