package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.sync.Reading.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static Consent email(State state) {
    return consent("email", state);
  }

  private static Consent consent(String channel, State state) {
    return new Consent("marketing", channel, null, null, null, state, null, null, null);
  }

  private static Reading read(String channel, List<Consent> wanted, List<Consent> found) {
    return Reading.of(consent(channel, State.granted).subject(), wanted, found);
  }

  @Test
  void whatIsThereIsConfirmed() {
    var there = List.of(email(State.withdrawn), consent("sms", State.granted));
    assertThat(read("email", there, there)).isEqualTo(new Reading(Verdict.CONFIRMED, null));
  }

  @Test
  void aStopOnEveryChannelIsConfirmedOnThoseThatAreHeld() {
    var wanted = List.of(email(State.withdrawn));
    assertThat(read("any", wanted, wanted).verdict()).isEqualTo(Verdict.CONFIRMED);
    assertThat(read("any", wanted, List.of(email(State.granted))).verdict())
        .isEqualTo(Verdict.CONTRADICTED);
  }

  @Test
  void aSpokeThatSaysNothingContradicts() {
    var reading = read("email", List.of(email(State.withdrawn)), List.of());
    assertThat(reading.verdict()).isEqualTo(Verdict.CONTRADICTED);
    assertThat(reading.words()).isEqualTo("read back: nothing (expected: withdrawn)");
  }

  @Test
  void aStopThatNobodyKnowsOfIsStricter() {
    var wanted = List.of(email(State.granted));
    assertThat(read("email", wanted, List.of(email(State.withdrawn))).verdict())
        .isEqualTo(Verdict.STRICTER);
    assertThat(read("email", wanted, List.of()).verdict()).isEqualTo(Verdict.CONTRADICTED);
  }

  private static Held held(Consent... consents) {
    var nobody = CanonicalJson.read("{}", io.nave.canonical.Customer.class);
    return new Held(nobody, List.of(consents), null);
  }

  @Test
  void aStopThatNobodyKnowsOfIsHeeded() {
    var found = held(email(State.withdrawn), consent("sms", State.granted));
    var wanted = List.of(email(State.granted), consent("sms", State.withdrawn));
    assertThat(Reading.heedingStops(found, wanted, List.of(), one -> false).consents())
        .containsExactly(email(State.granted), consent("sms", State.granted));
    assertThat(Reading.holdsUnheardStop(found, wanted, List.of())).isTrue();
    assertThat(Reading.holdsUnheardStop(held(consent("sms", State.withdrawn)), wanted, List.of()))
        .isFalse();
  }

  @Test
  void whatTheHubWantsNothingOfIsLeftAlone() {
    var found = held(consent("phone", State.granted));
    assertThat(Reading.heedingStops(found, List.of(), List.of(), one -> false).consents())
        .isEmpty();
    assertThat(Reading.holdsUnheardStop(found, List.of(), List.of())).isFalse();
    assertThat(Reading.holdsUnheardStop(held(email(State.denied)), List.of(), List.of())).isTrue();
  }

  @Test
  void theSameDecisionOfAnotherTimeIsTheSame() {
    var at = java.time.Instant.parse("2026-01-01T00:00:00Z");
    var dated = new Consent("marketing", "email", null, null, null, State.granted, at, null, null);
    assertThat(Reading.withDatesOf(List.of(dated), held(email(State.granted))).consents())
        .containsExactly(dated);
  }

  @Test
  void aStrictSpokeIsLeftAloneWhateverElseDiffers() {
    var wanted = List.of(email(State.granted), consent("sms", State.withdrawn));
    var found = List.of(email(State.withdrawn), consent("sms", State.granted));
    assertThat(read("any", wanted, found).verdict()).isEqualTo(Verdict.STRICTER);
  }

  @Test
  void whatIsWrittenNowhereHasNoPlace() {
    assertThat(read("phone", List.of(email(State.withdrawn)), List.of()).verdict())
        .isEqualTo(Verdict.NO_PLACE);
  }
}
