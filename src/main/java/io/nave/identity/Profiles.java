package io.nave.identity;

import io.nave.canonical.Address;
import io.nave.canonical.Customer;
import io.nave.canonical.Email;
import io.nave.canonical.Identifier;
import io.nave.canonical.Phone;
import io.nave.identity.Profile.Contacts;
import io.nave.identity.Profile.Places;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Folds customers into profiles. */
final class Profiles {
  private static final Set<String> DOTLESS = Set.of("gmail.com", "googlemail.com");

  private final Placeholders placeholders;
  private final Set<String> personal;
  private final OrganisationName organisationName;

  Profiles(Placeholders placeholders, List<String> personal, List<String> legalForms) {
    this.placeholders = placeholders;
    this.personal = personal.stream().map(Folding::solid).collect(Collectors.toSet());
    this.organisationName = new OrganisationName(legalForms);
  }

  Profile of(Customer c) {
    boolean organisation = "organisation".equals(c.type());
    Contacts contacts =
        new Contacts(
            set(c.emails(), Email::value, this::email),
            set(c.phones(), Phone::value, this::phone),
            mobiles(c.phones()),
            set(c.identifiers(), i -> i, i -> identifier(i, t -> true)),
            set(c.domains(), d -> d, Profiles::domain));
    return new Profile(
        stance(c, organisation),
        organisation && c.name() != null ? organisationName.core(c.name().full()) : "",
        contacts,
        places(c.addresses()));
  }

  private Stance stance(Customer c, boolean organisation) {
    return new Stance(
        c.type() == null ? "" : c.type(),
        organisation ? PersonName.NONE : PersonName.of(c.name(), placeholders),
        birthDate(c.birthDate()),
        c.gender() == null ? "" : c.gender(),
        set(c.identifiers(), i -> i, i -> identifier(i, personal::contains)));
  }

  private LocalDate birthDate(LocalDate date) {
    return date == null || placeholders.birthDate(date) ? null : date;
  }

  /** Lower case, without a {@code +tag}; without dots where the provider ignores them. */
  private String email(String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    int at = lower.lastIndexOf('@');
    if (at <= 0 || placeholders.email(lower)) {
      return null;
    }
    String domain = lower.substring(at + 1);
    int plus = lower.indexOf('+');
    String local = lower.substring(0, plus > 0 && plus < at ? plus : at);
    return DOTLESS.contains(domain) ? local.replace(".", "") + "@gmail.com" : local + "@" + domain;
  }

  private String phone(String value) {
    return value.startsWith("+") && !placeholders.phone(value) ? value : null;
  }

  private Set<String> mobiles(List<Phone> phones) {
    List<Phone> mobiles = phones.stream().filter(p -> "mobile".equals(p.type())).toList();
    return set(mobiles, Phone::value, this::phone);
  }

  private String identifier(Identifier i, Predicate<String> wanted) {
    String type = Folding.solid(i.type());
    String value = Folding.solid(i.value());
    if (!wanted.test(type) || placeholders.identifier(value)) {
      return null;
    }
    return type + "|" + Folding.solid(i.issuer()) + "|" + value;
  }

  private static String domain(String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("www.") ? lower.substring(4) : lower;
  }

  private static Places places(List<Address> addresses) {
    Set<String> lines = new LinkedHashSet<>();
    addresses.forEach(a -> lines.addAll(StreetLine.all(a.lines())));
    return new Places(
        set(addresses, a -> a, Profiles::postcode),
        set(addresses, Address::city, Profiles::solid),
        lines);
  }

  /** Of a ZIP+4 only the ZIP: few sources know the rest. */
  private static String postcode(Address address) {
    String solid = solid(address.postalCode());
    boolean zipPlusFour = solid != null && "US".equals(address.country()) && solid.length() == 9;
    return zipPlusFour ? solid.substring(0, 5) : solid;
  }

  private static String solid(String text) {
    String solid = Folding.solid(text);
    return solid.isEmpty() ? null : solid;
  }

  /** Distinct results in the order of the list; null, before and after, is left out. */
  private static <T, V> Set<String> set(
      Collection<T> items, Function<T, V> part, Function<V, String> fold) {
    if (items.isEmpty()) {
      return Set.of();
    }
    Set<String> all = new LinkedHashSet<>();
    for (T item : items) {
      V value = part.apply(item);
      String folded = value == null ? null : fold.apply(value);
      if (folded != null) {
        all.add(folded);
      }
    }
    return all;
  }
}
