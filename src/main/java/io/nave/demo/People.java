package io.nave.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Invents people, household by household: families with one home, one landline and sometimes one
 * e-mail address; twins with one birth date; fathers and sons with one name. Given names in a
 * household begin with different letters, so that sharing is hard but never hopeless.
 */
final class People {
  private static final LocalDate EPOCH = LocalDate.of(1936, 1, 1);
  private static final int DAYS = 71 * 365;
  private static final double OPTED_OUT = 0.04;
  private static final List<String> DOMAINS =
      List.of("example.com", "example.org", "example.net", "mail.example", "post.example");

  private final Dice dice;
  private final List<Person> people = new ArrayList<>();
  private final Set<String> emails = new HashSet<>();
  private final Set<String> mobiles = new HashSet<>();

  People(Dice dice) {
    this.dice = dice;
  }

  List<Person> invent(int count) {
    for (int household = 0; people.size() < count; household++) {
      household(household, count);
    }
    return people;
  }

  /** What the members of a household have in common. */
  private record Shared(
      int household, Culture culture, Spellings family, Home home, String landline, String email) {}

  private void household(int number, int count) {
    int size = Math.min(1 + dice.weighted(0.55, 0.25, 0.12, 0.08), count - people.size());
    boolean namesakes = size == 2 && dice.chance(0.02);
    boolean twins = size > 1 && dice.chance(0.03);
    var shared = shared(number, size > 1 && !namesakes);
    var initials = new HashSet<Character>();
    var first = member(shared, initials);
    people.add(first);
    for (int i = 1; i < size; i++) {
      people.add(namesakes ? sonOf(first, shared) : sibling(shared, initials, first, twins));
    }
  }

  private Shared shared(int number, boolean several) {
    var culture = Culture.any(dice);
    var home = Words.home(dice);
    var family = culture.family(dice);
    var landline =
        dice.chance(0.5) ? "+44" + home.landlineStart().replace(" ", "").substring(1) : null;
    if (landline != null) {
      landline += dice.digits(13 - landline.length());
    }
    boolean oneAddress = several && dice.chance(0.5);
    var email =
        oneAddress ? email("the." + plain(family.plain()).replaceAll("s$", "") + "s") : null;
    return new Shared(number, culture, family, home, several ? landline : null, email);
  }

  private Person member(Shared shared, Set<Character> initials) {
    boolean woman = dice.chance(0.51);
    var given = shared.culture.given(woman, dice);
    for (int i = 0; i < 60 && !initials.add(plain(given.plain()).charAt(0)); i++) {
      given = shared.culture.given(woman, dice);
    }
    return person(shared, given, woman, EPOCH.plusDays(dice.between(0, DAYS)));
  }

  private Person sibling(Shared shared, Set<Character> initials, Person first, boolean twins) {
    var sibling = member(shared, initials);
    return twins ? person(shared, sibling.given(), sibling.woman(), first.birthDate()) : sibling;
  }

  private Person sonOf(Person father, Shared shared) {
    var birthDate = father.birthDate().plusDays(dice.between(22 * 365, 38 * 365));
    return person(shared, father.given(), father.woman(), birthDate);
  }

  private Person person(Shared shared, Spellings given, boolean woman, LocalDate birthDate) {
    var family = shared.culture.familyOf(shared.family, woman);
    var local = plain(given.plain()) + dice.of(List.of(".", "_", "")) + plain(family.plain());
    var own = new ArrayList<>(List.of(email(local)));
    if (dice.chance(0.35)) {
      own.add(email(plain(given.plain()).charAt(0) + plain(family.plain())));
    }
    var homes = new ArrayList<>(List.of(shared.home));
    if (dice.chance(0.25)) {
      homes.add(Words.home(dice));
    }
    return new Person(
        people.size(),
        shared.household,
        shared.culture,
        dice.chance(shared.culture.ownScript),
        given,
        family,
        woman,
        birthDate,
        List.copyOf(own),
        shared.email,
        mobile(),
        shared.landline,
        List.copyOf(homes),
        "L" + (10_000_000 + people.size()) + dice.digits(1),
        dice.chance(OPTED_OUT));
  }

  private String email(String local) {
    var domain = dice.of(DOMAINS);
    var address = local + "@" + domain;
    while (!emails.add(address)) {
      address = local + dice.between(2, 9999) + "@" + domain;
    }
    return address;
  }

  private String mobile() {
    var number = "+447" + dice.between(1, 3) + dice.digits(8);
    while (!mobiles.add(number)) {
      number = "+447" + dice.between(1, 3) + dice.digits(8);
    }
    return number;
  }

  private static String plain(String name) {
    return Folded.of(name).replaceAll("[^a-z]", "");
  }
}
