package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds now, from all that was ever said. Pure; the order of the entries plays no part.
 *
 * <ul>
 *   <li>For each subject the latest decision counts. A decision of unknown time is older than any
 *       known one; between two of unknown time the one recorded later counts.
 *   <li>At the same time the stricter counts: withdrawn, denied, expired, pending, granted.
 *   <li>A stop (withdrawn, denied) on a wider subject stands over the narrower ones: channel {@code
 *       any} over each channel, the purpose over its topics, no brand over each brand, unbound over
 *       one number. A later grant on the wide subject itself, or on a subject between the two,
 *       lifts it there.
 *   <li>No entry, no change.
 * </ul>
 */
public final class ConsentFold {
  private static final List<State> STRICTEST_LAST =
      List.of(State.granted, State.pending, State.expired, State.denied, State.withdrawn);

  private static final Comparator<Instant> UNKNOWN_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private static final Comparator<Subject> BY_SUBJECT =
      Comparator.comparing(Subject::purpose)
          .thenComparing(Subject::channel, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Subject::topic, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Subject::brand, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Subject::boundTo, Comparator.nullsFirst(Comparator.naturalOrder()));

  /** What holds for each subject that some entry is about, in the order of the subjects. */
  public List<Effective> fold(Collection<ConsentEntry> entries) {
    Collection<Effective> latest = latest(entries);
    return latest.stream()
        .map(own -> own(own, latest))
        .sorted(Comparator.comparing(Effective::subject, BY_SUBJECT))
        .toList();
  }

  /**
   * What holds for a subject that may not be mentioned itself: a stop on a wider one, else the
   * latest of its own and the wider ones. Empty where nothing was said: then nothing is allowed
   * that needs consent.
   *
   * @param folded the result of {@link #fold}
   */
  public Optional<Effective> of(Collection<Effective> folded, Subject asked) {
    Optional<Effective> stop = stop(folded, asked);
    Optional<Effective> own = folded.stream().filter(e -> e.subject().equals(asked)).findFirst();
    if (stop.isPresent() && own.isEmpty()) {
      return stop;
    }
    return own.or(() -> covering(folded, asked).stream().max(ConsentFold::compare));
  }

  /** Whether the state says no: nothing may be sent, whoever says yes elsewhere. */
  public static boolean isStop(State state) {
    return state == State.withdrawn || state == State.denied;
  }

  private static Collection<Effective> latest(Collection<ConsentEntry> entries) {
    Map<Subject, ConsentEntry> latest = new HashMap<>();
    for (ConsentEntry entry : entries) {
      latest.merge(entry.consent().subject(), entry, (a, b) -> compareEntries(a, b) >= 0 ? a : b);
    }
    return latest.values().stream().map(ConsentFold::own).toList();
  }

  private static Effective own(ConsentEntry entry) {
    Consent c = entry.consent();
    String reason = c.decidedAt() == null ? "decision of unknown time" : "latest decision";
    return new Effective(c.subject(), c.state(), c.decidedAt(), entry.key(), reason);
  }

  private static Effective own(Effective own, Collection<Effective> latest) {
    return isStop(own.state())
        ? own
        : stop(latest, own.subject()).map(stop -> inherited(own.subject(), stop)).orElse(own);
  }

  private static Effective inherited(Subject subject, Effective stop) {
    String reason = stop.state() + " for " + words(stop.subject());
    return new Effective(subject, stop.state(), stop.decidedAt(), stop.key(), reason);
  }

  private static String words(Subject s) {
    String channel = s.channel() == null ? Coverage.ANY : s.channel();
    String topic = s.topic() == null ? "" : ", topic " + s.topic();
    String brand = s.brand() == null ? "" : ", brand " + s.brand();
    return s.purpose() + " on channel " + channel + topic + brand;
  }

  /** The latest stop that reaches the subject and that no later grant lifts. */
  private static Optional<Effective> stop(Collection<Effective> latest, Subject subject) {
    List<Effective> covering = covering(latest, subject);
    return covering.stream()
        .filter(e -> isStop(e.state()))
        .filter(e -> covering.stream().noneMatch(g -> lifts(g, e)))
        .max(ConsentFold::compare);
  }

  private static List<Effective> covering(Collection<Effective> latest, Subject subject) {
    return latest.stream().filter(e -> Coverage.covers(e.subject(), subject)).toList();
  }

  private static boolean lifts(Effective grant, Effective stop) {
    return grant.state() == State.granted
        && Coverage.covers(stop.subject(), grant.subject())
        && UNKNOWN_FIRST.compare(grant.decidedAt(), stop.decidedAt()) > 0;
  }

  private static int compare(Effective a, Effective b) {
    int byTime = UNKNOWN_FIRST.compare(a.decidedAt(), b.decidedAt());
    int byState = byTime != 0 ? byTime : strictness(a.state()) - strictness(b.state());
    int byKey = byState != 0 ? byState : b.key().compareTo(a.key());
    return byKey != 0 ? byKey : BY_SUBJECT.compare(b.subject(), a.subject());
  }

  private static int compareEntries(ConsentEntry a, ConsentEntry b) {
    Instant one = a.consent().decidedAt();
    Instant other = b.consent().decidedAt();
    boolean unknown = one == null && other == null;
    int byTime =
        unknown
            ? UNKNOWN_FIRST.compare(a.recordedAt(), b.recordedAt())
            : UNKNOWN_FIRST.compare(one, other);
    return byTime != 0 ? byTime : compare(own(a), own(b));
  }

  private static int strictness(State state) {
    return STRICTEST_LAST.indexOf(state);
  }
}
