package io.nave.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is compared, in the order in which people want to read it. */
final class Comparisons {
  /**
   * What the keys of free-form attributes begin with; {@code attributes.*} stands for the others.
   */
  static final String ATTRIBUTES = "attributes.";

  private static final List<String> TWO = List.of("same", "different");
  private static final List<String> TEXT = List.of("same", "like", "different");
  private static final List<String> THREE = List.of("same", "close", "different");
  private static final int SAME = 0;

  static final Comparison GIVEN =
      new Comparison("given", NameComparison.GIVEN, p -> p.names.given(p), Comparisons::given);
  static final Comparison FAMILY =
      new Comparison("family", NameComparison.FAMILY, p -> p.names.family(p), Comparisons::family);
  static final Comparison ORDER =
      new Comparison("name-order", List.of("same", "swapped"), Comparisons::order, null);
  static final Comparison ORGANISATION =
      new Comparison(
          "organisation",
          OrganisationName.LEVELS,
          p -> OrganisationName.level(p.a.organisation, p.b.organisation, p.terms),
          p -> p.a.organisation.core());
  static final Comparison PERSONAL =
      new Comparison("personal-identifier", THREE, p -> identifiers(p, true), null);
  static final Comparison IDENTIFIER =
      new Comparison("identifier", THREE, p -> identifiers(p, false), null);

  /** All but those of free-form attributes. */
  static final List<Comparison> ALL =
      List.of(
          new Comparison("type", TWO, p -> two(p.a.type, p.b.type), null),
          GIVEN,
          FAMILY,
          ORDER,
          new Comparison(
              "suffix",
              Generations.LEVELS,
              p -> Generations.level(p.a.name.suffix(), p.b.name.suffix()),
              null),
          ORGANISATION,
          new Comparison(
              "birth-date", BirthDates.LEVELS, BirthDates::level, p -> p.a.birthDate.toString()),
          new Comparison("gender", TWO, p -> two(p.a.gender, p.b.gender), null),
          PERSONAL,
          IDENTIFIER,
          new Comparison(
              "email",
              EmailAddress.LEVELS,
              EmailAddress::level,
              p -> shared(p, c -> c.contacts.emails())),
          new Comparison(
              "phone",
              PhoneDigits.LEVELS,
              PhoneDigits::level,
              p -> shared(p, c -> c.contacts.phones())),
          new Comparison(
              "domain",
              TWO,
              p -> any(p, c -> c.contacts.domains()),
              p -> shared(p, c -> c.contacts.domains())),
          new Comparison(
              "employer",
              TEXT,
              p -> text(p, c -> c.contacts.employers()),
              p -> shared(p, c -> c.contacts.employers())),
          new Comparison(
              "address-line",
              StreetLine.LEVELS,
              Comparisons::lines,
              p -> shared(p, c -> c.places.wholeLines())),
          new Comparison(
              "postcode",
              List.of("same", "close", "part", "different"),
              Comparisons::postcodes,
              p -> shared(p, c -> c.places.postcodes())),
          new Comparison(
              "city",
              TEXT,
              p -> text(p, c -> c.places.cities()),
              p -> shared(p, c -> c.places.cities())),
          new Comparison(
              "region",
              TWO,
              p -> any(p, c -> c.places.regions()),
              p -> shared(p, c -> c.places.regions())),
          new Comparison(
              "country",
              TWO,
              p -> any(p, c -> c.places.countries()),
              p -> shared(p, c -> c.places.countries())));

  private Comparisons() {}

  /** The position of the comparison among all. */
  static int at(Comparison comparison) {
    return ALL.indexOf(comparison);
  }

  /** The comparison with this key, or null. */
  static Comparison of(String key) {
    return ALL.stream().filter(c -> c.key().equals(key)).findFirst().orElse(null);
  }

  /** The comparison of a free-form attribute. */
  static Comparison attribute(String name) {
    return new Comparison(
        ATTRIBUTES + name,
        TEXT,
        p -> text(p.a.attributes.get(name), p.b.attributes.get(name)),
        p -> p.a.attributes.get(name));
  }

  private static String given(Pair p) {
    return p.crossed && p.a.name.given().isEmpty() ? p.a.name.familySolid() : p.a.name.givenSolid();
  }

