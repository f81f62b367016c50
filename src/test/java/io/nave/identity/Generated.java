package io.nave.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up people whose mistakes are known, for the tests of training. */
final class Generated {
  private static final String LETTERS = "bcdfghklmnprstvz";
  private static final String VOWELS = "aeiou";

  private Generated() {}

  /** Pairs of records, of which so large a part has another date of birth. */
  static List<Profile> profiles(int people, double otherBirthDate) {
    Random random = new Random(7);
    List<Profile> profiles = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      String given = word(random);
      String family = i % 10 == 0 ? "Commonson" : word(random) + word(random);
      String born = date(random);
      profiles.add(profile(given, family, born, i));
      boolean other = random.nextDouble() < otherBirthDate;
      profiles.add(profile(given, family, other ? date(random) : born, i));
    }
    return profiles;
  }

  private static Profile profile(String given, String family, String born, int street) {
    return People.RULES.profile(
        People.person(given, family)
            .born(born)
            .at(street + " Long Road", "Town" + street % 20, "AB" + street)
            .customer());
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
    }
    return word.toString();
  }

  private static String date(Random random) {
    return String.format(
        "%d-%02d-%02d", 1930 + random.nextInt(70), 1 + random.nextInt(12), 2 + random.nextInt(26));
  }
}
