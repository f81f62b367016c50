package io.nave.chaos;

import io.nave.chaos.Change.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens in a run, and with it what must be true at the end. The same seed, length and rate
 * give the same plan, everywhere and always.
 *
 * <p>Each attribute of a person changes in one system only, so that nobody has to compare the
 * systems' clocks to know which value is the last. Nobody changes name, number and address: who
 * shares no more than an e-mail address with her earlier self is rightly taken for somebody else.
 *
 * @param people as they are at the beginning, each in all systems
 * @param changes in the order of time
 * @param misfortunes in the order of time
 */
public record Plan(List<Facts> people, List<Change> changes, List<Misfortune> misfortunes) {

  /** The systems, by their connectors' names. */
  public static final List<String> SPOKES = List.of("salesforce", "acoustic", "gigya", "s4hana");

  /** Those in which the hub creates records. */
  static final List<String> CREATING = List.of("salesforce", "acoustic");

  /** Some systems date to the second: of two changes within one, nobody knows the later. */
  static final long APART_MILLIS = 2_500;

  private static final List<String> BIRTHPLACES = List.of("gigya", "acoustic");
  private static final List<String> CONSENT_HOMES = List.of("salesforce", "gigya", "acoustic");

  public Plan {
    people = List.copyOf(people);
    changes = List.copyOf(changes);
    misfortunes = List.copyOf(misfortunes);
  }

  /**
   * Plans a run.
   *
   * @param known how many people there are at the beginning
   * @param rate changes a second
   * @param hubs how many instances there are to strike
   */
  public static Plan of(long seed, int known, Duration length, double rate, int hubs) {
    int count = (int) Math.round(rate * length.toMillis() / 1000);
    var draft = new Draft(new Random(seed), seed);
    for (int i = 0; i < known; i++) {
      draft.person(SPOKES);
    }
    var people = List.copyOf(draft.now);
    for (int i = 0; i < count; i++) {
      draft.change(Math.round(i * 1000 / rate));
    }
    var struck = new Random(seed + 1);
    var misfortunes = new ArrayList<Misfortune>();
    misfortunes.addAll(track(struck, length, hubs, Misfortune.Kind.MACHINES));
    misfortunes.addAll(track(struck, length, hubs, Misfortune.Kind.SYSTEMS));
    misfortunes.sort(java.util.Comparator.comparingLong(Misfortune::atMillis));
    return new Plan(people, draft.changes, misfortunes);
  }

  /** One after the other, each kind once before any comes again. */
  private static List<Misfortune> track(
      Random random, Duration length, int hubs, List<Misfortune.Kind> kinds) {
    var track = new ArrayList<Misfortune>();
    var bag = new ArrayList<Misfortune.Kind>();
    long at = 3_000 + random.nextInt(4_000);
    while (true) {
      if (bag.isEmpty()) {
        bag.addAll(kinds);
        Collections.shuffle(bag, random);
      }
      var one =
          new Misfortune(
              at,
              2_000 + random.nextInt(6_000),
              bag.remove(0),
              random.nextInt(hubs),
              SPOKES.get(random.nextInt(SPOKES.size())),
              random.nextLong());
      if (one.endMillis() > length.toMillis()) {
        return track;
      }
      track.add(one);
      at = one.endMillis() + 4_000 + random.nextInt(8_000);
    }
  }

  /** The same changes, and no misfortune. */
  public Plan calm() {
    return new Plan(people, changes, List.of());
  }

  /** What must be true of everybody at the end. */
  List<Facts> truth() {
    var truth = new ArrayList<>(people);
    for (var change : changes) {
      if (change.kind() == Kind.CREATE) {
        truth.add(change.facts());
      } else {
        truth.set(change.person(), change.facts());
      }
    }
    return truth;
  }

  /** The systems that have to hold a person at the end. */
  List<String> spokesOf(int person) {
    if (person < people.size()) {
      return SPOKES;
    }
    var born =
        changes.stream()
            .filter(change -> change.person() == person && change.kind() == Kind.CREATE)
            .map(Change::spoke);
    return Stream.concat(born, CREATING.stream()).distinct().toList();
  }

