package io.nave.console;

import io.nave.console.CustomerView.Surviving;
import java.util.List;

/**
 * What a customer was at any time: a band for each attribute, and every change in words.
 *
 * @param name empty where none is known
 * @param mergedInto the customer that this one became a part of, or null
 * @param width of the drawing, in pixels
 * @param older the version to go on before, or null where the first one is shown
 */
public record TimelineView(
    String id,
    String name,
    String lang,
    String mergedInto,
    int width,
    List<Key> keys,
    List<Tick> ticks,
    List<Band> bands,
    List<Step> steps,
    String older) {

  /** Whose values have which colour; {@code colour} is a class of the style sheet. */
  public record Key(String spoke, String colour) {}

  /** A version on the axis; {@code label} is its day or time, or empty where there is no room. */
  public record Tick(String version, String x, String label, String exact) {}

  /** An attribute over time. {@code words} says it to those who do not see the drawing. */
  public record Band(String attribute, List<Segment> segments, String words) {}

  /** A value for as long as it was in force. */
  public record Segment(String x, String width, String colour, String text, String title) {}

  /** One version. */
  public record Step(
      String version, Moment at, boolean first, List<Pinned> pins, List<Change> changes) {}

  /** What a steward did; {@code reason} may be empty. */
  public record Pinned(String attribute, boolean retracted, String by, String reason) {}

  /**
   * What became of an attribute.
   *
   * @param came what is new; where the same values stay, the one that is first now
   * @param details true where the same values stay, in another order or with other notes
   */
  public record Change(String attribute, List<Value> gone, List<Surviving> came, boolean details) {}
}
