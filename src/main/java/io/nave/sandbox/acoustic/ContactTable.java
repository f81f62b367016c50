package io.nave.sandbox.acoustic;

import io.nave.sandbox.RecordTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The contacts as rows for people. */
final class ContactTable implements RecordTable {
  private final Database database;
  private final LocalTimes times;

  ContactTable(Database database, LocalTimes times) {
    this.database = database;
    this.times = times;
  }

  @Override
  public List<Field> fields() {
    Stream<Field> first =
        Stream.of(
            new Field(StandardColumns.EMAIL, "Email", true),
            new Field(StandardColumns.OPT_OUT, "Opted out (True or False)", true));
    Stream<Field> own = database.columns().stream().map(c -> new Field(c, c, true));
    Stream<Field> last =
        Stream.of(
            new Field("OptedIn", "Opted in", false),
            new Field("OptedOut", "Opted out on", false),
            new Field("LastModified", "Last modified", false));
    return Stream.of(first, own, last).flatMap(s -> s).toList();
  }

  @Override
  public int count() {
    return database.size();
  }

  @Override
  public List<Row> rows(String query, int offset, int limit) {
    String wanted = query.toLowerCase(Locale.ROOT);
    return database
        .newestFirst()
        .filter(c -> wanted.isEmpty() || text(c).contains(wanted))
        .skip(offset)
        .limit(limit)
        .map(this::row)
        .toList();
  }

  @Override
  public String add(Map<String, String> values) {
    return refusable(() -> String.valueOf(database.add(1, given(values)).id));
  }

  @Override
  public void edit(String id, Map<String, String> values) {
    refusable(
        () -> {
          database.update(contact(id), given(values));
          return id;
        });
  }

  @Override
  public void delete(String id) {
    database.remove(contact(id));
  }

  @Override
  public boolean unsubscribe(String id) {
    database.optOut(contact(id), "Opted out by a marketer");
    return true;
  }

  private Contact contact(String id) {
    Contact contact = id.matches("\\d{1,18}") ? database.byId(Long.parseLong(id)) : null;
    if (contact == null) {
      throw new IllegalArgumentException("contact: " + id + " (expected: an existing one)");
    }
    return contact;
  }

  private static Map<String, String> given(Map<String, String> values) {
    Map<String, String> given = new LinkedHashMap<>(values);
    if (given.getOrDefault(StandardColumns.OPT_OUT, "").isBlank()) {
      given.remove(StandardColumns.OPT_OUT);
    }
    return given;
  }

  private static String text(Contact contact) {
    return (contact.id + " " + contact.email + " " + String.join(" ", contact.columns.values()))
        .toLowerCase(Locale.ROOT);
  }

  private Row row(Contact contact) {
    Map<String, String> values = new LinkedHashMap<>(contact.columns);
    values.put(StandardColumns.EMAIL, contact.email);
    values.put(StandardColumns.OPT_OUT, contact.isOptedOut() ? "True" : "False");
    values.put("OptedIn", times.ofRecord(contact.optedIn));
    values.put("OptedOut", times.ofRecord(contact.optedOut));
    values.put("LastModified", times.ofRecord(contact.lastModified));
    return new Row(String.valueOf(contact.id), values);
  }

  private static String refusable(Supplier<String> change) {
    try {
      return change.get();
    } catch (Fault e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
