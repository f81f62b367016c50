package io.nave.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How a system gets a person wrong: what it never asked, what is old, shared or mistyped. */
final class Mess {

  /** How often a spoke knows a thing. */
  private record Habits(
      double email,
      double mobile,
      double landline,
      double birthDate,
      double home,
      double loyalty) {}

  private static final Map<String, Habits> HABITS =
      Map.of(
          "salesforce", new Habits(0.88, 0.72, 0.3, 0.6, 0.85, 0),
          "acoustic", new Habits(1, 0.45, 0.1, 0.4, 0.55, 0),
          "gigya", new Habits(1, 0.6, 0, 0.75, 0.5, 0),
          "s4hana", new Habits(0.65, 0.65, 0.4, 0.65, 0.97, 0.7));

  /** These know a person by the e-mail address, so that nobody else there can have it. */
  private static final Set<String> KEYED_BY_EMAIL = Set.of("acoustic", "gigya");

  private static final LocalDate NOT_ASKED = LocalDate.of(1970, 1, 1);

  private final Dice dice;
  private final Map<String, Set<String>> taken = new HashMap<>();

  Mess(Dice dice) {
    this.dice = dice;
  }

  Draft of(Person person, String spoke) {
    var draft = new Draft(person, spoke);
    var habits = HABITS.get(spoke);
    name(draft);
    draft.gender = dice.chance(0.7) ? person.woman() ? "female" : "male" : null;
    draft.language = dice.chance(0.6) ? person.language() : null;
    draft.birthDate = dice.chance(habits.birthDate) ? birthDate(person) : null;
    draft.email = dice.chance(habits.email) ? email(person, spoke) : null;
    draft.mobile = dice.chance(habits.mobile) ? typed(person.mobile(), 5) : null;
    boolean landline = person.landline() != null && dice.chance(habits.landline);
    draft.landline = landline ? typed(person.landline(), landlinePrefix(person)) : null;
    draft.home = dice.chance(habits.home) ? home(person) : null;
    draft.loyalty = dice.chance(habits.loyalty) ? person.loyalty() : null;
    draft.marketing = marketing(person, spoke);
    return draft;
  }

  private void name(Draft draft) {
    var person = draft.person;
    boolean own = person.ownScript() && dice.chance(0.9);
    draft.given = spelling(person.given(), own);
    draft.family = spelling(person.family(), own);
    if (own) {
      return;
    }
    draft.given = nickname(draft.given);
    draft.given = dice.chance(0.03) ? Typo.in(draft.given, dice) : draft.given;
    draft.family = dice.chance(0.03) ? Typo.in(draft.family, dice) : draft.family;
    noise(draft);
  }

  private void noise(Draft draft) {
    if (dice.chance(0.015)) {
      var given = draft.given;
      draft.given = draft.family;
      draft.family = given;
    }
    switch (dice.weighted(0.91, 0.04, 0.04, 0.01)) {
      case 1 -> inCase(draft, true);
      case 2 -> inCase(draft, false);
      case 3 -> draft.family = "  " + draft.family + " ";
      default -> {}
    }
  }

  private static void inCase(Draft draft, boolean upper) {
    draft.given =
        upper ? draft.given.toUpperCase(Locale.ROOT) : draft.given.toLowerCase(Locale.ROOT);
    draft.family =
        upper ? draft.family.toUpperCase(Locale.ROOT) : draft.family.toLowerCase(Locale.ROOT);
  }

  /** People with accents or another script are met in several spellings. */
  private String spelling(Spellings name, boolean own) {
    var plain = name.plainOnes();
    boolean accents = name.own().chars().allMatch(c -> c < 0x250);
    if (own || accents && dice.chance(0.65)) {
      return name.own();
    }
    return dice.chance(0.8) ? name.plain() : dice.of(plain);
  }

  private String nickname(String given) {
    var nicknames = Words.NICKNAMES.get(given);
    return nicknames != null && dice.chance(0.15) ? dice.of(nicknames) : given;
  }

  private LocalDate birthDate(Person person) {
    var date = person.birthDate();
    return switch (dice.weighted(0.98, 0.006, 0.006, 0.008)) {
      case 1 -> date.getDayOfMonth() <= 12 ? swapped(date) : date;
      case 2 -> date.plusDays(1);
      case 3 -> NOT_ASKED;
      default -> date;
    };
  }

  private static LocalDate swapped(LocalDate date) {
    return LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue());
  }

  private String email(Person person, String spoke) {
    var email = choice(person);
    if (KEYED_BY_EMAIL.contains(spoke)) {
      email = free(person, spoke, email);
    }
    return dice.chance(0.03) ? email.toUpperCase(Locale.ROOT) : email;
  }

  private String choice(Person person) {
    var own = person.emails();
    return switch (dice.weighted(0.76, 0.1, 0.14)) {
      case 1 -> own.get(own.size() - 1);
      case 2 -> person.familyEmail() == null ? own.get(0) : person.familyEmail();
      default -> own.get(0);
    };
  }

  private String free(Person person, String spoke, String wanted) {
    var used = taken.computeIfAbsent(spoke, s -> new HashSet<>());
    var candidates = new ArrayList<>(List.of(wanted));
    candidates.addAll(person.emails());
    for (var candidate : candidates) {
      if (used.add(candidate)) {
        return candidate;
      }
    }
    var another = "contact" + used.size() + "." + person.emails().get(0);
    used.add(another);
    return another;
  }

  private Home home(Person person) {
    var homes = person.homes();
    var home = dice.chance(0.82) ? homes.get(0) : homes.get(homes.size() - 1);
    if (dice.chance(0.05)) {
      var street = home.street().replace("Road", "Rd").replace("Street", "St");
      home = new Home(street, home.town(), home.region(), home.postcode(), home.landlineStart());
    }
    boolean tight = dice.chance(0.06);
    var postcode =
        tight ? home.postcode().replace(" ", "").toLowerCase(Locale.ROOT) : home.postcode();
    return new Home(home.street(), home.town(), home.region(), postcode, home.landlineStart());
  }

  private static int landlinePrefix(Person person) {
    return person.homes().get(0).landlineStart().indexOf(' ');
  }

  /** A number as people type it; {@code prefix} digits of the national form come before a space. */
  private String typed(String e164, int prefix) {
    var national = "0" + e164.substring(3);
    var spaced = national.substring(0, prefix) + " " + national.substring(prefix);
    return switch (dice.weighted(0.3, 0.3, 0.2, 0.1, 0.1)) {
      case 0 -> spaced;
      case 1 -> national;
      case 2 -> e164;
      case 3 -> "+44 " + spaced.substring(1);
      default -> "(" + national.substring(0, prefix) + ") " + national.substring(prefix);
    };
  }

  /** An opt-out is told by some systems, while others still hold the consent of before. */
  private Boolean marketing(Person person, String spoke) {
    if (spoke.equals("s4hana")) {
      return null;
    }
    if (person.optedOut()) {
      return !dice.chance(0.7);
    }
    return dice.chance(0.85) ? Boolean.TRUE : null;
  }
}
