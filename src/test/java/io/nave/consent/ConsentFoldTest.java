package io.nave.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConsentFoldTest {
  private static final Instant AT = Instant.ofEpochSecond(1000);
  private final ConsentFold fold = new ConsentFold();

  @Test
  void letsTheLatestDecisionCountWhateverIsRecordedLater() {
    assertThat(states(entry("email", State.withdrawn, 20, 1), entry("email", State.granted, 10, 2)))
        .containsExactly("email withdrawn");
    assertThat(states(entry("email", State.withdrawn, 10, 2), entry("email", State.granted, 20, 1)))
        .containsExactly("email granted");
  }

  @Test
  void takesTheStricterAtTheSameTime() {
    assertThat(
            states(
                entry("email", State.granted, 10, 9),
                entry("email", State.denied, 10, 1),
                entry("sms", State.granted, 10, 9),
                entry("sms", State.pending, 10, 1),
                entry("post", State.pending, 10, 1),
                entry("post", State.expired, 10, 1),
                entry("push", State.denied, 10, 1),
                entry("push", State.withdrawn, 10, 1)))
        .containsExactly("email denied", "post expired", "push withdrawn", "sms pending");
  }

  @Test
  void holdsAnUnknownTimeForOlderThanAnyKnownOne() {
    assertThat(
            states(entry("email", State.withdrawn, 10, 1), entry("email", State.granted, null, 99)))
        .containsExactly("email withdrawn");
    assertThat(
            states(entry("email", State.pending, null, 98), entry("email", State.granted, 10, 1)))
        .containsExactly("email granted");
  }

  @Test
  void takesTheOneThatIsDatedOfTwoStopsThatAreElseTheSame() {
    var dated = entry("email", State.denied, 98, 98);
    var undated = entry("email", State.denied, null, 98);
    assertThat(fold.fold(List.of(dated, undated), AT))
        .isEqualTo(fold.fold(List.of(undated, dated), AT))
        .extracting(Effective::entry)
        .containsExactly(dated);
  }

  @Test
  void letsNoGrantThatASystemMerelyStillHoldsUndoAStopOfUnknownTime() {
    assertThat(
            states(
                entry("email", State.granted, null, 99), entry("email", State.withdrawn, null, 98)))
        .containsExactly("email withdrawn");
    assertThat(
            states(entry("email", State.granted, 97, 99), entry("email", State.denied, null, 98)))
        .containsExactly("email denied");
    assertThat(
            states(entry("email", State.granted, 98, 99), entry("email", State.denied, null, 98)))
        .containsExactly("email denied");
    assertThat(
            states(entry("email", State.granted, 99, 99), entry("email", State.denied, null, 98)))
        .containsExactly("email granted");
  }

  @Test
  void holdsAnActOfTheCustomerAgainstAnImportOfUnknownDate() {
    var act = by("customer", entry("email", State.granted, 10, 10));
    var imported = by("import", entry("email", State.withdrawn, null, 50));
    assertThat(states(act, imported)).containsExactly("email granted");
    assertThat(
            states(
                by("customer", entry("email", State.withdrawn, 10, 10)),
                by("import", entry("email", State.granted, null, 50))))
        .containsExactly("email withdrawn");
    assertThat(fold.fold(List.of(act, imported), AT).get(0).reason())
        .isEqualTo("the customer's latest act");
    assertThat(states(imported, by("import", entry("email", State.granted, null, 60))))
        .containsExactly("email withdrawn");
  }

  @Test
  void letsOnlyTheCustomerLiftAStopWhereThePurposeSaysSo() {
    var stop = entry("email", State.withdrawn, 10, 1);
    var regrant = entry("email", State.granted, 20, 2);
    var own = new ConsentEntry(stop.key(), regrant.consent(), regrant.recordedAt());
    assertThat(states(of("latest-act"), stop, regrant)).containsExactly("email granted");
    for (var strict : List.of("customer-first", "strictest")) {
      assertThat(states(of(strict), stop, regrant)).containsExactly("email withdrawn");
      assertThat(states(of(strict), stop, by("customer", regrant)))
          .containsExactly("email granted");
    }
    assertThat(states(of("customer-first"), stop, own)).containsExactly("email withdrawn");
    assertThat(states(of("strictest"), stop, own)).containsExactly("email granted");
    assertThat(of("customer-first").fold(List.of(stop, regrant), AT).get(0).reason())
        .isEqualTo("withdrawn stands: only the customer's own act lifts it (customer-first)");
  }

  @Test
  void keepsAnEarlierStopThatAnotherSourcesRegrantDoesNotConcern() {
    var esp = entry("email", State.withdrawn, 10, 1);
    var crm = entry("email", State.withdrawn, 12, 2);
    var again = new ConsentEntry(crm.key(), entry("email", State.granted, 15, 3).consent(), AT);
    var held = of("strictest").fold(List.of(esp, crm, again), AT).get(0);
    assertThat(held.state()).isEqualTo(State.withdrawn);
    assertThat(held.key()).isEqualTo(esp.key());
  }

  @Test
  void endsGrantsAndRenewsThem() {
    var lasting = of("latest-act\n    grantLasts: P1D");
    var grant = entry("email", State.granted, 10, 1);
    assertThat(stateAt(lasting, 86_409, grant)).isEqualTo("email granted until 86410");
    assertThat(stateAt(lasting, 86_410, grant)).isEqualTo("email expired until 86410");
    assertThat(stateAt(lasting, 86_410, grant, entry("email", State.granted, 20, 2)))
        .isEqualTo("email granted until 86420");
    assertThat(stateAt(lasting, 86_410, entry("email", State.granted, null, 7)))
        .isEqualTo("email expired until 86407");
    var ended = lasting.fold(List.of(grant), time(86_500)).get(0);
    assertThat(ended.decidedAt()).isEqualTo(time(86_410));
    assertThat(ended.reason()).isEqualTo("granted on 1970-01-01 for 1 day, ended on 1970-01-02");
    assertThat(ConsentFold.nextEnd(lasting.fold(List.of(grant), time(20)))).contains(time(86_410));
    assertThat(ConsentFold.nextEnd(List.of(ended))).isEmpty();
  }

  @Test
  void whatNobodyConfirmsLapsesAndIsNotRenewedByAWiderYes() {
    var confirming = of("latest-act\n    confirmWithin: P1D");
    var pending = entry("email", State.pending, 10, 1);
    assertThat(stateAt(confirming, 86_409, pending)).isEqualTo("email pending until 86410");
    assertThat(stateAt(confirming, 86_410, pending)).isEqualTo("email expired until 86410");
    var wider = entry("any", State.granted, 20, 2);
    var folded = confirming.fold(List.of(pending, wider), time(86_500));
    assertThat(folded).extracting(Effective::state).containsExactly(State.granted, State.expired);
    assertThat(folded.get(1).reason())
        .isEqualTo("pending since 1970-01-01, not confirmed within 1 day");
    assertThat(ConsentFold.nextEnd(confirming.fold(List.of(pending), time(20))))
        .contains(time(86_410));
  }

  @Test
  void renewsAnEndedGrantByALaterOneOnAnyChannel() {
    var lasting = of("latest-act\n    grantLasts: P1D");
    var folded =
        lasting.fold(
            List.of(entry("email", State.granted, 10, 1), entry("any", State.granted, 50_000, 2)),
            time(90_000));
    assertThat(folded).extracting(Effective::state).containsOnly(State.granted);
    assertThat(folded.get(1).reason()).isEqualTo("granted for marketing on channel any");
  }

  @Test
  void takesPendingForNoYes() {
    assertThat(states(entry("email", State.granted, 10, 1), entry("email", State.pending, 20, 2)))
        .containsExactly("email pending");
  }

  @Test
  void letsAStopOnAnyChannelStandUntilALaterGrantOnTheChannel() {
    assertThat(states(entry("email", State.granted, 10, 1), entry("any", State.withdrawn, 20, 2)))
        .containsExactly("any withdrawn", "email withdrawn");
    assertThat(states(entry("email", State.granted, 30, 1), entry("any", State.withdrawn, 20, 2)))
        .containsExactly("any withdrawn", "email granted");
    assertThat(states(entry("email", State.pending, 30, 1), entry("any", State.withdrawn, 20, 2)))
        .containsExactly("any withdrawn", "email withdrawn");
    assertThat(states(entry("email", State.granted, 20, 1), entry("any", State.withdrawn, 20, 2)))
        .containsExactly("any withdrawn", "email withdrawn");
  }

  @Test
  void liftsNoStopOnAChannelByAGrantOnAnyChannel() {
    assertThat(states(entry("email", State.withdrawn, 10, 1), entry("any", State.granted, 20, 2)))
        .containsExactly("any granted", "email withdrawn");
  }

  @Test
  void saysWhoStoppedIt() {
    var stop = entry("any", State.withdrawn, 20, 2);
    Effective email = fold.fold(List.of(entry("email", State.granted, 10, 1), stop), AT).get(1);
    assertThat(email.key()).isEqualTo(stop.key());
    assertThat(email.decidedAt()).isEqualTo(stop.consent().decidedAt());
    assertThat(email.reason()).isEqualTo("withdrawn for marketing on channel any");
  }

  @Test
  void answersForSubjectsThatNobodyMentioned() {
    var folded =
        fold.fold(
            List.of(entry("any", State.granted, 20, 1), entry("email", State.withdrawn, 10, 1)),
            AT);
    assertThat(fold.of(folded, subject("email", "offers")).map(Effective::state))
        .contains(State.withdrawn);
    assertThat(fold.of(folded, subject("sms", "offers")).map(Effective::state))
        .contains(State.granted);
    assertThat(fold.of(folded, new Subject("profiling", "any", null, null, null)))
        .isEqualTo(Optional.empty());
  }

  @Test
  void keepsAStopOnOneNumberToThatNumber() {
    var folded =
        fold.fold(List.of(entry("sms", State.granted, 10, 1), bound(State.withdrawn, 20)), AT);
    assertThat(folded).extracting(Effective::state).containsExactly(State.granted, State.withdrawn);
  }

  private static ConsentEntry bound(State state, int at) {
    Consent c =
        new Consent("marketing", "sms", null, null, "+441", state, time(at), null, Map.of());
    return new ConsentEntry(new SourceKey("sms", "1"), c, time(at));
  }

  /** A fold where marketing has this policy of conflict. */
  private static ConsentFold of(String conflict) {
    var text = "purposes:\n  - name: marketing\n    conflict: " + conflict + "\n";
    return new ConsentFold(Purposes.parse("purposes.yaml", text));
  }

  static ConsentEntry by(String actor, ConsentEntry entry) {
    var c = entry.consent();
    var said =
        new Consent(
            c.purpose(),
            c.channel(),
            c.topic(),
            c.brand(),
            c.boundTo(),
            c.state(),
            c.decidedAt(),
            c.legalBasis(),
            Map.of("actor", actor));
    return new ConsentEntry(entry.key(), said, entry.recordedAt());
  }

  private static String stateAt(ConsentFold fold, int at, ConsentEntry... entries) {
    var e = fold.fold(List.of(entries), time(at)).get(0);
    return e.subject().channel() + " " + e.state() + " until " + e.endsAt().getEpochSecond();
  }

  private List<String> states(ConsentEntry... entries) {
    return states(fold, entries);
  }

  private static List<String> states(ConsentFold fold, ConsentEntry... entries) {
    return fold.fold(Stream.of(entries).toList(), AT).stream()
        .map(e -> e.subject().channel() + " " + e.state())
        .toList();
  }

  private static Subject subject(String channel, String topic) {
    return new Subject("marketing", channel, topic, null, null);
  }

  static ConsentEntry entry(String channel, State state, Integer decided, int recorded) {
    Consent c =
        new Consent("marketing", channel, null, null, null, state, time(decided), null, Map.of());
    return new ConsentEntry(new SourceKey("crm", channel + recorded), c, time(recorded));
  }

  private static Instant time(Integer seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
