package io.nave.sync;

import io.nave.canonical.Consent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A consent that the hub has told a record.
 *
 * @param subject without what it is bound to
 * @param decidedAt when the customer decided, or null
 * @param noticedAt when the hub began to tell it
 * @param sentAt when the spoke had taken it, or the next write after it
 * @param reportedBy the latest time that a report of it bears, as clocks may differ
 */
record ToldConsent(
    Consent.Subject subject,
    Consent.State state,
    Instant decidedAt,
    Instant noticedAt,
    Instant sentAt,
    Instant reportedBy) {

  /** One that is weighed strictly: the clocks do not differ. */
  ToldConsent(
      Consent.Subject subject,
      Consent.State state,
      Instant decidedAt,
      Instant noticedAt,
      Instant sentAt) {
    this(subject, state, decidedAt, noticedAt, sentAt, sentAt);
  }

  /**
   * Whether a report that comes late, when the record has been told otherwise since, repeats this:
   * it bears the date that the hub told, or one of the time when the hub told it. Spokes may cut
   * times to the second. One whose times are coarser, or whose clock is wrong, is taken at its
   * word.
   *
   * @param at when the consent was decided or the record changed, as the spoke has it
   */
  boolean isRepeatedBy(Consent consent, Instant at) {
    return isOf(consent)
        && (at.equals(decidedAt)
            || !at.isBefore(noticedAt.truncatedTo(ChronoUnit.SECONDS)) && !at.isAfter(reportedBy));
  }

  /** Whether it is about the same, and to the same effect. */
  boolean isOf(Consent consent) {
    var reported = consent.subject();
    boolean isSameSide =
        (state == Consent.State.granted) == (consent.state() == Consent.State.granted);
    boolean isSameChannel =
        subject.channel().equals(reported.channel()) || subject.channel().equals("any");
    return isSameSide
        && isSameChannel
        && subject.purpose().equals(reported.purpose())
        && Objects.equals(subject.topic(), reported.topic())
        && Objects.equals(subject.brand(), reported.brand());
  }
}