  private static String family(Pair p) {
    return p.crossed && p.a.name.family().isEmpty()
        ? p.a.name.givenSolid()
        : p.a.name.familySolid();
  }

  private static int order(Pair p) {
    if (p.crossed) {
      return 1;
    }
    boolean known = !p.a.name.givenSolid().isEmpty() && !p.b.name.familySolid().isEmpty();
    boolean both = !p.b.name.givenSolid().isEmpty() && !p.a.name.familySolid().isEmpty();
    return known && both ? 0 : Comparison.NOTHING;
  }

  private static int two(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return Comparison.NOTHING;
    }
    return a.equals(b) ? 0 : 1;
  }

  private static int any(Pair p, Function<Profile, List<String>> of) {
    List<String> a = of.apply(p.a);
    List<String> b = of.apply(p.b);
    if (a.isEmpty() || b.isEmpty()) {
      return Comparison.NOTHING;
    }
    return Words.shared(a, b) > 0 ? 0 : 1;
  }

  private static String shared(Pair p, Function<Profile, List<String>> of) {
    List<String> a = of.apply(p.a);
    List<String> b = of.apply(p.b);
    String first = null;
    for (int i = 0; i < a.size(); i++) {
      String value = a.get(i);
      if ((first == null || value.compareTo(first) < 0) && b.contains(value)) {
        first = value;
      }
    }
    return first;
  }

  private static int text(Pair p, Function<Profile, List<String>> of) {
    int best = Comparison.NOTHING;
    List<String> a = of.apply(p.a);
    List<String> b = of.apply(p.b);
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        best = better(best, text(a.get(i), b.get(j)));
      }
    }
    return best;
  }

  /** The better of two levels, where nothing is the worst. */
  static int better(int one, int other) {
    return one == Comparison.NOTHING || other != Comparison.NOTHING && other < one ? other : one;
  }

  private static int text(String a, String b) {
    if (a == null || b == null) {
      return Comparison.NOTHING;
    }
    if (a.equals(b)) {
      return SAME;
    }
    boolean contained = Math.min(a.length(), b.length()) >= 4 && (a.contains(b) || b.contains(a));
    return contained || Spelling.alike(a, b, 0.9) ? 1 : 2;
  }

  private static int lines(Pair p) {
    int best = Comparison.NOTHING;
    List<StreetLine> a = p.a.places.lines();
    List<StreetLine> b = p.b.places.lines();
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        best = better(best, StreetLine.level(a.get(i), b.get(j)));
      }
    }
    return best;
  }

  private static int postcodes(Pair p) {
    int best = Comparison.NOTHING;
    List<String> a = p.a.places.postcodes();
    List<String> b = p.b.places.postcodes();
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        best = better(best, postcode(a.get(i), b.get(j)));
      }
    }
    return best;
  }

  private static int postcode(String a, String b) {
    if (a.equals(b)) {
      return SAME;
    }
    if (a.length() == b.length() && Spelling.within(a, b, 1)) {
      return 1;
    }
    int start = Math.max(2, Math.min(a.length(), b.length()) - 3);
    boolean part = a.length() >= start && b.length() >= start && a.regionMatches(0, b, 0, start);
    return part ? 2 : 3;
  }

  private static int identifiers(Pair p, boolean personal) {
    Map<String, String> b = p.b.contacts.identifiers();
    Set<String> kinds = p.a.contacts.personal();
    int best = Comparison.NOTHING;
    int worst = Comparison.NOTHING;
    for (Map.Entry<String, String> one : p.a.contacts.identifiers().entrySet()) {
      String other = b.get(one.getKey());
      if (other != null && kinds.contains(one.getKey()) == personal) {
        int level = identifier(one.getValue(), other);
        best = better(best, level);
        worst = Math.max(worst, level);
      }
    }
    return personal && best != SAME ? worst : best;
  }

  private static int identifier(String a, String b) {
    if (a.equals(b)) {
      return SAME;
    }
    boolean longEnough = Math.min(a.length(), b.length()) >= 5;
    return longEnough && Spelling.within(a, b, 1) ? 1 : 2;
  }
}
