package io.nave.golden;

import io.nave.canonical.Customer;
import io.nave.canonical.Email;
import io.nave.canonical.Name;
import io.nave.canonical.Phone;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements in a few words, for the tests of survivorship. */
final class Sources {
  private final SourceKey key;
  private final Instant at;
  private final Map<String, Instant> changedAt = new HashMap<>();
  private final List<Email> emails = new ArrayList<>();
  private final List<Phone> phones = new ArrayList<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private final List<io.nave.canonical.Address> addresses = new ArrayList<>();
  private java.time.LocalDate birthDate;
  private Name name;
  private String language;
  private boolean deleted;

  Sources(String spoke, long at) {
    this.key = new SourceKey(spoke, spoke + "-1");
    this.at = time(at);
  }

  static Instant time(long at) {
    return Instant.ofEpochSecond(at);
  }

  static Survivorship survivorship(String yaml) {
    return new Survivorship(SurvivorshipConfig.parse("survivorship.yaml", yaml));
  }

  Sources name(String given, String family) {
    name = new Name(null, given, null, family, null, null);
    return this;
  }

  Sources language(String language) {
    this.language = language;
    return this;
  }

  Sources email(String value, Boolean primary) {
    emails.add(new Email(value, null, primary, null, null));
    return this;
  }

  Sources verified(String value) {
    emails.add(new Email(value, null, null, true, null));
    return this;
  }

  Sources address(String city, String... lines) {
    addresses.add(
        new io.nave.canonical.Address(null, List.of(lines), city, null, null, "GB", null));
    return this;
  }

  Sources born(String date) {
    birthDate = java.time.LocalDate.parse(date);
    return this;
  }

  Sources phone(String value, String type) {
    phones.add(new Phone(value, type, null, null, null));
    return this;
  }

  Sources attribute(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  Sources changed(String attribute, long at) {
    changedAt.put(attribute, time(at));
    return this;
  }

  Sources deleted() {
    deleted = true;
    return this;
  }

  Statement done() {
    Customer customer =
        new Customer(
            null,
            null,
            name,
            birthDate,
            null,
            language,
            emails,
            phones,
            addresses,
            List.of(),
            List.of(),
            List.of(),
            Map.copyOf(attributes));
    return new Statement(key, customer, changedAt, at, deleted);
  }
}
