package io.nave.identity;

import static io.nave.identity.People.nameless;
import static io.nave.identity.People.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.SourceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ClusteringTest {
  private static final String MAIL = "smith@example.org";
  private final Clustering clustering = new Clustering(People.RULES);

  @Test
  void joinsAChainOfMatches() {
    assertThat(
            cluster(
                record(1, person("Jane", "Smith").email(MAIL)),
                record(2, person("Jane", "Smith").email(MAIL).mobile("+447700900001")),
                record(3, person("J", "Smith").mobile("+447700900001").email("j@example.org")),
                record(4, nameless().email("j@example.org")),
                record(5, person("Huw", "Lee").email("huw@example.org"))))
        .containsExactly(Set.of(1L, 2L), Set.of(3L, 4L), Set.of(5L));
  }

  @Test
  void aRecordThatSaysNothingChangesNothingForTheOneItIsHeldTo() {
    var jane = record(1, atHome("Jane").email(MAIL).gender("female").mobile("+447700900555"));
    var both = record(2, person("Jane", "Smith").email(MAIL).id("loyalty", "7788123"));
    var other =
        record(
            3,
            person("Jane", "Jones")
                .id("loyalty", "7788123")
                .mobile("+447700900001")
                .email("j@example.org")
                .gender("male")
                .at("9 Mill Lane", "Leeds", "LS1 4AB"));
    var silent = record(4, nameless());
    assertThat(cluster(jane, both, other)).containsExactly(Set.of(1L, 2L), Set.of(3L));
    assertThat(
            clustering.cluster(List.of(jane, both, other, silent), List.of(decision(3, 4, true))))
        .containsExactly(Set.of(1L, 2L), Set.of(3L, 4L));
  }

  @Test
  void leavesARecordToAStewardThatFitsFatherAndSon() {
    var father = record(1, person("John", "Smith").suffix("Sr").email(MAIL));
    var bridge = record(2, person("John", "Smith").email(MAIL));
    var son = record(3, person("John", "Smith").suffix("Jr").email(MAIL));
    Clusters clusters = clustering.resolve(List.of(father, bridge, son), List.of());
    assertThat(clusters.sets()).containsExactly(Set.of(1L), Set.of(2L), Set.of(3L));
    assertThat(clusters.severed()).extracting(Edge::a).containsExactlyInAnyOrder(1L, 2L);
    assertThat(clustering.cluster(List.of(father, bridge, son), List.of(decision(2, 3, true))))
        .containsExactly(Set.of(1L), Set.of(2L, 3L));
  }

  @Test
  void leavesRecordsWithoutABirthDateToAStewardWhereTwoNamesakesLiveAtTheAddress() {
    var old = record(1, johnAtHome().born("1970-10-10"));
    var young = record(2, johnAtHome().born("1990-03-15"));
    var either = record(3, johnAtHome());
    var same = record(4, johnAtHome().gender("male"));
    assertThat(cluster(old, young, either, same))
        .containsExactly(Set.of(1L), Set.of(2L), Set.of(3L, 4L));
    assertThat(cluster(old, either, same)).containsExactly(Set.of(1L, 3L, 4L));
    assertThat(clustering.cluster(List.of(old, young, either, same), List.of(decision(2, 3, true))))
        .containsExactly(Set.of(1L), Set.of(2L, 3L), Set.of(4L));
  }

  @Test
  void joinsTheOneOfTwoNamesakesWhomARecordFitsFarBetter() {
    var old = record(1, johnAtHome().born("1970-10-10"));
    var young = record(2, johnAtHome().born("1990-03-15").id("loyalty", "7788123"));
    var either = record(3, johnAtHome().id("loyalty", "7788123"));
    assertThat(cluster(old, young, either)).containsExactly(Set.of(1L), Set.of(2L, 3L));
  }

  @Test
  void remembersWhichOfACustomersRecordsFitsBest() {
    var young = record(1, johnAtHome().born("1990-03-15"));
    var known = record(2, johnAtHome().born("1990-03-15").id("loyalty", "7788123"));
    var old = record(3, johnAtHome().born("1970-10-10"));
    var either = record(4, johnAtHome().id("loyalty", "7788123"));
    assertThat(cluster(young, known, old, either)).containsExactly(Set.of(1L, 2L, 4L), Set.of(3L));
  }

  @Test
  void leavesAnInitialToAStewardThatFitsTwoTwins() {
    var mark = record(1, atHome("Mark").born("1997-09-28"));
    var marsha = record(2, atHome("Marsha").born("1997-09-28"));
    assertThat(cluster(mark, marsha, record(3, atHome("M").born("1997-09-28"))))
        .containsExactly(Set.of(1L), Set.of(2L), Set.of(3L));
  }

  @Test
  void joinsTwoSpellingsThroughOneBetweenThem() {
    var one = record(1, atHome("Tema").born("2017-01-11"));
    var other = record(2, atHome("Kena").born("2017-01-11"));
    var between = record(3, atHome("Kema").born("2017-01-11"));
    assertThat(cluster(one, other)).hasSize(2);
    assertThat(cluster(one, other, between)).hasSize(1);
  }

  @Test
  void followsAStewardAgainstTheRules() {
    var john = record(1, person("John", "Smith").email(MAIL));
    var peter = record(2, person("Peter", "Smith").email(MAIL));
    var third = record(3, person("John", "Smith").email(MAIL));
    assertThat(cluster(john, peter, third)).containsExactly(Set.of(1L, 3L), Set.of(2L));
    assertThat(clustering.cluster(List.of(john, peter, third), List.of(decision(1, 2, true))))
        .containsExactly(Set.of(1L, 2L, 3L));
    assertThat(clustering.cluster(List.of(john, peter, third), List.of(decision(1, 3, false))))
        .hasSize(3);
  }

  @Test
  void keepsApartWhatAStewardSeparatedAlsoThroughAThird() {
    var a = record(1, person("Jane", "Smith").email(MAIL));
    var b = record(2, person("Jane", "Smith").email(MAIL));
    var c = record(3, person("Jane", "Smith").email(MAIL));
    Clusters clusters = clustering.resolve(List.of(a, b, c), List.of(decision(1, 2, false)));
    assertThat(clusters.sets()).containsExactly(Set.of(1L, 3L), Set.of(2L));
  }

  @Test
  void asksAStewardAboutPossibleMatchesOnlyOnce() {
    var a = record(1, person("Jane", "Smith").phone("+441632960001"));
    var b = record(2, nameless().phone("+441632960001"));
    assertThat(clustering.resolve(List.of(a, b), List.of()).possible()).hasSize(1);
    assertThat(clustering.resolve(List.of(a, b), List.of(decision(1, 2, false))).possible())
        .isEmpty();
    assertThat(clustering.resolve(List.of(a, b), List.of(decision(2, 1, true))).sets()).hasSize(1);
  }

  @Test
  void keepsADeletedRecordInItsPlace() {
    var gone = record(2, person("Jane", "Smith").email(MAIL));
    assertThat(
            cluster(
                record(1, person("Jane", "Smith").email(MAIL)),
                new SourceRecord(2, gone.key(), gone.customer(), true)))
        .containsExactly(Set.of(1L, 2L));
  }

  @Test
  void staysQuickWithThousandsOfRecordsUnderOneEmail() {
    List<SourceRecord> crowd = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      crowd.add(record(i, person("Name" + (char) ('a' + i % 26) + i / 26, "Fam").email(MAIL)));
    }
    Assertions.assertTimeout(Duration.ofSeconds(20), () -> clustering.cluster(crowd, List.of()));
  }

  private List<Set<Long>> cluster(SourceRecord... records) {
    return clustering.cluster(List.of(records), List.of());
  }

  private static People johnAtHome() {
    return atHome("John");
  }

  private static People atHome(String given) {
    return person(given, "Smith").at("32 Harbour Road", "Swansea", "SA1 1AA");
  }

  private static Decision decision(int a, int b, boolean same) {
    return new Decision(key(a), key(b), same);
  }

  private static SourceRecord record(int id, People content) {
    return new SourceRecord(id, key(id), content.customer(), false);
  }

  private static SourceKey key(int id) {
    return new SourceKey("crm", String.format("%05d", id));
  }
}
