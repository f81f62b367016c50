package io.nave.canonical;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Postal addresses: tidied lines, ISO countries, post codes as the post writes them. */
final class Addresses {
  private Addresses() {}

  static List<Address> standard(List<Address> raw) {
    return Tidy.onePrimary(
        Tidy.list(raw, Addresses::standard), Address::primary, one -> marked(one, false));
  }

  private static Address standard(Address raw) {
    List<String> lines = Tidy.list(raw.lines(), Tidy::text);
    String country = Vocabulary.country(raw.country());
    Address tidy =
        new Address(
            Tidy.text(raw.type()),
            lines,
            Tidy.text(raw.city()),
            Tidy.text(raw.region()),
            postalCode(raw.postalCode(), country),
            country,
            raw.primary());
    return isEmpty(tidy) ? null : tidy;
  }

  private static boolean isEmpty(Address one) {
    return one.lines().isEmpty()
        && Stream.of(one.city(), one.region(), one.postalCode(), one.country())
            .allMatch(Objects::isNull);
  }

  private static Address marked(Address one, Boolean primary) {
    return new Address(
        one.type(),
        one.lines(),
        one.city(),
        one.region(),
        one.postalCode(),
        one.country(),
        primary);
  }

  private static String postalCode(String raw, String country) {
    String text = Tidy.text(raw);
    if (text == null) {
      return null;
    }
    String upper = Tidy.text(text.toUpperCase(Locale.ROOT));
    String packed = upper.replace(" ", "");
    boolean british = "GB".equals(country) && isBritish(packed);
    return british
        ? packed.substring(0, packed.length() - 3) + " " + packed.substring(packed.length() - 3)
        : upper;
  }

  /** One to two letters, a digit, perhaps a letter or digit; then a digit and two letters. */
  private static boolean isBritish(String packed) {
    int length = packed.length();
    return length >= 5
        && length <= 7
        && isLetter(packed.charAt(0))
        && isLetter(packed.charAt(length - 1))
        && isLetter(packed.charAt(length - 2))
        && Character.isDigit(packed.charAt(length - 3))
        && packed.chars().allMatch(c -> isLetter((char) c) || c >= '0' && c <= '9');
  }

  private static boolean isLetter(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
