package io.nave.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is known of one customer, as people read it.
 *
 * @param name empty where none is known
 * @param lang the language tag of the customer, or null: how to show the name
 */
public record CustomerView(
    String id,
    String name,
    String lang,
    boolean deleted,
    String version,
    Moment created,
    Moment updated,
    List<String> spokes,
    List<Golden> golden,
    List<Source> sources,
    List<Row> rows,
    List<Allowed> consents,
    List<Entry> history,
    List<Delivery> deliveries,
    List<Version> versions) {

  /** The attributes whose values a steward can type. */
  public List<String> typed() {
    var typed =
        new ArrayList<>(
            List.of("name", "birthDate", "gender", "language", "emails", "phones", "lifecycle"));
    rows.stream().map(Row::attribute).filter(a -> a.startsWith("attributes.")).forEach(typed::add);
    return typed;
  }

  /** An attribute's surviving values. {@code attribute} is its key: {@code emails}. */
  public record Golden(String attribute, List<Surviving> values) {}

  /** A surviving value and where it comes from; {@code spoke} is null where that is not known. */
  public record Surviving(Value value, String spoke, String recordId, Moment since, String rule) {}

  /** A source record: a column of the comparison. {@code rule} says why it is linked. */
  public record Source(String spoke, String recordId, boolean deleted, String rule) {}

  /** An attribute in all source records: a row of the comparison. */
  public record Row(String attribute, List<Value> golden, List<Cell> cells, boolean differs) {}

  /** What one source record says. */
  public record Cell(String spoke, String recordId, List<Said> said) {}

  /**
   * One value that a source record states.
   *
   * @param survives true if the golden value was taken from here
   * @param agrees true if it is the same as a golden value
   */
  public record Said(Value value, boolean survives, boolean agrees) {}

  /** What a consent is about. Everything but the purpose may be null. */
  public record Subject(
      String purpose, String channel, String topic, String brand, String boundTo) {}

  /** A consent as it stands. */
  public record Allowed(
      Subject subject,
      String state,
      Moment decided,
      String spoke,
      String recordId,
      String reason) {}

  /** An entry of the consent ledger. {@code evidence}: what proves it, each as "name: value". */
  public record Entry(
      Subject subject,
      String state,
      Moment decided,
      Moment recorded,
      String spoke,
      String legalBasis,
      List<String> evidence) {}

  /**
   * What a system holds.
   *
   * @param state delivered, unchanged, due, failed, discarded or not-held
   * @param version the version that is there, null where none is known to be
   * @param wanted the version that should be there
   */
  public record Delivery(
      String spoke,
      String recordId,
      String state,
      String version,
      String wanted,
      Moment done,
      Moment noticed,
      int attempts,
      String error) {

    public boolean holds() {
      return version != null && (state.equals("delivered") || state.equals("unchanged"));
    }
  }

  /** A version, and which attributes differ from the one before; none for the first. */
  public record Version(String number, Moment at, boolean first, List<String> changed) {}
}
