package io.nave.identity;

import static io.nave.identity.Profile.share;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a rule in {@code config/matching.yaml} can ask for under {@code when}. */
enum Evidence {
  IDENTIFIER("identifier", p -> share(p.a.identifiers, p.b.identifiers), "the same identifier"),
  EMAIL("email", p -> share(p.a.emails, p.b.emails), "the same e-mail address"),
  PHONE("phone", p -> share(p.a.phones, p.b.phones), "the same phone number"),
  MOBILE(
      "mobile",
      p -> share(p.a.mobiles, p.b.phones) || share(p.a.phones, p.b.mobiles),
      "the same mobile number"),
  SAME_NAME("same-name", p -> p.name() == NameLikeness.SAME, "the same name"),
  SIMILAR_NAME(
      "similar-name",
      p -> p.name().compareTo(NameLikeness.SIMILAR) <= 0,
      "a name that is the same but for spelling, nickname or order"),
  COMPATIBLE_NAME(
      "compatible-name",
      p -> p.name().compareTo(NameLikeness.PARTIAL) <= 0,
      "names that agree as far as both are known"),
  SAME_GIVEN_NAME("same-given-name", Pair::sameGiven, "the same given name"),
  NO_NAME("no-name", p -> p.name() == NameLikeness.UNKNOWN, "a name on one side at most"),
  BIRTH_DATE("birth-date", Evidence::sameBirthDate, "the same date of birth"),
  CLOSE_BIRTH_DATE(
      "close-birth-date",
      Evidence::closeBirthDate,
      "dates of birth that differ by a typing mistake at most"),
  POSTCODE(
      "postcode", p -> share(p.a.places.postcodes(), p.b.places.postcodes()), "the same postcode"),
  CITY("city", p -> share(p.a.places.cities(), p.b.places.cities()), "the same city"),
  ADDRESS_LINE(
      "address-line", p -> share(p.a.places.lines(), p.b.places.lines()), "the same address line"),
  ORGANISATION_NAME(
      "organisation-name",
      p -> OrganisationName.alike(p.a.organisation, p.b.organisation),
      "the same name but for the legal form"),
  DOMAIN("domain", p -> share(p.a.domains, p.b.domains), "the same internet domain");

  private static final Map<String, Evidence> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toMap(Evidence::key, Function.identity()));

  private static final Set<Evidence> NAMES =
      EnumSet.of(
          SAME_NAME, SIMILAR_NAME, COMPATIBLE_NAME, SAME_GIVEN_NAME, NO_NAME, ORGANISATION_NAME);

  private final String key;
  private final Predicate<Pair> test;
  private final String words;

  Evidence(String key, Predicate<Pair> test, String words) {
    this.key = key;
    this.test = test;
    this.words = words;
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(Evidence::key).toList();
  }

  static Evidence of(String key) {
    return BY_KEY.get(key);
  }

  String key() {
    return key;
  }

  /** Comparing names costs far more than all else. */
  boolean isOfNames() {
    return NAMES.contains(this);
  }

  boolean in(Pair pair) {
    return test.test(pair);
  }

  String words() {
    return words;
  }

  private static boolean sameBirthDate(Pair p) {
    return p.a.stance.birthDate() != null && p.a.stance.birthDate().equals(p.b.stance.birthDate());
  }

  private static boolean closeBirthDate(Pair p) {
    return p.a.stance.birthDate() != null
        && p.b.stance.birthDate() != null
        && BirthDates.compatible(p.a.stance.birthDate(), p.b.stance.birthDate());
  }
}
