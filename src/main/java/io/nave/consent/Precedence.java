package io.nave.consent;

import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Which of two statements counts: the greater one. A total order, so that the order of arrival
 * plays no part.
 */
final class Precedence {
  private static final List<State> STRICTEST_LAST =
      List.of(State.granted, State.pending, State.expired, State.denied, State.withdrawn);

  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

  static final Comparator<Subject> BY_SUBJECT =
      Comparator.comparing(Subject::purpose, TEXT)
          .thenComparing(Subject::channel, TEXT)
          .thenComparing(Subject::topic, TEXT)
          .thenComparing(Subject::brand, TEXT)
          .thenComparing(Subject::boundTo, TEXT);

  private static final Comparator<ConsentEntry> ENTRIES =
      Comparator.comparing(Precedence::countsFrom, Comparator.nullsFirst(Instant::compareTo))
          .thenComparing(entry -> STRICTEST_LAST.indexOf(entry.consent().state()))
          .thenComparing(ConsentEntry::key, Comparator.reverseOrder())
          .thenComparing(ConsentEntry::recordedAt, Comparator.reverseOrder())
          .thenComparing(
              entry -> entry.consent().decidedAt(), Comparator.nullsFirst(Instant::compareTo))
          .thenComparing(entry -> entry.consent().legalBasis(), TEXT)
          .thenComparing(entry -> entry.consent().evidence().toString());

  private Precedence() {}

  /** Entries of one purpose. */
  static int entries(ConsentEntry a, ConsentEntry b) {
    return ENTRIES.compare(a, b);
  }

  /** Whether {@code a} was decided later than {@code b}, as far as one can know. */
  static boolean isLater(ConsentEntry a, ConsentEntry b) {
    var from = countsFrom(a);
    var other = countsFrom(b);
    return from != null && (other == null || from.isAfter(other));
  }

  /**
   * The time of the decision. Where nobody knows it, a stop may have been decided as late as the
   * hub heard of it, and anything else at any time before: so a system that merely still holds an
   * old grant undoes no stop. A stop of an import is as old as a grant of one. Null: older than
   * all.
   */
  private static Instant countsFrom(ConsentEntry entry) {
    if (entry.consent().decidedAt() != null) {
      return entry.consent().decidedAt();
    }
    return entry.isStop() && !entry.isImport() ? entry.recordedAt() : null;
  }

  static boolean isStricter(State a, State b) {
    return STRICTEST_LAST.indexOf(a) > STRICTEST_LAST.indexOf(b);
  }

  /** What holds for several subjects. */
  static int effective(Effective a, Effective b) {
    int byEntry = entries(a.entry(), b.entry());
    return byEntry != 0 ? byEntry : BY_SUBJECT.compare(b.subject(), a.subject());
  }
}
