package io.nave.demo;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether two records give a careful reader enough to say that they are about one person: the same
 * loyalty card; or the same e-mail, mobile, or birth date and postcode, with names that agree.
 */
final class Likeness {
  private static final Map<String, Set<String>> FULL_NAMES = fullNames();

  private Likeness() {}

  static boolean link(SpokeRecord a, SpokeRecord b) {
    if (same(a.loyalty(), b.loyalty())) {
      return true;
    }
    boolean evidence =
        same(folded(a.email()), folded(b.email()))
            || same(digits(a.mobile()), digits(b.mobile()))
            || same(a.birthDate(), b.birthDate()) && same(postcode(a), postcode(b));
    return evidence && !birthDatesDiffer(a, b) && namesAgree(a, b);
  }

  private static boolean birthDatesDiffer(SpokeRecord a, SpokeRecord b) {
    return a.birthDate() != null && b.birthDate() != null && !a.birthDate().equals(b.birthDate());
  }

  static boolean namesAgree(SpokeRecord a, SpokeRecord b) {
    var a1 = Folded.of(a.given());
    var a2 = Folded.of(a.family());
    var b1 = Folded.of(b.given());
    var b2 = Folded.of(b.family());
    return givenAgree(a1, b1) && near(a2, b2)
        || givenAgree(a1, b2) && near(a2, b1)
        || givenAgree(a2, b1) && near(a1, b2);
  }

  private static boolean givenAgree(String a, String b) {
    if (near(a, b)) {
      return true;
    }
    return FULL_NAMES.getOrDefault(a, Set.of(a)).stream()
        .anyMatch(FULL_NAMES.getOrDefault(b, Set.of(b))::contains);
  }

  private static Map<String, Set<String>> fullNames() {
    return Words.NICKNAMES.entrySet().stream()
        .flatMap(
            e ->
                Stream.concat(List.of(e.getKey()).stream(), e.getValue().stream())
                    .map(form -> Map.entry(Folded.of(form), Folded.of(e.getKey()))))
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey,
                Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
  }

  /** Equal, or one slip apart. */
  static boolean near(String a, String b) {
    if (a.equals(b)) {
      return true;
    }
    if (Math.abs(a.length() - b.length()) > 1 || Math.min(a.length(), b.length()) < 3) {
      return false;
    }
    int start = 0;
    int least = Math.min(a.length(), b.length());
    while (start < least && a.charAt(start) == b.charAt(start)) {
      start++;
    }
    return slip(a.substring(start), b.substring(start));
  }

  private static boolean slip(String a, String b) {
    if (a.length() > b.length()) {
      return a.substring(1).equals(b);
    }
    if (b.length() > a.length()) {
      return b.substring(1).equals(a);
    }
    boolean swapped =
        a.length() > 1
            && a.charAt(0) == b.charAt(1)
            && a.charAt(1) == b.charAt(0)
            && a.substring(2).equals(b.substring(2));
    return swapped || a.substring(1).equals(b.substring(1));
  }

  private static boolean same(Object a, Object b) {
    return a != null && Objects.equals(a, b);
  }

  private static String folded(String text) {
    return text == null ? null : Folded.of(text);
  }

  private static String postcode(SpokeRecord record) {
    return record.home() == null ? null : folded(record.home().postcode()).replace(" ", "");
  }

  /** The last nine digits: all of a British number but its prefix. */
  static String digits(String number) {
    if (number == null) {
      return null;
    }
    var digits = number.replaceAll("\\D", "");
    return digits.substring(Math.max(0, digits.length() - 9));
  }
}
