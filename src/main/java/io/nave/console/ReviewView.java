package io.nave.console;

import java.util.List;

/**
 * The list of review tasks.
 *
 * @param open how many wait, in words
 * @param frozen attributes that kept flipping between systems
 * @param nextPage where the list goes on, null at its end
 */
public record ReviewView(
    String open,
    List<Row> rows,
    List<Rule> rules,
    List<String> spokes,
    String spoke,
    String minWeight,
    String nextPage,
    String done,
    List<FrozenRow> frozen) {

  /**
   * An attribute that kept flipping.
   *
   * @param trail whose value it was when, the oldest first
   */
  public record FrozenRow(
      String customer, String attribute, String reason, Moment at, List<FrozenStep> trail) {}

  /** Whose value it was. */
  public record FrozenStep(Moment at, String from) {}

  /** Whether only a part of the tasks is asked for. */
  public boolean isFiltered() {
    return !spoke.isEmpty() || !minWeight.isEmpty();
  }

  /** A task in the list. */
  public record Row(
      String link, String weight, String outcome, String rule, Person one, Person other) {}

  /** A customer in a task; name empty where none is known. */
  public record Person(String id, String name, String lang, List<String> spokes) {}

  /** A rule that made tasks. */
  public record Rule(String rule, String tasks, String lightest, String heaviest) {}

  /**
   * One task, side by side.
   *
   * @param next links; null where there is none
   */
  public record OneTask(
      String number,
      String open,
      String link,
      String cursor,
      String a,
      String b,
      String rule,
      String weight,
      boolean severed,
      Person one,
      Person other,
      EvidenceView evidence,
      List<Compared> compared,
      String next,
      String previous) {}

  /** An attribute of both customers. */
  public record Compared(String attribute, List<Side> one, List<Side> other) {}

  /** A value; {@code shared} where the other customer has it, too. */
  public record Side(Value value, boolean shared) {}

  /** A bulk decision that is about to be made. */
  public record Bulk(
      String rule, String minWeight, String answer, String reason, String tasks, boolean none) {}
}
