package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Which of two statements counts: the greater one. */
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

  private Precedence() {}

  /** Times of decisions; one that is not known is older than all others. */
  static int times(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return a.compareTo(b);
  }

  /** Entries on one subject. */
  static int entries(ConsentEntry a, ConsentEntry b) {
    Consent one = a.consent();
    Consent other = b.consent();
    int byTime = times(one.decidedAt(), other.decidedAt());
    if (byTime == 0 && one.decidedAt() == null) {
      byTime = times(a.recordedAt(), b.recordedAt());
    }
    int byState = byTime != 0 ? byTime : strictness(one.state()) - strictness(other.state());
    return byState != 0 ? byState : b.key().compareTo(a.key());
  }

  /** What holds for several subjects. */
  static int effective(Effective a, Effective b) {
    int byTime = times(a.decidedAt(), b.decidedAt());
    int byState = byTime != 0 ? byTime : strictness(a.state()) - strictness(b.state());
    int byKey = byState != 0 ? byState : b.key().compareTo(a.key());
    return byKey != 0 ? byKey : BY_SUBJECT.compare(b.subject(), a.subject());
  }

  private static int strictness(State state) {
    return STRICTEST_LAST.indexOf(state);
  }
}
