package io.nave.demo;

import io.nave.demo.SpokeFill.Facts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Three changes, each made through one vendor's own API, and how long it takes until every other
 * vendor's own API tells the same.
 */
final class Story {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 15;

  private final Fill fill;
  private final Population population;
  private final Map<String, String> crosswalk;
  private final PrintStream out;

  Story(Fill fill, Population population, Map<String, String> crosswalk, PrintStream out) {
    this.fill = fill;
    this.population = population;
    this.crosswalk = crosswalk;
    this.out = out;
  }

  /** Milliseconds by spoke; a spoke that did not follow in a minute has -1. */
  record Times(Map<String, Long> optOut, Map<String, Long> phone, Map<String, Long> profile) {}

  /** The same person's record in every system. */
  private record Cast(Person person, Map<String, SpokeRecord> records, Map<String, String> ids) {}

  Times tell() throws InterruptedException {
    var cast = cast().orElseThrow(() -> new IllegalStateException("nobody is in all four systems"));
    out.println();
    out.printf("Meet %s %s. Four systems know her or him:%n", name(cast), family(cast));
    for (var spoke : Population.SPOKES) {
      var record = cast.records.get(spoke);
      out.printf(
          "  %-11s %-14s %s %s%n", spoke, cast.ids.get(spoke), record.given(), record.family());
    }
    return new Times(optOut(cast), phone(cast), profile(cast));
  }

  private Map<String, Long> optOut(Cast cast) throws InterruptedException {
    out.println("\n1. Unsubscribes by the link in a newsletter (acoustic). Who may still mail?");
    var acoustic = (AcousticFill) fill.vendor("acoustic");
    acoustic.unsubscribe(cast.ids.get("acoustic"));
    return watch(
        cast,
        List.of("salesforce", "gigya"),
        facts -> Boolean.TRUE.equals(facts.optedOut()),
        "opted out");
  }

  private Map<String, Long> phone(Cast cast) throws InterruptedException {
    var number = "+447700900" + String.format("%03d", cast.person.id() % 1000);
    var digits = number.replaceAll("\\D", "");
    out.println("\n2. Calls with a new mobile number; the sales team notes it (salesforce).");
    ((SalesforceFill) fill.vendor("salesforce")).setMobile(cast.ids.get("salesforce"), number);
    return watch(
        cast,
        List.of("acoustic", "gigya", "s4hana"),
        facts -> facts.mobile().equals(digits),
        "has the new number");
  }

  private Map<String, Long> profile(Cast cast) throws InterruptedException {
    var home = new Home("7 Heol y Bont", "Aberystwyth", "Wales", "SY23 3TL", "+441970");
    out.println("\n3. Moves house, and edits the address in \"my account\" (gigya).");
    ((GigyaFill) fill.vendor("gigya")).setHome(cast.ids.get("gigya"), home);
    return watch(
        cast,
        List.of("salesforce", "acoustic", "s4hana"),
        facts -> facts.town().contains(home.town()),
        "has the new address");
  }

  private Map<String, Long> watch(
      Cast cast, List<String> spokes, Predicate<Facts> done, String words)
      throws InterruptedException {
    long start = System.nanoTime();
    var times = new ConcurrentHashMap<String, Long>();
    var threads =
        spokes.stream()
            .map(spoke -> new Thread(() -> look(cast, spoke, done, start, times), "look-" + spoke))
            .toList();
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    var told = new LinkedHashMap<String, Long>();
    for (var spoke : spokes) {
      long millis = times.getOrDefault(spoke, -1L);
      told.put(spoke, millis);
      out.printf(
          "   %-11s %s%n",
          spoke, millis < 0 ? "not within a minute" : words + " after " + millis + " ms");
    }
    return told;
  }

  private void look(
      Cast cast, String spoke, Predicate<Facts> done, long start, Map<String, Long> times) {
    long until = start + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < until) {
        if (done.test(fill.vendor(spoke).read(cast.ids.get(spoke)))) {
          times.put(spoke, (System.nanoTime() - start) / 1_000_000);
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Somebody with one record in each system, all linked, who may be mailed. */
  private Optional<Cast> cast() throws InterruptedException {
    var byPerson =
        population.records().stream().collect(Collectors.groupingBy(SpokeRecord::person));
    for (var person : population.people()) {
      var records = byPerson.getOrDefault(person.id(), List.of());
      if (records.size() == Population.SPOKES.size() && !person.optedOut() && isGood(records)) {
        var cast = cast(person, records);
        if (cast.ids.size() == Population.SPOKES.size() && mayBeMailed(cast)) {
          return Optional.of(cast);
        }
      }
    }
    return Optional.empty();
  }

  private boolean isGood(List<SpokeRecord> records) {
    boolean each = records.stream().map(SpokeRecord::spoke).distinct().count() == records.size();
    var customers =
        records.stream()
            .map(record -> crosswalk.get(record.spoke() + ":" + fill.recordId(record.index())))
            .distinct()
            .toList();
    return each && customers.size() == 1 && customers.get(0) != null;
  }

  private Cast cast(Person person, List<SpokeRecord> records) {
    var bySpoke = new LinkedHashMap<String, SpokeRecord>();
    var ids = new LinkedHashMap<String, String>();
    for (var record : records) {
      bySpoke.put(record.spoke(), record);
      ids.put(record.spoke(), fill.recordId(record.index()));
    }
    return new Cast(person, bySpoke, ids);
  }

  private boolean mayBeMailed(Cast cast) throws InterruptedException {
    for (var spoke : List.of("acoustic", "salesforce", "gigya")) {
      if (!Boolean.FALSE.equals(fill.vendor(spoke).read(cast.ids.get(spoke)).optedOut())) {
        return false;
      }
    }
    return true;
  }

  private static String name(Cast cast) {
    return cast.person.given().own();
  }

  private static String family(Cast cast) {
    return cast.person.family().own();
  }
}
