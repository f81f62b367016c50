package io.nave.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.chaos.Change.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PlanLaws {
  private static final Duration LENGTH = Duration.ofMinutes(3);

  private static Plan plan(long seed) {
    return Plan.of(seed, 80, LENGTH, 5, 3);
  }

  @Property(tries = 50)
  void theSameSeedGivesTheSamePlan(@ForAll long seed) {
    assertThat(plan(seed)).isEqualTo(plan(seed));
    assertThat(plan(seed)).isNotEqualTo(plan(seed + 1));
  }

  @Property(tries = 50)
  void everyKindOfMisfortuneComesBeforeAnyComesTwice(@ForAll long seed) {
    for (var kinds : List.of(Misfortune.Kind.MACHINES, Misfortune.Kind.SYSTEMS)) {
      var track =
          plan(seed).misfortunes().stream().filter(one -> kinds.contains(one.kind())).toList();
      var first = track.subList(0, Math.min(kinds.size(), track.size()));
      assertThat(first).extracting(Misfortune::kind).doesNotHaveDuplicates();
      for (int i = 1; i < track.size(); i++) {
        assertThat(track.get(i).atMillis()).isGreaterThan(track.get(i - 1).endMillis());
      }
      assertThat(track).allMatch(one -> one.endMillis() <= LENGTH.toMillis());
    }
  }

  @Property(tries = 50)
  void eachAttributeOfAPersonChangesInOneSystemOnly(@ForAll long seed) {
    var spokes =
        plan(seed).changes().stream()
            .collect(groupingBy(Change::what, mapping(Change::spoke, toSet())));
    assertThat(spokes.values()).allMatch(some -> some.size() == 1);
  }

  @Property(tries = 50)
  void theSameOfAPersonDoesNotChangeTwiceWithinASecond(@ForAll long seed) {
    var latest = new HashMap<String, Long>();
    for (var change : Plan.of(seed, 10, LENGTH, 5, 3).changes()) {
      var before = latest.put(change.what(), change.atMillis());
      assertThat(change.atMillis() - (before == null ? -LENGTH.toMillis() : before))
          .isGreaterThanOrEqualTo(Plan.APART_MILLIS);
    }
  }

  @Property(tries = 50)
  void nobodyChangesBeyondRecognition(@ForAll long seed) {
    var kinds =
        plan(seed).changes().stream()
            .collect(groupingBy(Change::person, mapping(Change::kind, toSet())));
    assertThat(kinds.values()).noneMatch(some -> some.containsAll(Set.of(Kind.NAME, Kind.ADDRESS)));
    assertThat(plan(seed).truth()).extracting(Facts::email).doesNotHaveDuplicates();
    assertThat(plan(seed).truth()).extracting(Facts::mobile).doesNotHaveDuplicates();
    assertThat(plan(seed).truth())
        .extracting(facts -> facts.street().split(" ")[0])
        .doesNotHaveDuplicates();
  }

  @Property(tries = 50)
  void whatIsTrueInTheEndIsWhatChangedLast(@ForAll long seed) {
    var plan = plan(seed);
    var last = new HashMap<Integer, Facts>();
    plan.changes().forEach(change -> last.put(change.person(), change.facts()));
    var truth = new ArrayList<>(plan.truth());
    last.forEach((person, facts) -> assertThat(truth.get(person)).isEqualTo(facts));
    for (int person = 0; person < plan.people().size(); person++) {
      if (!last.containsKey(person)) {
        assertThat(truth.get(person)).isEqualTo(plan.people().get(person));
      }
    }
  }
}
