package io.nave.consent;

import io.nave.canonical.Consent.State;
import io.nave.canonical.Consent.Subject;
import java.util.ArrayList;
import java.util.Collection;
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
 *       one number. Only a later grant lifts it: on the wide subject itself, or on one within it,
 *       and then for what that one takes in.
 *   <li>No entry, no change.
 * </ul>
 */
public final class ConsentFold {

  /** What holds for each subject that some entry is about, in the order of the subjects. */
  public List<Effective> fold(Collection<ConsentEntry> entries) {
    Map<Subject, History> histories = new HashMap<>();
    for (ConsentEntry entry : entries) {
      histories.computeIfAbsent(entry.consent().subject(), s -> new History()).add(entry);
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
    return stopped(latest, stops);
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

  /** Whether the state says no: nothing may be sent, whoever says yes elsewhere. */
  public static boolean isStop(State state) {
    return state == State.withdrawn || state == State.denied;
  }

  private static List<Effective> stopped(List<Effective> latest, List<Effective> stops) {
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
  private static Effective standing(
      List<Effective> stops, List<Effective> latest, Subject subject) {
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

  private static boolean lifted(Effective stop, List<Effective> latest, Subject subject) {
    for (Effective grant : latest) {
      if (grant.state() == State.granted
          && Precedence.times(grant.decidedAt(), stop.decidedAt()) > 0
          && Coverage.covers(stop.subject(), grant.subject())
          && Coverage.covers(grant.subject(), subject)) {
        return true;
      }
    }
    return false;
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
}
