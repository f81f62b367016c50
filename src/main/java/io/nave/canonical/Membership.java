package io.nave.canonical;

import java.time.LocalDate;

/** A person's place in an organisation, from a day to a day (both may be open: null). */
public record Membership(
    Organisation organisation,
    String title,
    String department,
    LocalDate from,
    LocalDate to,
    Boolean primary) {

  /** The organisation as the same spoke knows it: its record id there, its name, or both. */
  public record Organisation(String recordId, String name) {}
}
