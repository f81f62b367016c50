package io.nave.console;

import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * What waits for a person and has one cause, or all of a system's.
 *
 * @param kind the failure kind; empty: any
 * @param cause empty: any
 * @param refused what still cannot be taken in; null: nothing
 * @param next the address of the next page; null: this is the last one
 */
@TemplateData
public record GroupView(
    String spoke, String kind, String cause, List<ItemView> items, String refused, String next) {

  /** What became of the last act: retried, taken or discarded, and how many. */
  @TemplateData
  public record Notice(String what, String n) {}

  /**
   * One of them.
   *
   * @param one how it is named in a form
   * @param payload as JSON, for people
   * @param held the same; null: nothing is known
   */
  @TemplateData
  public record ItemView(
      String one,
      String customer,
      long version,
      String cause,
      int attempts,
      Moment at,
      boolean creation,
      boolean fromLog,
      String payload,
      String held) {}
}
