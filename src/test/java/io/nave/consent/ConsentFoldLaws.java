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
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConsentFoldLaws {
  private final ConsentFold fold = new ConsentFold();

  @Provide
  Arbitrary<List<ConsentEntry>> ledgers() {
    Arbitrary<String> channel = Arbitraries.of("email", "sms", "any");
    Arbitrary<String> topic = Arbitraries.of("offers", null, null);
    Arbitrary<State> state = Arbitraries.of(State.class);
    Arbitrary<Long> decided = Arbitraries.longs().between(1, 6).injectNull(0.2);
    Arbitrary<Long> recorded = Arbitraries.longs().between(1, 9);
    Arbitrary<String> spoke = Arbitraries.of("crm", "esp", "ciam");
    return Combinators.combine(channel, topic, state, decided, recorded, spoke)
        .as(ConsentFoldLaws::entry)
        .list()
        .ofMaxSize(10);
  }

  @Property(tries = 1000)
  void orderAndRepetitionPlayNoPart(
      @ForAll("ledgers") List<ConsentEntry> ledger, @ForAll Random random) {
    List<ConsentEntry> twice = new ArrayList<>(ledger);
    twice.addAll(ledger);
    Collections.shuffle(twice, random);

    assertThat(fold.fold(twice)).isEqualTo(fold.fold(ledger));
  }

  @Property(tries = 1000)
  void whatHoldsWasSaidByTheSourceThatIsNamed(@ForAll("ledgers") List<ConsentEntry> ledger) {
    for (Effective e : fold.fold(ledger)) {
      assertThat(ledger)
          .anyMatch(
              l ->
                  l.key().equals(e.key())
                      && l.consent().state() == e.state()
                      && Coverage.covers(l.consent().subject(), e.subject()));
    }
  }

  @Property(tries = 2000)
  void aStopIsNeverLost(@ForAll("ledgers") List<ConsentEntry> ledger) {
    List<Effective> folded = fold.fold(ledger);
    for (ConsentEntry stop : ledger) {
      if (ConsentFold.isStop(stop.consent().state())) {
        folded.stream()
            .filter(e -> Coverage.covers(stop.consent().subject(), e.subject()))
            .filter(e -> e.state() == State.granted)
            .forEach(e -> assertThat(isGrantedAfter(ledger, stop, e.subject())).isTrue());
      }
    }
  }

  @Property(tries = 1000)
  void aMergeOfTwoLedgersAllowsNothingThatOneStopsAndTheOtherDoesNotMention(
      @ForAll("ledgers") List<ConsentEntry> one) {
    List<ConsentEntry> other = List.of(entry("any", "elsewhere", State.granted, 9L, 9L, "crm"));
    List<ConsentEntry> both = new ArrayList<>(one);
    both.addAll(other);
    for (Effective e : fold.fold(one)) {
      if (ConsentFold.isStop(e.state())) {
        assertThat(fold.of(fold.fold(both), e.subject()).map(Effective::state))
            .isEqualTo(Optional.of(e.state()));
      }
    }
  }

  @Property(tries = 1000)
  void theAnswerForAMentionedSubjectIsItsFold(@ForAll("ledgers") List<ConsentEntry> ledger) {
    List<Effective> folded = fold.fold(ledger);
    folded.forEach(e -> assertThat(fold.of(folded, e.subject())).contains(e));
  }

  @Property(tries = 1000)
  void nothingIsAllowedOnAnUnmentionedTopicThatItsChannelStops(
      @ForAll("ledgers") List<ConsentEntry> ledger) {
    List<Effective> folded = fold.fold(ledger);
    for (Effective e : folded) {
      Subject s = e.subject();
      if (s.topic() == null && ConsentFold.isStop(e.state())) {
        Subject asked = new Subject(s.purpose(), s.channel(), "other", null, null);
        assertThat(fold.of(folded, asked).map(x -> ConsentFold.isStop(x.state()))).contains(true);
      }
    }
  }

  /** At or after the unknown: a grant within what was stopped, of a later (or later noted) time. */
  private static boolean isGrantedAfter(
      List<ConsentEntry> ledger, ConsentEntry stop, Subject subject) {
    return ledger.stream()
        .filter(g -> g.consent().state() == State.granted)
        .filter(g -> Coverage.covers(stop.consent().subject(), g.consent().subject()))
        .filter(g -> Coverage.covers(g.consent().subject(), subject))
        .anyMatch(g -> later(g, stop));
  }

  private static boolean later(ConsentEntry grant, ConsentEntry stop) {
    Instant g = grant.consent().decidedAt();
    Instant s = stop.consent().decidedAt();
    if (g == null) {
      return s == null && grant.recordedAt().isAfter(stop.recordedAt());
    }
    return s == null || g.isAfter(s);
  }

  private static ConsentEntry entry(
      String channel, String topic, State state, Long decided, Long recorded, String spoke) {
    Instant at = decided == null ? null : Instant.ofEpochSecond(decided);
    Consent c = new Consent("marketing", channel, topic, null, null, state, at, null, Map.of());
    return new ConsentEntry(new SourceKey(spoke, "1"), c, Instant.ofEpochSecond(recorded));
  }
}
