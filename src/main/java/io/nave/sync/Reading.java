package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.consent.ConsentFold;
import io.nave.consent.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What was read back from a spoke, beside what should be there. Pure.
 *
 * @param verdict what it means for the notice
 * @param words what the spoke holds instead; null where all is well
 */
record Reading(Verdict verdict, String words) {

  /** What a reading means. */
  enum Verdict {
    /** The spoke holds it. */
    CONFIRMED,
    /** The spoke holds something else, which may be overwritten. */
    CONTRADICTED,
    /** The spoke holds a stop where the hub knows of none: this is never overwritten unheard. */
    STRICTER,
    /** The record has no place for it. */
    NO_PLACE
  }

  /**
   * @param about what the notice is about
   * @param wanted what the spoke should report
   * @param found what it reports
   */
  static Reading of(Consent.Subject about, List<Consent> wanted, List<Consent> found) {
    var concerned = wanted.stream().filter(one -> Reach.meet(about, one.subject())).toList();
    if (concerned.isEmpty()) {
      return new Reading(Verdict.NO_PLACE, "the record has no place for it");
    }
    Reading reading = new Reading(Verdict.CONFIRMED, null);
    for (var one : concerned) {
      var held = found.stream().filter(f -> f.subject().equals(one.subject())).findFirst();
      var state = held.map(Consent::state);
      if (!state.equals(Optional.of(one.state())) && reading.verdict != Verdict.STRICTER) {
        reading = otherwise(one.state(), state.orElse(null));
      }
    }
    return reading;
  }

  /**
   * What was found, for comparing it with what should be there. A stop that the hub knows nothing
   * of, and what is on its way to the hub, counts as if the spoke held what it should, so that it
   * is not overwritten; and of what the hub wants nothing, it is left alone.
   *
   * @param wanted what the spoke should report
   * @param known what the hub knew it to hold
   * @param newer whether a consent that was found is on its way to the hub
   */
  static Held heedingStops(
      Held found, List<Consent> wanted, List<Consent> known, Predicate<Consent> newer) {
    return replacing(
        found,
        wanted,
        (there, one) -> newer.test(there) || isUnheardStop(there, known) && !isStop(one));
  }

  /** Of consents that should be there only decisions count, not when they were made. */
  static Held withDatesOf(List<Consent> wanted, Held found) {
    return replacing(found, wanted, (there, one) -> there.state() == one.state());
  }

  private static Held replacing(
      Held found, List<Consent> wanted, BiPredicate<Consent, Consent> isReplaced) {
    var heeded = new ArrayList<Consent>();
    for (var one : wanted) {
      found.consents().stream()
          .filter(there -> there.subject().equals(one.subject()))
          .findFirst()
          .map(there -> isReplaced.test(there, one) ? one : there)
          .ifPresent(heeded::add);
    }
    return new Held(found.customer(), heeded, found.preferences());
  }

  /** Whether the spoke holds a stop that the hub has not heard of. */
  static boolean holdsUnheardStop(Held found, List<Consent> wanted, List<Consent> known) {
    return found.consents().stream()
        .filter(there -> isUnheardStop(there, known))
        .anyMatch(
            there ->
                wanted.stream()
                    .filter(one -> one.subject().equals(there.subject()))
                    .noneMatch(Reading::isStop));
  }

  private static boolean isUnheardStop(Consent there, List<Consent> known) {
    return isStop(there) && !isStopped(there.subject(), known);
  }

  private static boolean isStop(Consent consent) {
    return ConsentFold.isStop(consent.state());
  }

  private static boolean isStopped(Consent.Subject subject, List<Consent> known) {
    return known.stream().anyMatch(one -> one.subject().equals(subject) && isStop(one));
  }

  private static Reading otherwise(State wanted, State found) {
    boolean stricter = found != null && ConsentFold.isStop(found) && !ConsentFold.isStop(wanted);
    return new Reading(
        stricter ? Verdict.STRICTER : Verdict.CONTRADICTED,
        "read back: " + (found == null ? "nothing" : found) + " (expected: " + wanted + ")");
  }
}