  /** The people while they are made up. */
  private static final class Draft {
    private static final List<String> GIVEN =
        List.of(
            "Anwen", "Bryn", "Carys", "Dafydd", "Elin", "Ffion", "Gethin", "Heledd", "Idris",
            "Lowri", "Mair", "Nia", "Owain", "Rhian", "Seren", "Tegan", "Urien", "Wyn");
    private static final List<String> FAMILY =
        List.of(
            "Abel", "Birch", "Croft", "Dale", "Ember", "Frost", "Glade", "Heath", "Ivory", "Jewel",
            "Knoll", "Larch", "Mill", "North", "Orchard", "Pike", "Quarry", "Ridge", "Stone",
            "Thorn", "Vale", "Wood", "Yarrow");
    private static final List<String> STREETS =
        List.of("Bridge Street", "Castle Road", "Mill Lane", "High Street", "Station Road");
    private static final List<String> TOWNS =
        List.of("Cardiff", "Swansea", "Bangor", "Newport", "Brecon", "Tenby", "Barry");
    private static final List<String> AREAS = List.of("CF", "SA", "LL", "NP", "LD", "SY");
    private static final String LETTERS = "ABDEFGHJLNPQRSTUWXYZ";

    private final Random random;
    private final List<Facts> now = new ArrayList<>();
    private final List<Homes> homes = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final Map<Integer, Set<String>> names = new HashMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private final int first;
    private int numbers;
    private int houses;

    /** Where each attribute of a person changes. */
    private record Homes(String phone, String address, String name, String consent) {}

    Draft(Random random, long seed) {
      this.random = random;
      this.first = (int) Math.floorMod(seed * 31, 1_000_000L);
    }

    Facts person(List<String> spokes) {
      int number = now.size();
      var facts =
          new Facts(
                  of(GIVEN),
                  of(FAMILY),
                  word() + number + "@chaos.example",
                  mobile(),
                  null,
                  null,
                  null,
                  true)
              .withHome(street(), of(TOWNS), postcode());
      var consent = spokes.size() == 1 ? spokes : CONSENT_HOMES;
      homes.add(new Homes(of(spokes), of(spokes), of(spokes), of(consent)));
      now.add(facts);
      return facts;
    }

    void change(long at) {
      while (!isAdded(at)) {
        // drawn anew
      }
    }

    /** Draws one, which is none where the same of the same person has just changed. */
    private boolean isAdded(long at) {
      int dice = random.nextInt(100);
      if (dice < 5) {
        var spoke = of(BIRTHPLACES);
        int number = now.size();
        changes.add(new Change(at, number, spoke, Kind.CREATE, person(List.of(spoke))));
        return true;
      }
      int person = random.nextInt(now.size());
      var home = homes.get(person);
      var facts = now.get(person);
      if (dice < 30 && facts.mailable()) {
        return isAdded(at, person, home.consent, Kind.STOP, facts.mailable(false));
      }
      if (dice < 45 && !facts.mailable() && !home.consent.equals("acoustic")) {
        return isAdded(at, person, home.consent, Kind.GRANT, facts.mailable(true));
      }
      if (dice < 75 && person % 4 == 0) {
        return isAdded(
            at, person, home.name, Kind.NAME, facts.withFamily(otherFamily(person, facts)));
      }
      if (dice < 75) {
        var moved = facts.withHome(street(), of(TOWNS), postcode());
        return isAdded(at, person, home.address, Kind.ADDRESS, moved);
      }
      return isAdded(at, person, home.phone, Kind.PHONE, facts.withMobile(mobile()));
    }

    private boolean isAdded(long at, int person, String spoke, Kind kind, Facts facts) {
      var change = new Change(at, person, spoke, kind, facts);
      var before = latest.get(change.what());
      if (before != null && at - before < APART_MILLIS) {
        return false;
      }
      latest.put(change.what(), at);
      now.set(person, facts);
      changes.add(change);
      return true;
    }

    /** Nobody takes back a name that she had before: the hub may still be busy with it. */
    private String otherFamily(int person, Facts facts) {
      var had = names.computeIfAbsent(person, any -> new HashSet<>(Set.of(facts.family())));
      var name = of(FAMILY);
      while (!had.add(name)) {
        name = had.size() < FAMILY.size() ? of(FAMILY) : of(FAMILY) + "-" + of(FAMILY);
      }
      return name;
    }

    /** Eight letters, so that no two addresses are alike. */
    private String word() {
      var word = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      return word.toString();
    }

    /** No number comes twice in a million. */
    private String mobile() {
      long six = Math.floorMod(first + numbers++ * 7919L, 1_000_000);
      return "447700%06d".formatted(six);
    }

    /** No house comes twice in ten thousand: one name more, and two people would be one. */
    private String street() {
      long house = 1 + Math.floorMod(first + houses++ * 7919L, 9_973);
      return house + " " + of(STREETS);
    }

    private String postcode() {
      return of(AREAS) + (1 + random.nextInt(9)) + " " + random.nextInt(10) + letter() + letter();
    }

    private char letter() {
      return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }

    private <T> T of(List<T> list) {
      return list.get(random.nextInt(list.size()));
    }
  }
}
