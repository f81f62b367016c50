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
            states(
                entry("email", State.granted, null, 99), entry("email", State.withdrawn, null, 98)))
        .containsExactly("email granted");
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
    Effective email = fold.fold(List.of(entry("email", State.granted, 10, 1), stop)).get(1);
    assertThat(email.key()).isEqualTo(stop.key());
    assertThat(email.decidedAt()).isEqualTo(stop.consent().decidedAt());
    assertThat(email.reason()).isEqualTo("withdrawn for marketing on channel any");
  }

  @Test
  void answersForSubjectsThatNobodyMentioned() {
    var folded =
        fold.fold(
            List.of(entry("any", State.granted, 20, 1), entry("email", State.withdrawn, 10, 1)));
    assertThat(fold.of(folded, subject("email", "offers")).map(Effective::state))
        .contains(State.withdrawn);
    assertThat(fold.of(folded, subject("sms", "offers")).map(Effective::state))
        .contains(State.granted);
    assertThat(fold.of(folded, new Subject("profiling", "any", null, null, null)))
        .isEqualTo(Optional.empty());
  }

  @Test
  void keepsAStopOnOneNumberToThatNumber() {
    var folded = fold.fold(List.of(entry("sms", State.granted, 10, 1), bound(State.withdrawn, 20)));
    assertThat(folded).extracting(Effective::state).containsExactly(State.granted, State.withdrawn);
  }

  private static ConsentEntry bound(State state, int at) {
    Consent c =
        new Consent("marketing", "sms", null, null, "+441", state, time(at), null, Map.of());
    return new ConsentEntry(new SourceKey("sms", "1"), c, time(at));
  }

  private List<String> states(ConsentEntry... entries) {
    return fold.fold(Stream.of(entries).toList()).stream()
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
