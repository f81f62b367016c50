package io.nave.consent;

import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds at a time, from all that was ever said. Pure; the order of the entries plays no part.
 *
 * <ul>
 *   <li>For each subject the latest decision counts. At the same time the stricter counts:
 *       withdrawn, denied, expired, pending, granted.
 *   <li>A statement of unknown time is older than any of known time; but a stop of unknown time may
 *       have been decided as late as the hub heard of it. So a system that merely still holds an
 *       old grant undoes no stop.
 *   <li>A stop (withdrawn, denied) on a wider subject stands over the narrower ones: channel {@code
 *       any} over each channel, the purpose over its topics, no brand over each brand, unbound over
 *       one number. Only a later grant lifts it: on the wide subject itself, or on one within it,
 *       and then for what that one takes in. Who may lift it is the purpose's {@link Conflict}.
 *   <li>A grant ends when the purpose says so, and a later one renews it. What is pending lapses
 *       when the purpose says so.
 *   <li>No entry, no change.
 * </ul>
 */
public final class ConsentFold {
  private final Terms terms;

  /** Under which nothing ends and the latest decision counts. */
  public ConsentFold() {
    this(Terms.NONE);
  }

  /** With what the purposes say about conflicts and how long grants last. */
  public ConsentFold(Purposes purposes) {
    this(Terms.of(purposes));
  }

  private ConsentFold(Terms terms) {
    this.terms = terms;
  }

  /** What holds for each subject that some entry is about, in the order of the subjects. */
  public List<Effective> fold(Collection<ConsentEntry> entries, Instant at) {
    Map<Subject, History> histories = new HashMap<>();
    for (ConsentEntry entry : entries) {
      var subject = entry.consent().subject();
      histories.computeIfAbsent(subject, s -> new History(terms.conflict(s.purpose()))).add(entry);
    }
    List<Effective> latest = new ArrayList<>(histories.size());
    List<Effective> stops = new ArrayList<>();
    for (History history : histories.values()) {
      latest.add(history.latest());
      Effective stop = history.standingStop();
      if (stop != null) {
        stops.add(stop);
      }
    }
    return ended(stopped(latest, stops), at);
  }

  /**
   * What holds for a subject that may not be mentioned itself: a stop on a wider one, else the
   * latest of the wider ones. Empty where nothing was said: then nothing is allowed that needs
   * consent.
   *
   * @param folded the result of {@link #fold}
   */
  public Optional<Effective> of(Collection<Effective> folded, Subject asked) {
    List<Effective> covering = new ArrayList<>();
    for (Effective e : folded) {
      if (e.subject().equals(asked)) {
        return Optional.of(e);
      }
      if (Coverage.covers(e.subject(), asked)) {
        covering.add(e);
      }
    }
    List<Effective> stops = covering.stream().filter(e -> isStop(e.state())).toList();
    return Optional.ofNullable(standing(stops, covering, asked))
        .or(() -> covering.stream().max(Precedence::effective));
  }

  /** Whether what it says may end by itself. */
  public boolean mayEnd(ConsentEntry entry) {
    return terms.lasts(entry.consent().purpose(), entry.consent().state()) != null;
  }

  /** When the first of them ends by itself; empty where none does. */
  public static Optional<Instant> nextEnd(Collection<Effective> folded) {
    return folded.stream()
        .filter(e -> e.state() != State.expired)
        .map(Effective::endsAt)
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }

  /** Whether the state says no: nothing may be sent, whoever says yes elsewhere. */
  public static boolean isStop(State state) {
    return state == State.withdrawn || state == State.denied;
  }

  /** Whether the one counts where both were decided at the same time. */
  public static boolean isStricter(State a, State b) {
    return Precedence.isStricter(a, b);
  }

  private List<Effective> stopped(List<Effective> latest, List<Effective> stops) {
    List<Effective> result = new ArrayList<>(latest.size());
    for (Effective own : latest) {
      Effective stop =
          isStop(own.state()) ? null : standing(wider(stops, own), latest, own.subject());
      result.add(stop == null ? own : inherited(own.subject(), stop));
    }
    result.sort((a, b) -> Precedence.BY_SUBJECT.compare(a.subject(), b.subject()));
    return result;
  }

  private static List<Effective> wider(List<Effective> stops, Effective own) {
    List<Effective> wider = new ArrayList<>(stops.size());
    for (Effective stop : stops) {
      if (!stop.subject().equals(own.subject())) {
        wider.add(stop);
      }
    }
    return wider;
  }

  /** The latest stop that reaches the subject and that no later grant lifts; null: none. */
  private Effective standing(List<Effective> stops, List<Effective> latest, Subject subject) {
    Effective standing = null;
    for (Effective stop : stops) {
      if (Coverage.covers(stop.subject(), subject)
          && !lifted(stop, latest, subject)
          && (standing == null || Precedence.effective(stop, standing) > 0)) {
        standing = stop;
      }
    }
    return standing;
  }

  private boolean lifted(Effective stop, List<Effective> latest, Subject subject) {
    var conflict = terms.conflict(subject.purpose());
    for (Effective grant : latest) {
      if (grant.state() == State.granted
          && conflict.lifts(grant.entry(), stop.entry())
          && Coverage.covers(stop.subject(), grant.subject())
          && Coverage.covers(grant.subject(), subject)) {
        return true;
      }
    }
    return false;
  }

  private static Effective inherited(Subject subject, Effective from) {
    return new Effective(subject, from.state(), from.entry(), from.endsAt(), Words.inherited(from));
  }

  // -- what ends by itself

  private List<Effective> ended(List<Effective> folded, Instant at) {
    if (!terms.anyEnds()) {
      return folded;
    }
    var now = folded.stream().map(e -> ended(e, at)).toList();
    return now.stream().map(e -> renewed(e, now)).toList();
  }

  private Effective ended(Effective e, Instant at) {
    var lasts = terms.lasts(e.subject().purpose(), e.state());
    if (lasts == null) {
      return e;
    }
    var consent = e.entry().consent();
    var begun = consent.decidedAt() == null ? e.entry().recordedAt() : consent.decidedAt();
    var end = Terms.end(begun, lasts);
    return at.isBefore(end)
        ? new Effective(e.subject(), e.state(), e.entry(), end, e.reason())
        : new Effective(
            e.subject(), State.expired, e.entry(), end, Words.ended(e.state(), begun, lasts, end));
  }

  /** A later grant on a wider subject renews one that has ended. */
  private static Effective renewed(Effective own, List<Effective> all) {
    if (own.state() != State.expired || !own.entry().isGrant()) {
      return own;
    }
    return all.stream()
        .filter(wide -> wide.state() == State.granted)
        .filter(wide -> Coverage.covers(wide.subject(), own.subject()))
        .filter(wide -> Precedence.isLater(wide.entry(), own.entry()))
        .max(Precedence::effective)
        .map(wide -> inherited(own.subject(), wide))
        .orElse(own);
  }
}
