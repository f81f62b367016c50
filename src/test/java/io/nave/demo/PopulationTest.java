package io.nave.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Population TOWN = Population.generate(5_000, 42);

  @Test
  void theSameSeedGivesTheSamePopulation() {
    assertThat(Population.generate(300, 7)).isEqualTo(Population.generate(300, 7));
    assertThat(Population.generate(300, 7)).isNotEqualTo(Population.generate(300, 8));
  }

  @Test
  void aNegativeNumberOfPeopleIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Population.generate(-1, 7))
        .withMessage("people: -1 (expected: 0 or more)");
  }

  @Test
  void everyoneIsInOneToFourSystemsAndSomeTwiceInOne() {
    var spokes =
        TOWN.records().stream()
            .collect(groupingBy(SpokeRecord::person, groupingBy(SpokeRecord::spoke, counting())));

    assertThat(TOWN.people()).hasSize(5_000);
    assertThat(spokes).hasSize(5_000);
    assertThat(spokes.values().stream().map(Map::size).collect(toSet()))
        .containsExactlyInAnyOrder(1, 2, 3, 4);
    long twice = spokes.values().stream().filter(m -> m.containsValue(2L)).count();
    assertThat(twice / 5_000.0).isBetween(0.05, 0.15);
  }

  @Test
  void aboutFourPercentOptedOutAndOneOfTheirSystemsKnows() {
    var out = TOWN.people().stream().filter(Person::optedOut).map(Person::id).collect(toSet());

    assertThat(out.size() / 5_000.0).isCloseTo(0.04, within(0.01));
    var told = share(SpokeRecord::person, r -> Boolean.FALSE.equals(r.marketing()));
    assertThat(out).containsAll(told);
    var ableToKnow = share(SpokeRecord::person, r -> !r.spoke().equals("s4hana"));
    assertThat(told).containsAll(out.stream().filter(ableToKnow::contains).toList());
  }

  @Test
  void systemsKeyedByEmailHoldEachAddressOnce() {
    for (var spoke : List.of("acoustic", "gigya")) {
      var emails = TOWN.of(spoke).stream().map(SpokeRecord::email).map(Folded::of).toList();
      assertThat(emails).doesNotHaveDuplicates().doesNotContainNull();
    }
  }

  @Test
  void namesComeFromManyPlacesAndScripts() {
    var cultures = TOWN.people().stream().collect(groupingBy(Person::culture, counting()));
    assertThat(cultures).hasSize(Culture.values().length);
    assertThat(cultures.get(Culture.english) / 5_000.0).isBetween(0.55, 0.73);
    for (var script : List.of("ARABIC", "HAN", "THAI", "LATIN")) {
      assertThat(TOWN.records()).anyMatch(r -> r.given().matches("\\p{Is" + script + "}+"));
    }
    assertThat(TOWN.records()).anyMatch(r -> r.family().endsWith("ska"));
  }

  @Test
  void householdsShareHomesNumbersAndAddresses() {
    var byEmail = shared(r -> r.email() == null ? null : Folded.of(r.email()));
    var byLandline = shared(r -> Likeness.digits(r.landline()));

    assertThat(byEmail).isGreaterThan(10);
    assertThat(byLandline).isGreaterThan(50);
  }

  @Test
  void systemsGetPeopleWrong() {
    assertThat(TOWN.records())
        .anyMatch(r -> r.home() != null && old(r))
        .anyMatch(r -> r.given().equals(person(r).family().own()))
        .anyMatch(r -> r.family().length() > 3 && r.family().equals(upper(r.family())))
        .anyMatch(r -> "Bob".equals(r.given()))
        .anyMatch(r -> r.mobile() != null && r.mobile().startsWith("07"))
        .anyMatch(r -> r.mobile() == null)
        .anyMatch(r -> r.birthDate() != null && !r.birthDate().equals(person(r).birthDate()));
  }

  @Test
  void aCarefulReaderFindsNearlyAllAndHardlyEverErrs() {
    var truth = new Truth();
    TOWN.records().forEach(r -> truth.put(r.spoke(), "" + r.index(), r.person()));

    var score = truth.score(Reader.crosswalk(TOWN.records()));

    assertThat(score.recall()).isBetween(0.93, 0.995);
    assertThat(score.precision()).isGreaterThanOrEqualTo(0.998);
    assertThat(score.duplicates()).isGreaterThan(4_000);
  }

  private static Person person(SpokeRecord record) {
    return TOWN.people().get(record.person());
  }

  private static boolean old(SpokeRecord record) {
    var homes = person(record).homes();
    return homes.size() > 1 && record.home().equals(homes.get(1));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static Set<Integer> share(
      Function<SpokeRecord, Integer> what, Predicate<SpokeRecord> of) {
    return TOWN.records().stream().filter(of).map(what).collect(toSet());
  }

  /** How many values several people have. */
  private static long shared(Function<SpokeRecord, String> value) {
    return TOWN.records().stream()
        .filter(r -> value.apply(r) != null)
        .collect(groupingBy(value, groupingBy(SpokeRecord::person)))
        .values()
        .stream()
        .filter(people -> people.size() > 1)
        .count();
  }

  /** Links by {@link Likeness}, in chains. */
  static final class Reader {
    private final int[] parents;

    private Reader(int size) {
      parents = IntStream.range(0, size).toArray();
    }

    static Map<String, String> crosswalk(List<SpokeRecord> records) {
      var reader = new Reader(records.size());
      var blocks = new HashMap<String, ArrayList<SpokeRecord>>();
      for (var record : records) {
        keys(record)
            .forEach(key -> blocks.computeIfAbsent(key, k -> new ArrayList<>()).add(record));
      }
      blocks.values().forEach(reader::compare);
      var crosswalk = new HashMap<String, String>();
      records.forEach(r -> crosswalk.put(r.spoke() + ":" + r.index(), "" + reader.root(r.index())));
      return crosswalk;
    }

    private static List<String> keys(SpokeRecord r) {
      return Stream.of(
              r.loyalty(),
              r.email() == null ? null : Folded.of(r.email()),
              Likeness.digits(r.mobile()),
              r.birthDate() == null ? null : r.birthDate().toString())
          .filter(Objects::nonNull)
          .toList();
    }

    private void compare(List<SpokeRecord> block) {
      for (int i = 0; i < block.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (Likeness.link(block.get(i), block.get(j))) {
            parents[root(block.get(i).index())] = root(block.get(j).index());
          }
        }
      }
    }

    private int root(int of) {
      return parents[of] == of ? of : root(parents[of]);
    }
  }
}
