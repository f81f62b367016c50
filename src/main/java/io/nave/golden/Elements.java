package io.nave.golden;

import io.nave.canonical.Address;
import io.nave.canonical.Customer;
import io.nave.canonical.Email;
import io.nave.canonical.Fold;
import io.nave.canonical.Identifier;
import io.nave.canonical.Membership;
import io.nave.canonical.Phone;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What survivorship needs to know of a list attribute.
 *
 * @param identity equal for two elements that say the same
 * @param primary whether the source calls the element primary
 * @param first the element as a primary one; unchanged where it knows no primary
 * @param later the element as a secondary one
 * @param type elements of one type take the newest first; null where the list does not do so
 */
record Elements<T>(
    String key,
    Function<Customer, List<T>> of,
    Function<T, Object> identity,
    Function<T, Boolean> primary,
    UnaryOperator<T> first,
    UnaryOperator<T> later,
    Function<T, String> type) {

  static final Elements<Email> EMAILS =
      new Elements<>(
          "emails",
          Customer::emails,
          e -> lower(e.value()),
          Email::primary,
          e -> primary(e, true),
          e -> primary(e, e.primary() == null ? null : false),
          null);

  static final Elements<Phone> PHONES =
      new Elements<>(
          "phones",
          Customer::phones,
          p -> lower(p.value()),
          Phone::primary,
          p -> primary(p, true),
          p -> primary(p, p.primary() == null ? null : false),
          Phone::type);

  static final Elements<Address> ADDRESSES =
      new Elements<>(
          "addresses",
          Customer::addresses,
          Elements::place,
          Address::primary,
          a -> primary(a, true),
          a -> primary(a, a.primary() == null ? null : false),
          null);

  static final Elements<Membership> MEMBERSHIPS =
      new Elements<>(
          "memberships",
          Customer::memberships,
          Elements::position,
          Membership::primary,
          m -> primary(m, true),
          m -> primary(m, m.primary() == null ? null : false),
          null);

  static final Elements<Identifier> IDENTIFIERS =
      plain("identifiers", Customer::identifiers, Function.identity());

  static final Elements<String> DOMAINS = plain("domains", Customer::domains, Elements::lower);

  private static <T> Elements<T> plain(
      String key, Function<Customer, List<T>> of, Function<T, ?> identity) {
    return new Elements<>(
        key,
        of,
        identity::apply,
        x -> null,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        null);
  }

  private static String lower(String value) {
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }

  private static Object place(Address a) {
    String lines = a.lines() == null ? "" : String.join(" ", a.lines());
    String postalCode = Fold.text(a.postalCode()).replace(" ", "");
    return List.of(Fold.text(lines), Fold.text(a.city()), postalCode, lower(a.country()));
  }

  /** Record ids differ from spoke to spoke, so the organisation's name counts where it is known. */
  private static Object position(Membership m) {
    Membership.Organisation o = m.organisation();
    String name = o == null ? "" : Fold.text(o.name());
    String id = o == null || !name.isEmpty() || o.recordId() == null ? "" : o.recordId();
    return List.of(name, id, Fold.text(m.title()), Fold.text(m.department()));
  }

  private static Email primary(Email e, Boolean primary) {
    return new Email(e.value(), e.type(), primary, e.verified(), e.original());
  }

  private static Phone primary(Phone p, Boolean primary) {
    return new Phone(p.value(), p.type(), primary, p.verified(), p.original());
  }

  private static Address primary(Address a, Boolean primary) {
    return new Address(
        a.type(), a.lines(), a.city(), a.region(), a.postalCode(), a.country(), primary);
  }

  private static Membership primary(Membership m, Boolean primary) {
    return new Membership(m.organisation(), m.title(), m.department(), m.from(), m.to(), primary);
  }
}
