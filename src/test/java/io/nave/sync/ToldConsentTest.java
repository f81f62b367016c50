package io.nave.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.nave.canonical.Consent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldConsentTest {
  private static final Instant DECIDED = Instant.parse("2026-06-01T08:00:00.200Z");
  private static final Instant NOTICED = Instant.parse("2026-06-01T08:00:03.700Z");
  private static final Instant SENT = Instant.parse("2026-06-01T08:00:04.100Z");

  private static ToldConsent told(String channel, Consent.State state) {
    var subject = new Consent.Subject("marketing", channel, null, null, null);
    return new ToldConsent(subject, state, DECIDED, NOTICED, SENT);
  }

  private static boolean isRepeated(ToldConsent told, String topic, String state, String at) {
    var moment = Instant.parse(at);
    var said =
        new Consent(
            "marketing",
            "email",
            topic,
            null,
            null,
            Consent.State.valueOf(state),
            moment,
            null,
            null);
    return told.isRepeatedBy(said, moment);
  }

  private static boolean isRepeated(String state, String at) {
    return isRepeated(told("email", Consent.State.withdrawn), null, state, at);
  }

  @Test
  void whatBearsTheTimeOfTheWriteRepeatsIt() {
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:03.900Z")).isTrue();
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:04.100Z")).isTrue();
  }

  @Test
  void timesMayBeCutToTheSecond() {
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:03Z")).isTrue();
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:04Z")).isTrue();
  }

  @Test
  void whatBearsTheDateThatWasToldRepeatsIt() {
    assertThat(isRepeated("withdrawn", DECIDED.toString())).isTrue();
  }

  @Test
  void whatWasDecidedBeforeOrLaterIsTheSpokesWord() {
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:02.999Z")).isFalse();
    assertThat(isRepeated("withdrawn", "2026-06-01T08:00:04.101Z")).isFalse();
  }

  @Test
  void aYesRepeatsNoStop() {
    assertThat(isRepeated("granted", "2026-06-01T08:00:04Z")).isFalse();
    assertThat(
            isRepeated(told("email", Consent.State.granted), null, "withdrawn", DECIDED.toString()))
        .isFalse();
  }

  @Test
  void aSpokeMayReportAStopInItsOwnWords() {
    var at = DECIDED.toString();
    assertThat(isRepeated(told("any", Consent.State.expired), null, "withdrawn", at)).isTrue();
    assertThat(isRepeated(told("phone", Consent.State.withdrawn), null, "withdrawn", at)).isFalse();
    assertThat(isRepeated(told("email", Consent.State.withdrawn), "news", "withdrawn", at))
        .isFalse();
  }

  @Test
  void aGrantThatWasTakenAwayIsToldAsAStop() {
    var consent =
        new Consent(
            "marketing", "email", null, null, null, Consent.State.granted, DECIDED, null, null);
    var held = new Held(null, List.of(consent), List.of());
    var heldBack = new Held(null, List.of(), List.of());
    var later = new WrittenBefore(heldBack, SENT.plusSeconds(5));
    var before = List.of(later, new WrittenBefore(held, SENT));
    var taken = WrittenBefore.takenGrants(before, held);
    assertThat(taken).hasSize(1);
    assertThat(isRepeated(taken.get(0), null, "withdrawn", "2026-06-01T08:00:04Z")).isTrue();
    assertThat(isRepeated(taken.get(0), null, "withdrawn", "2026-06-01T08:00:05Z")).isFalse();
    assertThat(WrittenBefore.takenGrants(List.of(new WrittenBefore(held, SENT)), held)).isEmpty();
  }
}
