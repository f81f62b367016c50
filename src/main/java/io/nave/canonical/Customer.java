package io.nave.canonical;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a customer is, for every spoke: a person or an organisation. Lists and the map are never
 * null; every other part may be null, which means that nothing is known.
 *
 * @param type {@code person} or {@code organisation}
 * @param lifecycle {@code prospect}, {@code customer}, {@code former} or what the company calls it
 * @param language BCP 47
 * @param domains internet domains of an organisation
 * @param attributes what the model does not name, as JSON values
 */
public record Customer(
    String type,
    String lifecycle,
    Name name,
    LocalDate birthDate,
    String gender,
    String language,
    List<Email> emails,
    List<Phone> phones,
    List<Address> addresses,
    List<Identifier> identifiers,
    List<Membership> memberships,
    List<String> domains,
    Map<String, Object> attributes) {

  public Customer {
    emails = emails == null ? List.of() : List.copyOf(emails);
    phones = phones == null ? List.of() : List.copyOf(phones);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
    identifiers = identifiers == null ? List.of() : List.copyOf(identifiers);
    memberships = memberships == null ? List.of() : List.copyOf(memberships);
    domains = domains == null ? List.of() : domains.stream().filter(Objects::nonNull).toList();
    attributes = attributes == null ? Map.of() : attributes;
  }
}
