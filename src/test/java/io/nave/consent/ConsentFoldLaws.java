package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConsentFoldLaws {
  private static final String BRIEF = "\n    grantLasts: P1D\n    confirmWithin: P2D\n";

  /** A ledger and the rules that it is folded by. */
  private record Case(ConsentFold fold, List<ConsentEntry> ledger, Instant at) {
    List<Effective> folded() {
      return folded(ledger);
    }

    List<Effective> folded(List<ConsentEntry> other) {
      return fold.fold(other, at);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(folds(), ledgers(), times()).as(Case::new);
  }

  private static Arbitrary<ConsentFold> folds() {
    return Arbitraries.of("latest-act\n", "customer-first\n", "strictest\n", "latest-act" + BRIEF)
        .map("purposes:\n  - name: marketing\n    conflict: "::concat)
        .map(text -> new ConsentFold(Purposes.parse("purposes.yaml", text)));
  }

  /** Decisions are at most six days old; grants of the last rule last one. */
  private static Arbitrary<Instant> times() {
    return Arbitraries.integers().between(6, 14).map(ConsentFoldLaws::halfDay);
  }

  private static Instant halfDay(long n) {
    return Instant.ofEpochSecond(n * 43_200);
  }

  @Provide
  Arbitrary<List<ConsentEntry>> ledgers() {
    Arbitrary<String> channel = Arbitraries.of("email", "sms", "any");
    Arbitrary<String> topic = Arbitraries.of("offers", null, null);
    Arbitrary<State> state = Arbitraries.of(State.class);
    Arbitrary<Long> decided = Arbitraries.longs().between(1, 6).injectNull(0.2);
    Arbitrary<Long> recorded = Arbitraries.longs().between(1, 9);
    Arbitrary<String> spoke = Arbitraries.of("crm", "esp", "ciam");
    Arbitrary<String> actor = Arbitraries.of("customer", "import", "agent", null);
    return Combinators.combine(channel, topic, state, decided, recorded, spoke, actor)
        .as(ConsentFoldLaws::entry)
        .list()
        .ofMaxSize(10);
  }

  @Property(tries = 2000)
  void orderAndRepetitionPlayNoPart(@ForAll("cases") Case given, @ForAll Random random) {
    List<ConsentEntry> twice = new ArrayList<>(given.ledger());
    twice.addAll(given.ledger());
    Collections.shuffle(twice, random);

    assertThat(given.folded(twice)).isEqualTo(given.folded());
  }

  @Property(tries = 2000)
  void whatHoldsWasSaidInTheEntryThatIsNamed(@ForAll("cases") Case given) {
    for (Effective e : given.folded()) {
      assertThat(given.ledger()).contains(e.entry());
      assertThat(Coverage.covers(e.entry().consent().subject(), e.subject())).isTrue();
      assertThat(e.reason()).isNotBlank();
      if (e.endsAt() == null) {
        assertThat(e.state()).isEqualTo(e.entry().consent().state());
      }
    }
  }

  @Property(tries = 4000)
  void aStopIsNeverLost(@ForAll("cases") Case given) {
    for (ConsentEntry stop : given.ledger()) {
      if (stop.isStop()) {
        given.folded().stream()
            .filter(e -> Coverage.covers(stop.consent().subject(), e.subject()))
            .filter(e -> e.state() == State.granted)
            .forEach(e -> assertThat(isGrantedAfter(given, stop, e.subject())).isTrue());
      }
    }
  }

  @Property(tries = 2000)
  void aMergeKeepsEveryStopOfBothUnlessAGrantOfTheOtherLiftsIt(
      @ForAll("cases") Case one, @ForAll("ledgers") List<ConsentEntry> ledger) {
    var other = new Case(one.fold(), elsewhere(List.of(), ledger), one.at());
    var merged = new Case(one.fold(), elsewhere(one.ledger(), ledger), one.at());
    aStopIsNeverLost(merged);
    isKept(one, other, merged);
    isKept(other, one, merged);
  }

  private static void isKept(Case stopped, Case other, Case merged) {
    for (Effective stop : stopped.folded()) {
      if (ConsentFold.isStop(stop.state()) && allows(merged, merged.ledger(), stop.subject())) {
        assertThat(isGrantedAfter(other, stop.entry(), stop.subject())).isTrue();
      }
    }
  }

  @Property(tries = 1000)
  void anUnmergeGivesBackWhatHeldBefore(
      @ForAll("cases") Case one, @ForAll("ledgers") List<ConsentEntry> other) {
    var before = one.folded();
    var merged = elsewhere(one.ledger(), other);
    one.folded(merged);
    merged.removeIf(entry -> entry.key().recordId().equals("2"));
    assertThat(one.folded(merged)).isEqualTo(before);
  }

  @Property(tries = 2000)
  void timeAloneAllowsNothing(@ForAll("cases") Case given) {
    var later = given.fold().fold(given.ledger(), given.at().plusSeconds(100_000));
    for (Effective e : later) {
      if (e.state() == State.granted) {
        assertThat(allows(given, given.ledger(), e.subject())).isTrue();
      }
    }
  }

  @Property(tries = 1000)
  void theAnswerForAMentionedSubjectIsItsFold(@ForAll("cases") Case given) {
    List<Effective> folded = given.folded();
    folded.forEach(e -> assertThat(given.fold().of(folded, e.subject())).contains(e));
  }

  @Property(tries = 1000)
  void nothingIsAllowedOnAnUnmentionedTopicThatItsChannelStops(@ForAll("cases") Case given) {
    List<Effective> folded = given.folded();
    for (Effective e : folded) {
      Subject s = e.subject();
      if (s.topic() == null && ConsentFold.isStop(e.state())) {
        Subject asked = new Subject(s.purpose(), s.channel(), "other", null, null);
        assertThat(given.fold().of(folded, asked).map(x -> ConsentFold.isStop(x.state())))
            .contains(true);
      }
    }
  }

  private static boolean allows(Case by, List<ConsentEntry> ledger, Subject subject) {
    var folded = by.folded(ledger);
    return by.fold().of(folded, subject).filter(e -> e.state() == State.granted).isPresent();
  }

  /** The ledger, and the other one as that of another record. */
  private static List<ConsentEntry> elsewhere(List<ConsentEntry> one, List<ConsentEntry> other) {
    List<ConsentEntry> both = new ArrayList<>(one);
    for (var entry : other) {
      var key = new SourceKey(entry.key().spoke(), "2");
      both.add(new ConsentEntry(key, entry.consent(), entry.recordedAt()));
    }
    return both;
  }

  /** There is a grant within what was stopped, decided after all that can be known of the stop. */
  private static boolean isGrantedAfter(Case given, ConsentEntry stop, Subject subject) {
    return given.ledger().stream()
        .filter(g -> g.consent().state() == State.granted)
        .filter(g -> Coverage.covers(stop.consent().subject(), g.consent().subject()))
        .filter(g -> Coverage.covers(g.consent().subject(), subject))
        .anyMatch(g -> later(g, stop));
  }

  private static boolean later(ConsentEntry grant, ConsentEntry stop) {
    Instant g = grant.consent().decidedAt();
    Instant s = stop.consent().decidedAt();
    boolean isImport = "import".equals(stop.consent().evidence().get("actor"));
    if (g == null) {
      return false;
    }
    return s != null ? g.isAfter(s) : isImport || g.isAfter(stop.recordedAt());
  }

  private static ConsentEntry entry(
      String channel,
      String topic,
      State state,
      Long decided,
      Long recorded,
      String spoke,
      String actor) {
    Instant at = decided == null ? null : halfDay(decided);
    Map<String, Object> evidence = actor == null ? Map.of() : Map.of("actor", actor);
    Consent c = new Consent("marketing", channel, topic, null, null, state, at, null, evidence);
    return new ConsentEntry(new SourceKey(spoke, "1"), c, halfDay(recorded));
  }
}
