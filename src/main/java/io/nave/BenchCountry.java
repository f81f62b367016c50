package io.nave;

import java.util.List;
import java.util.Random;

/**
 * A made-up country: 40,000 family names, 3,000 given names, 2,500 towns and a million and a half
 * postcodes in streets, of which a company's customers are a sample. Anybody can be drawn by her
 * number alone, so that nobody has to be kept.
 *
 * <p>Every fifth person lives with the one before her, under the same family name.
 */
final class BenchCountry {
  private static final int POSTCODES = 1_500_000;
  private static final String LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
  private static final List<String> DOMAINS =
      List.of(
          "mail.example",
          "post.example",
          "inbox.example",
          "home.example",
          "net.example",
          "letters.example",
          "talk.example",
          "web.example");

  private final long seed;
  private final BenchNames families;
  private final BenchNames given;
  private final BenchNames towns;
  private final BenchNames streets;

  /** A person, or what a system knows of her; what it does not know is null. */
  record Person(
      String given,
      String family,
      String born,
      String email,
      String phone,
      String line,
      String town,
      String postcode) {}

  private record Home(String line, String town, String postcode) {}

  BenchCountry(long seed) {
    this.seed = seed;
    this.families = new BenchNames(seed + 1, 40_000, 15, name -> name);
    this.given = new BenchNames(seed + 2, 3_000, 5, name -> name);
    this.towns = new BenchNames(seed + 3, 2_500, 10, name -> name + "ton");
    this.streets = new BenchNames(seed + 4, 20_000, 40, name -> name + " Street");
  }

  /** The person with this number; always the same. */
  Person person(int number) {
    var random = random(number);
    var family = families.any(random(housemate(number)));
    var name = given.any(random);
    var born =
        "%d-%02d-%02d"
            .formatted(1934 + random.nextInt(73), 1 + random.nextInt(12), 1 + random.nextInt(28));
    var home = home(random(housemate(number) + (1L << 40)));
    return new Person(
        name,
        family,
        born,
        random.nextInt(100) < 85 ? email(name, family, number, random) : null,
        random.nextInt(100) < 75 ? phone(number) : null,
        home.line,
        home.town,
        home.postcode);
  }

  private Random random(long of) {
    long mixed = (of + seed * 31) * 0x9e3779b97f4a7c15L;
    return new Random(mixed ^ mixed >>> 29);
  }

  private static int housemate(int number) {
    return number % 5 == 4 ? number - 1 : number;
  }

  private static String email(String name, String family, int number, Random random) {
    var local = (name + "." + family).toLowerCase(java.util.Locale.ROOT);
    var domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
    return local + Integer.toString(number, 36) + "@" + domain;
  }

  /** Another number for everybody: the factor has no divisor in common with the modulus. */
  private static String phone(int number) {
    return "+447%09d".formatted(Math.floorMod(number * 387_420_489L + 123_456_789, 1_000_000_000L));
  }

  /** Some person's new number, as a change. */
  static String otherPhone(Random random) {
    return "+448%09d".formatted(random.nextInt(1_000_000_000));
  }

  /** A town has as many postcodes as its size says, and a postcode lies in one street. */
  private Home home(Random random) {
    int town = towns.anyIndex(random);
    int first = (int) (towns.shareBefore(town) * POSTCODES);
    int postcode = first + random.nextInt(Math.max(1, (int) (towns.share(town) * POSTCODES)));
    var street = streets.any(random(postcode + (1L << 41)));
    return new Home((1 + random.nextInt(90)) + " " + street, towns.get(town), code(postcode));
  }

  Person moved(Person person, Random random) {
    var home = home(random);
    return new Person(
        person.given,
        person.family,
        person.born,
        person.email,
        person.phone,
        home.line,
        home.town,
        home.postcode);
  }

  /** Two letters and two digits for the district, a digit and two letters for the rest. */
  private static String code(int number) {
    int rest = number % 4_000;
    int district = number / 4_000;
    int area = district / 30;
    return ""
        + LETTERS.charAt(area % 20)
        + LETTERS.charAt((area / 20 + area) % 20)
        + (10 + district % 30)
        + " "
        + rest / 400
        + LETTERS.charAt(rest / 20 % 20)
        + LETTERS.charAt(rest % 20);
  }
}
