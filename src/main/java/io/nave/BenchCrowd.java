package io.nave;

import io.nave.BenchCountry.Person;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What systems say about the people of a {@link BenchCountry}: first each person as the CRM knows
 * her, every fifth as the ESP knows her, too; in a mixed load two of five observations are of new
 * people, two are another system's records of known people, with mistakes, and one changes a known
 * record. The same seed gives the same observations.
 */
final class BenchCrowd {
  private final BenchCountry country;
  private final long seed;

  BenchCrowd(long seed) {
    this.country = new BenchCountry(seed);
    this.seed = seed;
  }

  /** People by their numbers, the last one excluded, into an empty or filled hub. */
  Iterator<BenchPeople.Said> fill(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> number)
        .flatMap(number -> first(number).stream())
        .iterator();
  }

  /** How many observations {@link #fill} makes. */
  static int observations(int from, int to) {
    return to - from + (to + 4) / 5 - (from + 4) / 5;
  }

  private List<BenchPeople.Said> first(int number) {
    var said = new ArrayList<BenchPeople.Said>(2);
    var person = country.person(number);
    said.add(said("crm", "c" + number, 1, person, number));
    if (number % 5 == 0) {
      var random = new Random(seed * 7 + number);
      said.add(said("esp", "e" + number, 1, mistaken(person, random), number));
    }
    return said;
  }

  /**
   * A mixed load while so many people are known. It adds two people for every five observations,
   * with the numbers from {@code known} on.
   *
   * @param run differs between loads, so that no record is made twice
   */
  Iterator<BenchPeople.Said> mixed(String run, int known, int observations) {
    var random = new Random(seed * 13 + known);
    var next = new int[] {0, known};
    return new Made(
        observations,
        () -> {
          int number = random.nextInt(known);
          return switch (next[0]++ % 5) {
            case 0, 2 -> said("crm", "c" + next[1], 1, country.person(next[1]++), number);
            case 1, 3 ->
                said("erp", run + next[0], 2, mistaken(country.person(number), random), number);
            default -> said("crm", "c" + number, 3, changed(number, random), number);
          };
        });
  }

  private static final class Made implements Iterator<BenchPeople.Said> {
    private final Supplier<BenchPeople.Said> next;
    private int left;

    Made(int count, Supplier<BenchPeople.Said> next) {
      this.left = count;
      this.next = next;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public BenchPeople.Said next() {
      if (left-- <= 0) {
        throw new NoSuchElementException("observations: no more (expected: hasNext)");
      }
      return next.get();
    }
  }

  private Person changed(int number, Random random) {
    var person = country.person(number);
    if (random.nextBoolean()) {
      return country.moved(person, random);
    }
    return new Person(
        person.given(),
        person.family(),
        person.born(),
        person.email(),
        BenchCountry.otherPhone(random),
        person.line(),
        person.town(),
        person.postcode());
  }

  /** As another clerk typed it: something is missing, something is misspelt. */
  private static Person mistaken(Person person, Random random) {
    return new Person(
        random.nextInt(100) < 15
            ? person.given().substring(0, 1)
            : misspelt(person.given(), random),
        misspelt(person.family(), random),
        random.nextInt(100) < 20 ? null : person.born(),
        random.nextInt(100) < 30 ? null : person.email(),
        random.nextInt(100) < 40 ? null : person.phone(),
        person.line(),
        person.town(),
        random.nextInt(100) < 10 ? null : person.postcode());
  }

  /** One of five has two neighbouring letters swapped. */
  private static String misspelt(String name, Random random) {
    if (name.length() < 4 || random.nextInt(5) > 0) {
      return name;
    }
    int at = 1 + random.nextInt(name.length() - 2);
    return name.substring(0, at) + name.charAt(at + 1) + name.charAt(at) + name.substring(at + 2);
  }

  private static BenchPeople.Said said(
      String spoke, String id, int day, Person person, int number) {
    var json =
        """
        {"spoke":"%s","recordId":"%s","changedAt":"2026-01-0%dT08:00:00Z","customer":{\
        "type":"person","name":{"given":"%s","family":"%s"}%s%s%s,\
        "addresses":[{"lines":["%s"],"city":"%s"%s,"country":"GB"}]}%s}\
        """
            .formatted(
                spoke,
                id,
                day,
                person.given(),
                person.family(),
                some(",\"birthDate\":\"%s\"", person.born()),
                some(",\"emails\":[{\"value\":\"%s\"}]", person.email()),
                some(",\"phones\":[{\"value\":\"%s\"}]", person.phone()),
                person.line(),
                person.town(),
                some(",\"postalCode\":\"%s\"", person.postcode()),
                consent(spoke, number));
    return new BenchPeople.Said(spoke + ":" + id, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String some(String format, String value) {
    return value == null ? "" : format.formatted(value);
  }

  private static String consent(String spoke, int number) {
    return spoke.equals("erp")
        ? ""
        : """
          ,"consents":[{"purpose":"marketing","channel":"%s","state":"%s",\
          "decidedAt":"2025-12-01T08:00:00Z"}]\
          """
            .formatted(
                spoke.equals("crm") ? "phone" : "email", number % 3 == 0 ? "withdrawn" : "granted");
  }
}
