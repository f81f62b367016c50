package io.nave.canonical;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings a customer as a source wrote it into the standard form in which customers are compared:
 * e-mail domains in ASCII, telephone numbers in E.164, names in their usual case, ISO countries and
 * languages, no duplicates, at most one primary of a kind. What a source wrote of e-mails and
 * telephone numbers is kept beside the standard form. Nothing that is not understood is thrown
 * away, but for genders outside the vocabulary and entries that are empty.
 *
 * <p>Pure and thread-safe; standardising twice is standardising once; never throws.
 */
public final class Standardise {
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1850, 1, 1);
  private final String defaultCountry;

  /**
   * @param defaultCountry where national telephone numbers belong when neither the number nor an
   *     address says so: ISO 3166-1 alpha-2, or null for nowhere
   */
  public Standardise(String defaultCountry) {
    if (defaultCountry != null && !Vocabulary.isCountry(defaultCountry)) {
      throw new IllegalArgumentException(
          "default country: " + defaultCountry + " (expected: an ISO 3166-1 code such as GB)");
    }
    this.defaultCountry = defaultCountry;
  }

  /** The customer in standard form. */
  public Customer customer(Customer raw) {
    List<Address> addresses = Addresses.standard(raw.addresses());
    String country = country(addresses);
    String language = Vocabulary.language(raw.language());
    String type = Tidy.text(raw.type());
    return new Customer(
        type,
        Tidy.text(raw.lifecycle()),
        Names.standard(raw.name(), !"organisation".equals(type), language, country),
        raw.birthDate(),
        Vocabulary.gender(raw.gender()),
        language,
        Emails.standard(raw.emails()),
        Phones.standard(raw.phones(), country),
        addresses,
        Tidy.list(raw.identifiers(), Standardise::identifier),
        Tidy.onePrimary(
            Tidy.list(raw.memberships(), Standardise::membership),
            Membership::primary,
            Standardise::secondary),
        Tidy.list(raw.domains(), Emails::site),
        attributes(raw.attributes()));
  }

  /** The country of the first address that names a known one, else the default. */
  private String country(List<Address> addresses) {
    for (Address one : addresses) {
      if (Vocabulary.isCountry(one.country())) {
        return one.country();
      }
    }
    return defaultCountry;
  }

  /** An e-mail address in standard form; null for blank text. */
  public static String email(String raw) {
    return Emails.address(raw);
  }

  /**
   * The form in which e-mail addresses are compared: standard, and the local part in lower case.
   */
  public static String foldEmail(String raw) {
    String address = Emails.address(raw);
    return address == null ? null : Emails.fold(address);
  }

  /** A telephone number in E.164, or its digits where it is not understood; null for blank text. */
  public String phone(String raw) {
    return Phones.number(raw, defaultCountry);
  }

  /** The address or number that a consent is bound to, in the form customers have it. */
  public String boundTo(String raw) {
    if (raw == null) {
      return null;
    }
    return raw.indexOf('@') >= 0 ? Emails.address(raw) : phone(raw);
  }

  /** A consent with tidy words, bound to an address or number in the form customers have it. */
  public Consent consent(Consent raw) {
    return new Consent(
        Tidy.text(raw.purpose()),
        Tidy.text(raw.channel()),
        Tidy.text(raw.topic()),
        Tidy.text(raw.brand()),
        boundTo(raw.boundTo()),
        raw.state(),
        raw.decidedAt(),
        Tidy.text(raw.legalBasis()),
        raw.evidence());
  }

  /** Whether a birth date can be true, so that customers may be compared by it. */
  public static boolean isPlausibleBirth(LocalDate birthDate, LocalDate today) {
    return birthDate != null && !birthDate.isBefore(EARLIEST_BIRTH) && !birthDate.isAfter(today);
  }

  private static Identifier identifier(Identifier raw) {
    String value = Tidy.text(raw.value());
    return value == null
        ? null
        : new Identifier(Tidy.text(raw.type()), Tidy.text(raw.issuer()), value);
  }

  private static Membership membership(Membership raw) {
    Membership.Organisation organisation = organisation(raw.organisation());
    String title = Tidy.text(raw.title());
    String department = Tidy.text(raw.department());
    return organisation == null && title == null && department == null
        ? null
        : new Membership(organisation, title, department, raw.from(), raw.to(), raw.primary());
  }

  private static Membership.Organisation organisation(Membership.Organisation raw) {
    String recordId = raw == null ? null : Tidy.text(raw.recordId());
    String name = raw == null ? null : Tidy.text(raw.name());
    return recordId == null && name == null ? null : new Membership.Organisation(recordId, name);
  }

  private static Membership secondary(Membership one) {
    return new Membership(
        one.organisation(), one.title(), one.department(), one.from(), one.to(), false);
  }

  /** Sorted by key, without those that are null. */
  private static Map<String, Object> attributes(Map<String, Object> raw) {
    if (raw.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> sorted = new TreeMap<>(raw);
    sorted.values().removeIf(value -> value == null);
    return Collections.unmodifiableMap(sorted);
  }
}
