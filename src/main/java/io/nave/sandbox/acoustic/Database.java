package io.nave.sandbox.acoustic;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The contacts of one database whose unique key is the e-mail address. Every way of changing a
 * contact ends here, so that modification times and events are the same for all of them.
 */
final class Database {
  static final long LIST_ID = 85628;
  static final String CUSTOMER_ID = "Customer Id";
  private static final int KEPT_EVENTS = 100_000;

  private final Clock clock;
  final Instant created;
  private final Map<String, String> columns = new LinkedHashMap<>();
  private final TreeMap<Long, Contact> contacts = new TreeMap<>();
  private final Map<String, Contact> byEmail = new HashMap<>();
  private final Map<String, Contact> byCustomerId = new HashMap<>();
  private final Deque<ContactEvent> events = new ArrayDeque<>();
  private long lastId = 2_007_408_973L;

  Database(Clock clock) {
    this.clock = clock;
    this.created = clock.instant();
    StandardColumns.ALL.forEach(name -> columns.put(name.toLowerCase(Locale.ROOT), name));
  }

  Collection<String> columns() {
    return columns.values();
  }

  void addColumn(String name) {
    columns.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
  }

  /** The column's name as the database spells it. */
  String column(String name) {
    String known = columns.get(name.toLowerCase(Locale.ROOT));
    if (known == null) {
      throw new Fault(Fault.NO_SUCH_COLUMN, "Column not found in the database: " + name);
    }
    return known;
  }

  int size() {
    return contacts.size();
  }

  /** Newest first. */
  Stream<Contact> newestFirst() {
    return contacts.descendingMap().values().stream();
  }

  List<Contact> all() {
    return List.copyOf(contacts.values());
  }

  List<ContactEvent> events() {
    return List.copyOf(events);
  }

  Contact byId(long id) {
    return contacts.get(id);
  }

  Contact byEmail(String email) {
    return byEmail.get(key(email));
  }

  /** The oldest contact whose columns have these values, or null. */
  Contact byColumns(Map<String, String> values) {
    Map<String, String> wanted = new LinkedHashMap<>();
    values.forEach((name, value) -> wanted.put(canonical(name), value));
    if (wanted.size() == 1 && wanted.containsKey(CUSTOMER_ID)) {
      return byCustomerId.get(wanted.get(CUSTOMER_ID));
    }
    if (wanted.size() == 1 && wanted.containsKey(StandardColumns.EMAIL)) {
      return byEmail(wanted.get(StandardColumns.EMAIL));
    }
    return contacts.values().stream().filter(c -> matches(c, wanted)).findFirst().orElse(null);
  }

  Contact add(int createdFrom, Map<String, String> values) {
    String email = emailIn(values);
    if (email == null || !email.contains("@")) {
      throw new Fault(Fault.NO_EMAIL, "An EMAIL column with a valid address is required");
    }
    requireFree(email, null);
    values.keySet().forEach(this::canonical);
    Contact contact = new Contact(++lastId, email, createdFrom, clock.instant());
    contacts.put(contact.id, contact);
    byEmail.put(key(email), contact);
    contact.optInDetails = "API";
    assign(contact, values);
    return contact;
  }

  /** Sets columns; an {@code OPT_OUT} column opts out or in, {@code EMAIL} changes the key. */
  void update(Contact contact, Map<String, String> values) {
    values.keySet().forEach(this::canonical);
    String email = emailIn(values);
    if (email != null && !email.isBlank()) {
      requireFree(email, contact);
    }
    assign(contact, values);
    contact.lastModified = clock.instant();
  }

  void optOut(Contact contact, String details) {
    if (!contact.isOptedOut()) {
      contact.optedOut = clock.instant();
      contact.optOutDetails = details;
      contact.lastModified = contact.optedOut;
      record(contact, ContactEvent.OPT_OUT);
    }
  }

  void optIn(Contact contact, String details) {
    if (contact.isOptedOut()) {
      contact.optedOut = null;
      contact.optedIn = clock.instant();
      contact.optInDetails = details;
      contact.lastModified = contact.optedIn;
      record(contact, ContactEvent.OPT_IN);
    }
  }

  void remove(Contact contact) {
    contacts.remove(contact.id);
    byEmail.remove(key(contact.email));
    byCustomerId.remove(contact.column(CUSTOMER_ID), contact);
  }

  private void assign(Contact contact, Map<String, String> values) {
    values.forEach((name, value) -> assign(contact, canonical(name), value));
  }

  private void assign(Contact contact, String column, String value) {
    switch (column) {
      case StandardColumns.EMAIL -> rename(contact, value);
      case StandardColumns.OPT_OUT -> {
        if (Boolean.parseBoolean(value)) {
          optOut(contact, "API");
        } else {
          optIn(contact, "API");
        }
      }
      default -> set(contact, column, value);
    }
  }

  private void set(Contact contact, String column, String value) {
    if (column.equals(CUSTOMER_ID)) {
      byCustomerId.remove(contact.column(CUSTOMER_ID), contact);
      if (!value.isEmpty()) {
        byCustomerId.putIfAbsent(value, contact);
      }
    }
    contact.columns.put(column, value);
  }

  private void rename(Contact contact, String email) {
    if (!email.isBlank()) {
      byEmail.remove(key(contact.email), contact);
      contact.email = email.strip();
      byEmail.put(key(email), contact);
    }
  }

  private void requireFree(String email, Contact self) {
    Contact holder = byEmail(email);
    if (holder != null && holder != self) {
      throw new Fault(
          Fault.ALREADY_EXISTS, "Recipient already exists in the database: use UPDATE_IF_FOUND");
    }
  }

  private void record(Contact contact, String type) {
    events.addLast(new ContactEvent(contact.id, contact.email, type, clock.instant()));
    if (events.size() > KEPT_EVENTS) {
      events.removeFirst();
    }
  }

  private boolean matches(Contact contact, Map<String, String> wanted) {
    return wanted.entrySet().stream()
        .allMatch(
            e ->
                e.getKey().equals(StandardColumns.EMAIL)
                    ? key(contact.email).equals(key(e.getValue()))
                    : contact.column(e.getKey()).equals(e.getValue()));
  }

  private String canonical(String name) {
    return StandardColumns.isSystem(name) ? name.toUpperCase(Locale.ROOT) : column(name);
  }

  private static String emailIn(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(StandardColumns.EMAIL))
        .map(e -> e.getValue().strip())
        .findFirst()
        .orElse(null);
  }

  private static String key(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }
}
