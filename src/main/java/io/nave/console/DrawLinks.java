package io.nave.console;

import io.nave.canonical.SourceKey;
import io.nave.console.WhyView.Drawing;
import io.nave.console.WhyView.Line;
import io.nave.console.WhyView.Node;
import io.nave.sync.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws a customer's records on an ellipse, with the links between them. Pure. */
final class DrawLinks {
  private static final int MOST = 24;
  private static final double WIDTH = 900;
  private static final double BOX_WIDTH = 168;
  private static final double BOX_HEIGHT = 52;

  private record Point(double x, double y) {}

  private final List<Why.Member> members;
  private final int more;
  private final double height;
  private final Map<SourceKey, Point> places = new HashMap<>();

  private DrawLinks(List<Why.Member> all) {
    members = all.subList(0, Math.min(all.size(), MOST));
    more = all.size() - members.size();
    height = members.size() <= 2 ? 120 : Math.min(760, 200 + 42.0 * members.size());
    for (int i = 0; i < members.size(); i++) {
      var member = members.get(i);
      places.put(new SourceKey(member.spoke(), member.recordId()), place(i));
    }
  }

  static Drawing of(Why.OfCustomer why) {
    return new DrawLinks(why.records()).draw(why.links());
  }

  /** The first one is on the left, the others follow clockwise. */
  private Point place(int i) {
    if (members.size() == 1) {
      return new Point(WIDTH / 2, height / 2);
    }
    double angle = Math.PI + 2 * Math.PI * i / members.size();
    double rx = (WIDTH - BOX_WIDTH) / 2 - 12;
    double ry = (height - BOX_HEIGHT) / 2 - 12;
    return new Point(WIDTH / 2 + rx * Math.cos(angle), height / 2 + ry * Math.sin(angle));
  }

  private Drawing draw(List<Why.Link> links) {
    var lines = new ArrayList<Line>();
    boolean many = links.size() > 3 * members.size();
    for (var link : links) {
      if (places.containsKey(link.a()) && places.containsKey(link.b())) {
        lines.add(0, line(link, many));
      }
    }
    return new Drawing(
        Numbers.at(WIDTH),
        Numbers.at(height),
        members.stream().map(this::node).toList(),
        lines,
        more);
  }

  private Node node(Why.Member member) {
    var at = places.get(new SourceKey(member.spoke(), member.recordId()));
    return new Node(
        Numbers.at(at.x() - BOX_WIDTH / 2),
        Numbers.at(at.y() - BOX_HEIGHT / 2),
        Numbers.at(at.x()),
        Numbers.at(at.y() - 4),
        Numbers.at(at.y() + 15),
        shortened(member.spoke()),
        shortened(member.recordId()));
  }

  private static String shortened(String text) {
    return text.length() <= 18
        ? text
        : text.substring(0, 8) + "…" + text.substring(text.length() - 8);
  }

  /** The label is a bit off the middle, so that those of crossing lines do not meet. */
  private Line line(Why.Link link, boolean many) {
    var a = places.get(link.a());
    var b = places.get(link.b());
    double off = link.holds() ? 0.5 : 0.38;
    boolean labelled = link.holds() || !many;
    var weight = link.weight() == null ? "✓" : EvidenceView.weight(link.weight());
    return new Line(
        Numbers.at(a.x()),
        Numbers.at(a.y()),
        Numbers.at(b.x()),
        Numbers.at(b.y()),
        kind(link),
        labelled ? weight : "",
        Numbers.at(a.x() + off * (b.x() - a.x())),
        Numbers.at(a.y() + off * (b.y() - a.y()) + 5));
  }

  private static String kind(Why.Link link) {
    if (link.outcome().equals("STEWARD")) {
      return "steward";
    }
    return link.outcome().equals("POSSIBLE_MATCH")
        ? "possible"
        : link.holds() ? "holds" : "confirms";
  }
}
