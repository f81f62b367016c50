package io.nave.canonical;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names: tidied, in their usual case, whole and in parts. */
final class Names {
  private Names() {}

  /**
   * @param person false for an organisation, whose name is neither split nor changed in case
   * @param language BCP 47 or null: how names of this customer are ordered and cased
   * @param country ISO 3166-1 alpha-2 or null
   */
  static Name standard(Name raw, boolean person, String language, String country) {
    Name tidy = raw == null ? null : tidy(raw);
    if (tidy == null || !person) {
      return tidy;
    }
    Name cased = Casing.usual(tidy, locale(language));
    if (cased.full() == null) {
      return withFull(cased);
    }
    return hasParts(cased) ? cased : FullName.split(cased, language, country);
  }

  private static Name tidy(Name raw) {
    Name tidy =
        new Name(
            Tidy.text(raw.prefix()),
            Tidy.text(raw.given()),
            Tidy.text(raw.middle()),
            Tidy.text(raw.family()),
            Tidy.text(raw.suffix()),
            Tidy.text(raw.full()));
    return hasParts(tidy)
            || Stream.of(tidy.prefix(), tidy.suffix(), tidy.full()).anyMatch(Objects::nonNull)
        ? tidy
        : null;
  }

  private static boolean hasParts(Name name) {
    return name.given() != null || name.middle() != null || name.family() != null;
  }

  private static Locale locale(String language) {
    boolean dotted = language != null && (language.startsWith("tr") || language.startsWith("az"));
    return dotted ? Locale.forLanguageTag("tr") : Locale.ROOT;
  }

  private static Name withFull(Name name) {
    return hasParts(name) ? with(name, whole(name)) : name;
  }

  static Name with(Name name, String full) {
    return new Name(name.prefix(), name.given(), name.middle(), name.family(), name.suffix(), full);
  }

  /** The parts in one string: family first, and without blanks, in an East Asian name. */
  static String whole(Name name) {
    boolean familyFirst = name.family() != null && FullName.isEastAsian(name.family());
    Stream<String> parts =
        familyFirst
            ? Stream.of(name.family(), name.given(), name.middle())
            : Stream.of(name.given(), name.middle(), name.family(), name.suffix());
    String whole =
        parts.filter(Objects::nonNull).collect(Collectors.joining(familyFirst ? "" : " "));
    return Tidy.text(whole);
  }
}
