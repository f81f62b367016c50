package io.nave.console;

import java.util.List;

/**
 * Why the records of a customer are together.
 *
 * @param name empty where none is known
 * @param separated the customer that was made last by separating a record; null for none
 */
public record WhyView(
    String id,
    String name,
    String lang,
    String separated,
    Drawing drawing,
    List<Member> members,
    List<Link> holding,
    List<Link> confirming,
    List<Link> possible,
    List<Link> severed,
    List<Decision> decisions) {

  /** A record; {@code key} is {@code spoke:recordId}. */
  public record Member(String spoke, String recordId, String key, boolean deleted) {}

  /**
   * A link between two records.
   *
   * @param weight null where a steward decided
   * @param other the other customer; null where both records are of this one
   * @param review the task about it; null for none
   */
  public record Link(
      Member a,
      Member b,
      String outcome,
      String weight,
      String rule,
      EvidenceView evidence,
      String other,
      String review) {}

  /** What a steward decided. */
  public record Decision(
      long id, String a, String b, boolean same, String reason, String by, Moment at) {}

  /** The picture: boxes and lines with coordinates. {@code more}: records that are left out. */
  public record Drawing(
      String width, String height, List<Node> nodes, List<Line> lines, int more) {}

  /** A record's box. */
  public record Node(
      String x, String y, String textX, String nameY, String idY, String spoke, String id) {}

  /** A line; {@code label} is empty for lines that only confirm. */
  public record Line(
      String x1,
      String y1,
      String x2,
      String y2,
      String kind,
      String label,
      String labelX,
      String labelY) {}
}
