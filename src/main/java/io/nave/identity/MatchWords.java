package io.nave.identity;

import java.util.HashMap;
import java.util.Map;

/**
 * What comparisons and their levels are called for people, in English. The one place for it: keys
 * are {@code comparison.level}, so that another language is another table.
 */
public final class MatchWords {
  private static final Map<String, String> PHRASES = new HashMap<>();
  private static final Map<String, String> LEVELS = new HashMap<>();

  static {
    phrases("type", "same kind of customer", "a person and an organisation");
    phrases(
        "given",
        "same given name",
        "given names are forms of one name or differ by a slip",
        "given names are alike",
        "given name agrees with an initial",
        "given names in two scripts cannot be compared",
        "different given names",
        "two well-known, different given names");
    phrases(
        "family",
        "same family name",
        "family names differ by a slip or a part",
        "family names are alike",
        "family name agrees with an initial",
        "family names in two scripts cannot be compared",
        "different family names");
    phrases("name-order", "names in the same order", "given and family name change places");
    phrases("suffix", "same generation", "one is senior, the other junior");
    phrases(
        "organisation",
        "same name of the organisation",
        "organisations' names differ by a slip or a common word",
        "organisations share half of their names' words, or initials",
        "organisations share a part of their names",
        "different names of organisations");
    phrases(
        "birth-date",
        "same date of birth",
        "dates of birth differ by a digit, a day, or day and month are swapped",
        "same year of birth, or same day and month",
        "dates of birth are near each other",
        "different dates of birth");
    phrases("gender", "same gender", "different gender");
    phrases(
        "personal-identifier",
        "same personal number",
        "personal numbers differ by one character",
        "different personal numbers");
    phrases("identifier", "same number", "numbers differ by one character", "different numbers");
    phrases(
        "email",
        "same e-mail address",
        "e-mail addresses differ in the domain only",
        "e-mail addresses differ by a slip",
        "e-mail addresses are alike, as both are made of the name",
        "different e-mail addresses");
    phrases("phone", "same telephone", "telephones differ by one digit", "different telephones");
    phrases("domain", "same internet domain", "different internet domains");
    phrases("employer", "same employer", "employers are alike", "different employers");
    phrases(
        "address-line",
        "same address",
        "addresses share the number and most words",
        "same street, the number differs by one digit",
        "same street, another number",
        "different addresses");
    phrases(
        "postcode",
        "same postcode",
        "postcodes differ by one character",
        "postcodes begin alike",
        "different postcodes");
    phrases("city", "same city", "cities are alike", "different cities");
    phrases("region", "same region", "different regions");
    phrases("country", "same country", "different countries");
    LEVELS.put("same", "same %s");
    LEVELS.put("like", "%s is alike");
    LEVELS.put("different", "different %s");
    PHRASES.put("prior.strangers", "most records are of two strangers");
    PHRASES.put("prior.relatives", "some records are of two relatives or branches");
  }

  private MatchWords() {}

  private static void phrases(String comparison, String... byLevel) {
    Comparison of = Comparisons.of(comparison);
    for (int i = 0; i < byLevel.length; i++) {
      PHRASES.put(comparison + "." + of.levels().get(i), byLevel[i]);
    }
  }

  /** What a reason says, in a few words. */
  public static String of(Reason reason) {
    return of(reason.comparison(), reason.level());
  }

  /** What a level of a comparison says, in a few words. */
  public static String of(String comparison, String level) {
    String phrase = PHRASES.get(comparison + "." + level);
    if (phrase != null) {
      return phrase;
    }
    String name =
        comparison.startsWith(Comparisons.ATTRIBUTES)
            ? comparison.substring(Comparisons.ATTRIBUTES.length())
            : comparison.replace('-', ' ');
    String words = LEVELS.get(level);
    return words == null ? name + " " + level : words.formatted(name);
  }
}
