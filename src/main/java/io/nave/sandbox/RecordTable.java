package io.nave.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A sandbox's records as rows, so that one page serves all sandboxes. Every change made here has
 * the same effects as the same change made through the vendor's API or screens (change events
 * included).
 */
public interface RecordTable {

  /** A field as a column; {@code editable} ones can be set. */
  record Field(String name, String label, boolean editable) {}

  /** A record: its id and the text of its fields by name (absent: empty). */
  record Row(String id, Map<String, String> values) {}

  List<Field> fields();

  /** How many records there are. */
  int count();

  /** The rows whose text contains {@code query} (empty: all), newest first. */
  List<Row> rows(String query, int offset, int limit);

  /** The row of a record; empty where there is none. */
  default Optional<Row> row(String id) {
    return rows("", 0, count()).stream().filter(row -> row.id().equals(id)).findFirst();
  }

  /**
   * Adds a record and returns its id.
   *
   * @throws IllegalArgumentException with a message for people where the vendor would refuse it
   */
  String add(Map<String, String> values);

  /**
   * Sets the given fields of a record.
   *
   * @throws IllegalArgumentException with a message for people where the vendor would refuse it
   */
  void edit(String id, Map<String, String> values);

  /** Deletes a record as the vendor would: some only block or archive it. */
  void delete(String id);

  /**
   * Of the records that were changed here those of which a change was written over through the API
   * by a client that had read the record right before: where the API knows no conditional write,
   * nobody can know of it.
   */
  default Set<String> unseen() {
    return Set.of();
  }

  /** Opts the person out of marketing e-mail; false where the system holds no consent. */
  boolean unsubscribe(String id);
}
