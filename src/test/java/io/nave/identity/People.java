package io.nave.identity;

import io.nave.canonical.Address;
import io.nave.canonical.Customer;
import io.nave.canonical.Email;
import io.nave.canonical.Identifier;
import io.nave.canonical.Name;
import io.nave.canonical.Phone;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Customers in a few words, for the tests of matching. */
final class People {
  static final MatchRules RULES =
      new MatchRules(MatchingConfig.read(Path.of("config", "matching.yaml")));

  String type = "person";
  Name name;
  LocalDate birthDate;
  String gender;
  final List<Email> emails = new ArrayList<>();
  final List<Phone> phones = new ArrayList<>();
  final List<Address> addresses = new ArrayList<>();
  final List<Identifier> identifiers = new ArrayList<>();
  final List<String> domains = new ArrayList<>();

  static People person(String given, String family) {
    People p = new People();
    p.name = new Name(null, given, null, family, null, null);
    return p;
  }

  static People nameless() {
    return new People();
  }

  static People organisation(String full) {
    People p = new People();
    p.type = "organisation";
    p.name = new Name(null, null, null, null, null, full);
    return p;
  }

  People middle(String middle) {
    name = new Name(null, name.given(), middle, name.family(), name.suffix(), null);
    return this;
  }

  People suffix(String suffix) {
    name = new Name(null, name.given(), name.middle(), name.family(), suffix, null);
    return this;
  }

  People born(String date) {
    birthDate = LocalDate.parse(date);
    return this;
  }

  People gender(String gender) {
    this.gender = gender;
    return this;
  }

  People email(String value) {
    emails.add(new Email(value, null, null, null, null));
    return this;
  }

  People phone(String value) {
    phones.add(new Phone(value, null, null, null, null));
    return this;
  }

  People mobile(String value) {
    phones.add(new Phone(value, "mobile", null, null, null));
    return this;
  }

  People at(String line, String city, String postcode) {
    addresses.add(new Address("home", List.of(line), city, null, postcode, "GB", null));
    return this;
  }

  People id(String type, String value) {
    identifiers.add(new Identifier(type, "acme", value));
    return this;
  }

  People domain(String domain) {
    domains.add(domain);
    return this;
  }

  Customer customer() {
    return new Customer(
        type,
        null,
        name,
        birthDate,
        gender,
        null,
        emails,
        phones,
        addresses,
        identifiers,
        List.of(),
        domains,
        Map.of());
  }

  static Outcome compare(People a, People b) {
    Outcome there = RULES.compare(a.customer(), b.customer()).outcome();
    Outcome back = RULES.compare(b.customer(), a.customer()).outcome();
    if (there != back) {
      throw new AssertionError("not symmetric: " + there + ", " + back);
    }
    return there;
  }
}
