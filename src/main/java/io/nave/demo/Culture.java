package io.nave.demo;

import java.util.List;

/** Where a person's name comes from, with how often it is met and the language they speak. */
public enum Culture {
  english(0.64, "en", 0),
  welsh(0.12, "cy", 0),
  polish(0.09, "pl", 0),
  arabic(0.06, "ar", 0.4),
  chinese(0.05, "zh", 0.4),
  thai(0.04, "th", 0.4);

  final double share;
  final String language;

  /** How many of them write their name in their own script. */
  final double ownScript;

  private final List<Spellings> women;
  private final List<Spellings> men;
  private final List<Spellings> families;

  Culture(double share, String language, double ownScript) {
    this.share = share;
    this.language = language;
    this.ownScript = ownScript;
    var given = Words.lines("given-" + name());
    this.women = given(given, "f;");
    this.men = given(given, "m;");
    this.families = Words.lines("family-" + name()).stream().map(Spellings::of).toList();
  }

  private static List<Spellings> given(List<String> lines, String gender) {
    return lines.stream()
        .filter(line -> line.startsWith(gender))
        .map(line -> Spellings.of(line.substring(2)))
        .toList();
  }

  static Culture any(Dice dice) {
    var shares = new double[values().length];
    for (var culture : values()) {
      shares[culture.ordinal()] = culture.share;
    }
    return values()[dice.weighted(shares)];
  }

  Spellings given(boolean woman, Dice dice) {
    return dice.of(woman ? women : men);
  }

  Spellings family(Dice dice) {
    return dice.of(families);
  }

  /** Polish family names in -ski bend with the gender. */
  Spellings familyOf(Spellings family, boolean woman) {
    if (this != polish || !woman) {
      return family;
    }
    return new Spellings(
        family.all().stream().map(name -> name.replaceAll("(s|c|dz)ki$", "$1ka")).toList());
  }
}
