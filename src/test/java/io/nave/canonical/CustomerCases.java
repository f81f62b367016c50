package io.nave.canonical;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Customers for tests: some single-minded, some as odd as text can be. */
public final class CustomerCases {
  private CustomerCases() {}

  static Customer with(List<Email> emails) {
    return new Customer(
        null, null, null, null, null, null, emails, null, null, null, null, null, null);
  }

  static Customer at(Address address) {
    return new Customer(
        null, null, null, null, null, null, null, null, List.of(address), null, null, null, null);
  }

  /** Text of every sort: any Unicode, and what names, addresses and numbers are made of. */
  public static Arbitrary<String> text() {
    Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(12);
    Arbitrary<String> near =
        Arbitraries.strings()
            .withChars("aAbBzZéÉłßİıǆŒ '’-.,@<>:/+0123456789\u0301\u202e\u00a0\u200b王小김ш")
            .ofMaxLength(14);
    Arbitrary<String> known =
        Arbitraries.of(
            "mailto:a@b.org",
            "X <a@B.org>",
            "029 2018 0000",
            "+44 (0)29 2018 0000",
            "SIÂN MAIR",
            "van der berg",
            "O'BRIEN",
            "McDONALD",
            "Dr. Jan de Vries Jr",
            "김민준",
            "山田 太郎",
            "GBR",
            "Cymru",
            "en_GB",
            "Mrs",
            "cf10 2gp",
            "www.a.b",
            "Llywelyn, Siân",
            "",
            " ");
    return Arbitraries.oneOf(any, near, known).injectNull(0.1);
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(true, false).injectNull(0.3);
  }

  private static Arbitrary<Name> names() {
    return Combinators.combine(text(), text(), text(), text(), text(), text())
        .as(Name::new)
        .injectNull(0.1);
  }

  private static Arbitrary<List<Email>> emails() {
    return Combinators.combine(text(), text(), flag(), flag())
        .as((value, type, primary, verified) -> new Email(value, type, primary, verified, null))
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<List<Phone>> phones() {
    return Combinators.combine(text(), text(), flag(), flag())
        .as((value, type, primary, verified) -> new Phone(value, type, primary, verified, null))
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<List<Address>> addresses() {
    return Combinators.combine(
            text(), text().list().ofMaxSize(3), text(), text(), text(), text(), flag())
        .as(Address::new)
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<List<Membership>> memberships() {
    Arbitrary<Membership.Organisation> organisation =
        Combinators.combine(text(), text()).as(Membership.Organisation::new).injectNull(0.2);
    return Combinators.combine(organisation, text(), text(), flag())
        .as((where, title, part, first) -> new Membership(where, title, part, null, null, first))
        .list()
        .ofMaxSize(2);
  }

  /** Whole customers, not standardised. */
  public static Arbitrary<Customer> customers() {
    Arbitrary<List<Identifier>> identifiers =
        Combinators.combine(text(), text(), text()).as(Identifier::new).list().ofMaxSize(2);
    Arbitrary<LocalDate> births =
        Arbitraries.integers().between(0, 60000).map(LocalDate::ofEpochDay).injectNull(0.2);
    Arbitrary<Customer> persons =
        Combinators.combine(
                text(), names(), births, text(), text(), emails(), phones(), addresses())
            .as(
                (type, name, birth, gender, language, emails, phones, addresses) ->
                    new Customer(
                        type, null, name, birth, gender, language, emails, phones, addresses, null,
                        null, null, Map.of()));
    return Combinators.combine(
            persons, identifiers, memberships(), text().injectNull(0).list().ofMaxSize(2), text())
        .as(CustomerCases::more);
  }

  private static Customer more(
      Customer person,
      List<Identifier> identifiers,
      List<Membership> memberships,
      List<String> domains,
      String lifecycle) {
    return new Customer(
        person.type(),
        lifecycle,
        person.name(),
        person.birthDate(),
        person.gender(),
        person.language(),
        person.emails(),
        person.phones(),
        person.addresses(),
        identifiers,
        memberships,
        domains.stream().filter(one -> one != null).toList(),
        Map.of());
  }
}
