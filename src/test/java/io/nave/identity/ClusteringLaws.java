package io.nave.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.SourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ClusteringLaws {
  private final Clustering clustering = new Clustering(People.RULES);

  @Provide
  Arbitrary<List<People>> people() {
    Arbitrary<String> given =
        Arbitraries.of("John", "Jon", "Peter", "J", "Maria", "Mario", "Jonh", "");
    Arbitrary<String> family = Arbitraries.of("Smith", "Smyth", "Smith-Jones", "");
    Arbitrary<String> suffix = Arbitraries.of("Jr", "Sr", null, null, null);
    Arbitrary<String> born = Arbitraries.of("1950-03-04", "1980-03-04", "1980-04-03", null, null);
    Arbitrary<Integer> mail = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> phone = Arbitraries.integers().between(0, 3);
    return Combinators.combine(given, family, suffix, born, mail, phone)
        .as(ClusteringLaws::one)
        .list()
        .ofMaxSize(9);
  }

  @Provide
  Arbitrary<List<Decision>> decisions() {
    Arbitrary<Integer> id = Arbitraries.integers().between(0, 8);
    return Combinators.combine(id, id, Arbitraries.of(true, false))
        .as((a, b, same) -> new Decision(key(a), key(b), same))
        .list()
        .ofMaxSize(3);
  }

  @Property(tries = 400)
  void orderAndIdsPlayNoPart(
      @ForAll("people") List<People> people,
      @ForAll("decisions") List<Decision> decisions,
      @ForAll Random random) {
    List<SourceRecord> records = records(people);
    List<SourceRecord> shuffled = new ArrayList<>(records);
    java.util.Collections.shuffle(shuffled, random);
    List<Decision> reversed = new ArrayList<>(decisions);
    java.util.Collections.reverse(reversed);

    assertThat(clustering.cluster(shuffled, reversed))
        .isEqualTo(clustering.cluster(records, decisions));
    List<SourceRecord> renumbered =
        records.stream()
            .map(r -> new SourceRecord(-r.id(), r.key(), r.customer(), r.deleted()))
            .toList();
    assertThat(clustering.cluster(renumbered, decisions).stream().map(s -> negative(s)).toList())
        .isEqualTo(clustering.cluster(records, decisions));
  }

  @Property(tries = 400)
  void everyRecordIsInExactlyOneCluster(
      @ForAll("people") List<People> people, @ForAll("decisions") List<Decision> decisions) {
    assertThat(clustering.cluster(records(people), decisions).stream().flatMap(Set::stream))
        .containsExactlyInAnyOrderElementsOf(
            records(people).stream().map(SourceRecord::id).toList());
  }

  @Property(tries = 400)
  void noTwoRecordsOfAClusterContradictEachOther(@ForAll("people") List<People> people) {
    List<SourceRecord> records = records(people);
    for (Set<Long> cluster : clustering.cluster(records, List.of())) {
      for (long a : cluster) {
        for (long b : cluster) {
          assertThat(contradict(records.get((int) a), records.get((int) b))).isFalse();
        }
      }
    }
  }

  @Property(tries = 400)
  void noClusterHoldsWhatAStewardSeparated(
      @ForAll("people") List<People> people, @ForAll("decisions") List<Decision> decisions) {
    Map<Long, Set<Long>> clusterOf = new HashMap<>();
    clustering
        .cluster(records(people), decisions)
        .forEach(c -> c.forEach(id -> clusterOf.put(id, c)));
    for (Decision d : decisions) {
      if (!d.same() && !d.a().equals(d.b()) && clusterOf.containsKey(id(d.a()))) {
        assertThat(clusterOf.get(id(d.a()))).doesNotContain(id(d.b()));
      }
    }
  }

  @Property(tries = 400)
  void unmergeIsTheInverseOfMerge(
      @ForAll("people") List<People> people, @ForAll("decisions") List<Decision> decisions) {
    List<SourceRecord> records = records(people);
    List<Set<Long>> before = clustering.cluster(records, List.of());
    clustering.cluster(records, decisions);

    assertThat(clustering.cluster(records, List.of())).isEqualTo(before);
  }

  @Property(tries = 400)
  void aStewardsJoinHoldsWhereNoOtherStewardObjects(@ForAll("people") List<People> people) {
    List<SourceRecord> records = records(people);
    if (records.size() > 1) {
      Decision same = new Decision(key(0), key(1), true);
      assertThat(clustering.cluster(records, List.of(same)))
          .anyMatch(c -> c.contains(0L) && c.contains(1L));
    }
  }

  @Property(tries = 400)
  void comparingIsSymmetric(@ForAll("people") List<People> people) {
    for (People a : people) {
      for (People b : people) {
        Verdict there = People.RULES.compare(a.customer(), b.customer());
        Verdict back = People.RULES.compare(b.customer(), a.customer());
        assertThat(back.outcome()).isEqualTo(there.outcome());
        assertThat(back.weight()).isEqualTo(there.weight());
        assertThat(back.reasons()).isEqualTo(there.reasons());
      }
    }
  }

  private static boolean contradict(SourceRecord a, SourceRecord b) {
    Pair pair =
        People.RULES.pair(People.RULES.profile(a.customer()), People.RULES.profile(b.customer()));
    return People.RULES.score(pair).isForbidden();
  }

  private static People one(
      String given, String family, String suffix, String born, int mail, int phone) {
    People p = People.person(given, family).suffix(suffix);
    if (born != null) {
      p.born(born);
    }
    if (mail > 0) {
      p.email("m" + mail + "@example.org");
    }
    return phone > 0 ? p.mobile("+44770090000" + phone) : p;
  }

  private static List<SourceRecord> records(List<People> people) {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < people.size(); i++) {
      records.add(new SourceRecord(i, key(i), people.get(i).customer(), false));
    }
    return records;
  }

  private static Set<Long> negative(Set<Long> ids) {
    return ids.stream().map(i -> -i).collect(java.util.stream.Collectors.toSet());
  }

  private static SourceKey key(int id) {
    return new SourceKey("s" + id % 3, "" + id);
  }

  private static long id(SourceKey key) {
    return Long.parseLong(key.recordId());
  }
}
