package io.nave.identity;

import io.nave.canonical.Address;
import io.nave.canonical.Customer;
import io.nave.canonical.Email;
import io.nave.canonical.Identifier;
import io.nave.canonical.Membership;
import io.nave.canonical.Phone;
import io.nave.identity.Profile.Contacts;
import io.nave.identity.Profile.Places;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Folds customers into profiles. */
final class Profiles {
  private static final Places NOWHERE =
      new Places(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  private static final Set<String> DOTLESS = Set.of("gmail.com", "googlemail.com");

  private final Placeholders placeholders;
  private final Set<String> personal;
  private final LegalForms legalForms;
  private final PersonName.Reader names;

  Profiles(MatchingConfig config) {
    this.placeholders = config.placeholders();
    this.personal =
        config.personalIdentifiers().stream().map(Folding::solid).collect(Collectors.toSet());
    this.legalForms = new LegalForms(config.legalForms());
    this.names = new PersonName.Reader(placeholders, config.nicknames());
  }

  Profile of(Customer c) {
    boolean organisation = Profile.ORGANISATION.equals(c.type());
    return new Profile(
        c.type() == null ? "" : c.type(),
        organisation ? PersonName.NONE : names.of(c.name()),
        organisation && c.name() != null
            ? legalForms.strip(c.name().full())
            : OrganisationName.NONE,
        birthDate(c.birthDate()),
        c.gender() == null ? "" : c.gender(),
        contacts(c, organisation),
        places(c.addresses()),
        attributes(c.attributes()));
  }

  private Contacts contacts(Customer c, boolean organisation) {
    Map<String, String> identifiers = new TreeMap<>();
    Set<String> once = new TreeSet<>();
    for (Identifier i : c.identifiers()) {
      String type = Folding.solid(i.type());
      String value = Folding.solid(i.value());
      if (!placeholders.identifier(value)) {
        String kind = type + "|" + Folding.solid(i.issuer());
        identifiers.putIfAbsent(kind, value);
        if (personal.contains(type)) {
          once.add(kind);
        }
      }
    }
    List<String> emails = list(c.emails(), Email::value, e -> email(e, organisation));
    return new Contacts(
        emails,
        addresses(emails),
        list(c.phones(), Phone::value, this::phone),
        identifiers,
        once,
        list(c.domains(), d -> d, Profiles::domain),
        list(c.memberships(), m -> m, this::employer));
  }

  private static List<EmailAddress> addresses(List<String> emails) {
    List<EmailAddress> addresses = new ArrayList<>(emails.size());
    emails.forEach(email -> addresses.add(EmailAddress.of(email)));
    return addresses;
  }

  /** Words of free-form attributes that are text or numbers. */
  private static Map<String, String> attributes(Map<String, Object> attributes) {
    if (attributes.isEmpty()) {
      return Map.of();
    }
    Map<String, String> folded = new TreeMap<>();
    attributes.forEach(
        (key, value) -> {
          String text =
              value instanceof String || value instanceof Number ? Folding.words("" + value) : "";
          if (!text.isEmpty()) {
            folded.put(key, text);
          }
        });
    return folded;
  }

  /** The organisation the person still belongs to. */
  private String employer(Membership m) {
    boolean known = m.to() == null && m.organisation() != null && m.organisation().name() != null;
    String core = known ? legalForms.strip(m.organisation().name()).core() : "";
    return core.isEmpty() ? null : core;
  }

  private LocalDate birthDate(LocalDate date) {
    return date == null || placeholders.birthDate(date) ? null : date;
  }

  /**
   * Lower case, without a {@code +tag}; without dots where the provider ignores them. A person is
   * not known by the address of a role.
   */
  private String email(String value, boolean organisation) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    if (at <= 0 || placeholders.email(lower)) {
      return null;
    }
    String domain = lower.substring(at + 1);
    int plus = lower.indexOf('+');
    String local = lower.substring(0, plus > 0 && plus < at ? plus : at);
    if (!organisation && placeholders.role(local)) {
      return null;
    }
    return DOTLESS.contains(domain) ? local.replace(".", "") + "@gmail.com" : local + "@" + domain;
  }

  private String phone(String value) {
    return placeholders.phone(value) ? null : PhoneDigits.of(value);
  }

  private static String domain(String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("www.") ? lower.substring(4) : lower;
  }

  private static Places places(List<Address> addresses) {
    if (addresses.isEmpty()) {
      return NOWHERE;
    }
    List<StreetLine> lines = new ArrayList<>(addresses.size());
    List<String> whole = new ArrayList<>(addresses.size());
    for (Address address : addresses) {
      StreetLine line = line(address);
      if (line != null && !lines.contains(line)) {
        lines.add(line);
        whole.add(line.street() + line.numbers());
      }
    }
    return new Places(
        list(addresses, a -> a, Profiles::postcode),
        list(addresses, Address::city, Profiles::words),
        lines,
        whole,
        list(addresses, Address::region, Profiles::solid),
        list(addresses, Address::country, Profiles::solid));
  }

  /** All lines of an address as one: sources part them as they like. */
  private static StreetLine line(Address address) {
    List<String> lines = address.lines();
    return lines == null || lines.isEmpty() ? null : StreetLine.of(String.join(" ", lines));
  }

  /**
   * Of a ZIP+4 only the ZIP: few sources know the rest. Where the source has the whole address in
   * one line, it is taken from there.
   */
  private static String postcode(Address address) {
    if (address.postalCode() == null) {
      return address.lines() == null || address.city() != null || address.lines().isEmpty()
          ? null
          : Postcodes.in(String.join(" ", address.lines()));
    }
    String solid = solid(address.postalCode());
    boolean zipPlusFour = solid != null && "US".equals(address.country()) && solid.length() == 9;
    return zipPlusFour ? solid.substring(0, 5) : solid;
  }

  private static String solid(String text) {
    String solid = Folding.solid(text);
    return solid.isEmpty() ? null : solid;
  }

  private static String words(String text) {
    String words = Folding.words(text);
    return words.isEmpty() ? null : words;
  }

  /** Distinct results in the order of the list; null, before and after, is left out. */
  private static <T, V> List<String> list(
      Collection<T> items, Function<T, V> part, Function<V, String> fold) {
    if (items.isEmpty()) {
      return List.of();
    }
    Set<String> all = new LinkedHashSet<>();
    for (T item : items) {
      V value = part.apply(item);
      String folded = value == null ? null : fold.apply(value);
      if (folded != null) {
        all.add(folded);
      }
    }
    return List.copyOf(all);
  }
}
