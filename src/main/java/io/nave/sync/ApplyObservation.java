package io.nave.sync;

import io.nave.canonical.AttributeValues;
import io.nave.canonical.Consent;
import io.nave.canonical.Echo;
import io.nave.canonical.Observation;
import io.nave.canonical.Preference;
import io.nave.consent.ConsentFold;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an observation changes in its source record. A pure function: an older statement never
 * replaces a newer one, a repeated one changes nothing, and what the hub itself wrote to the spoke
 * (an echo) is not taken for a statement of the spoke.
 */
final class ApplyObservation {
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

  /**
   * @param record the record afterwards
   * @param entries consent statements that are new: they go to the ledger
   * @param changed whether anything is different from before
   * @param contradicts whether the spoke now holds something that it was not known to hold, so that
   *     it has to be compared with the golden record again
   */
  record Outcome(
      StoredRecord record, List<StatedConsent> entries, boolean changed, boolean contradicts) {}

  private final StoredRecord before;
  private final Observation observation;
  private final Instant receivedAt;
  private final List<Held> written;
  private final boolean isWriting;
  private final List<Held> everWritten;
  private final List<ToldConsent> told;
  private final Instant toldAt;
  private final Instant writingSince;
  private final HubsWrites.Pause pause;
  private final Map<String, Object> values;
  private final Map<String, Instant> since;
  private boolean touched;

  private ApplyObservation(
      StoredRecord before, Observation observation, Instant receivedAt, HubsWrites hub) {
    this.before = before;
    this.observation = observation;
    this.receivedAt = receivedAt;
    this.written = hub.written();
    this.isWriting = hub.isWriting();
    this.everWritten = Stream.concat(written.stream(), hub.before().stream()).toList();
    this.told = hub.told();
    this.toldAt = hub.toldAt();
    this.writingSince = hub.writingSince();
    this.pause = hub.pause();
    this.values = new LinkedHashMap<>(AttributeValues.of(before.content()));
    this.since = new TreeMap<>(before.since());
  }

  /**
   * @param hub what the hub wrote to this record
   */
  static Outcome apply(
      StoredRecord before, Observation observation, Instant receivedAt, HubsWrites hub) {
    return new ApplyObservation(before, observation, receivedAt, hub).apply();
  }

  private Outcome apply() {
    if (observation.kind() == Observation.Kind.delete) {
      return deleted();
    }
    var stated = AttributeValues.of(observation.customer());
    for (var key : spokenOf()) {
      state(key, stated.get(key));
    }
    boolean revived = before.deleted() && isNewer(observation.changedAt(), before.snapshotAt());
    var entries = newConsents();
    var preferences = preferences();
    var snapshotAt = snapshotAt();
    boolean content = touched || revived;
    boolean changed =
        content
            || before.id() == 0
            || !entries.isEmpty()
            || !preferences.equals(before.preferences())
            || !Objects.equals(snapshotAt, before.snapshotAt());
    return new Outcome(
        after(before.deleted() && !revived, snapshotAt, consents(entries), preferences),
        entries,
        changed,
        content || !entries.isEmpty() || !preferences.equals(before.preferences()));
  }

  private Outcome deleted() {
    if (before.deleted() || isNewer(before.snapshotAt(), observation.changedAt())) {
      return new Outcome(before, List.of(), before.id() == 0, false);
    }
    var after = after(true, observation.changedAt(), before.consents(), before.preferences());
    return new Outcome(after, List.of(), true, false);
  }

  private StoredRecord after(
      boolean deleted,
      Instant snapshotAt,
      List<StatedConsent> consents,
      List<Preference> preferences) {
    return new StoredRecord(
        before.id(),
        before.key(),
        before.customerId(),
        deleted,
        touched ? AttributeValues.toCustomer(values) : before.content(),
        since,
        snapshotAt,
        consents,
        preferences,
        before.keys(),
        before.rule());
  }

  /** A snapshot also speaks of the free-form attributes that it no longer carries. */
  private Set<String> spokenOf() {
    if (observation.kind() == Observation.Kind.patch) {
      return observation.stated();
    }
    var keys = new HashSet<>(observation.stated());
    values.keySet().stream()
        .filter(key -> key.startsWith(AttributeValues.FREE_FORM))
        .forEach(keys::add);
    return keys;
  }

  private void state(String key, Object stated) {
    var at = observation.changedAt();
    var current = values.get(key);
    var value = ownPart(key, stated, current);
    boolean same = AttributeValues.isEmpty(value) ? current == null : value.equals(current);
    if (same) {
      if (isGuardedBySnapshot(since.get(key))) {
        since.computeIfPresent(key, (k, known) -> isNewer(known, at) ? at : known);
      }
      touched |= !Objects.equals(since.get(key), before.since().get(key));
    } else if (mayReplace(key, current, value, at) && !isEcho(key, stated)) {
      put(key, value, at);
    }
  }

  /** Only then can an attribute's time be set back without letting an older value in. */
  private boolean isGuardedBySnapshot(Instant known) {
    return before.snapshotAt() != null && !isNewer(known, before.snapshotAt());
  }

  /** In a list that the hub writes to as well, only the spoke's own elements count. */
  private Object ownPart(String key, Object stated, Object current) {
    boolean isList = stated instanceof List<?> || current instanceof List<?>;
    if (everWritten.isEmpty() || !isList) {
      return stated;
    }
    var lists = everWritten.stream().<List<?>>map(held -> list(held.valueOf(key))).toList();
    var own = Echo.ownElements(list(stated), list(current), lists);
    return own.isEmpty() ? null : own;
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private void put(String key, Object value, Instant at) {
    if (AttributeValues.isEmpty(value)) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
    since.put(key, at);
    touched = true;
  }

  /** At the same instant the greater text wins, so that the order of arrival does not matter. */
  private boolean mayReplace(String key, Object current, Object value, Instant at) {
    var guard = latest(since.get(key), before.snapshotAt());
    int order = guard == null ? 1 : at.compareTo(guard);
    return order > 0
        || order == 0
            && (current == null || String.valueOf(value).compareTo(current.toString()) > 0);
  }

  private boolean isEcho(String key, Object value) {
    return everWritten.stream().anyMatch(held -> Echo.isEcho(value, held.valueOf(key)));
  }

  private Instant snapshotAt() {
    return observation.kind() == Observation.Kind.snapshot
        ? latest(before.snapshotAt(), observation.changedAt())
        : before.snapshotAt();
  }

  private List<StatedConsent> newConsents() {
    var entries = new ArrayList<StatedConsent>();
    for (var consent : observation.consents()) {
      var known = latestOn(consent.subject(), before.consents());
      var dated = dated(consent, known);
      boolean anew = isSaidAnew(consent) || isStopBetweenWrites(consent, known);
      if (isNews(dated, known, anew)) {
        entries.add(new StatedConsent(dated, receivedAt));
      }
    }
    return entries;
  }

  /** A state that differs from what the spoke said before was decided by the time of the change. */
  private Consent dated(Consent consent, StatedConsent known) {
    boolean flipped = known != null && known.consent().state() != consent.state();
    if (consent.decidedAt() != null || !flipped) {
      return consent;
    }
    return new Consent(
        consent.purpose(),
        consent.channel(),
        consent.topic(),
        consent.brand(),
        consent.boundTo(),
        consent.state(),
        observation.changedAt(),
        consent.legalBasis(),
        consent.evidence());
  }

  private boolean isNews(Consent consent, StatedConsent known, boolean anew) {
    if (isLateEcho(consent)) {
      return false;
    }
    if (known != null && known.consent().state() == consent.state()) {
      return isNewer(consent.decidedAt(), known.consent().decidedAt())
          && (anew || !repeatsTheHub(consent));
    }
    return !isStale(consent, known) && (anew || !isConsentEcho(consent));
  }

  /**
   * Whether it was decided after the hub had told the same, and nothing is being told, or of a yes
   * something else: what the person said in between may still be on its way. For a yes the clocks
   * may differ a little.
   */
  private boolean isSaidAnew(Consent consent) {
    if (consent.decidedAt() == null) {
      return false;
    }
    var clocks = consent.state() == Consent.State.granted ? CLOCKS_DIFFER : Duration.ZERO;
    var same = told.stream().filter(one -> one.isOf(consent)).toList();
    if (same.isEmpty()) {
      return toldAt != null
          && consent.decidedAt().isAfter(toldAt.plus(clocks))
          && (!isWriting || isStopThatNobodyWrites(consent));
    }
    return (!isWriting || isYesThatNobodyWrites(consent))
        && same.stream().allMatch(one -> consent.decidedAt().isAfter(one.sentAt().plus(clocks)));
  }

  /**
   * Whether it was decided while the hub wrote nothing, in a record that decides itself: what the
   * hub wrote since repeats a stop that was there. Where the hub told a stop, the clocks may differ
   * a little.
   */
  private boolean isStopBetweenWrites(Consent consent, StatedConsent known) {
    var at = consent.decidedAt();
    boolean isStop = consent.state() != Consent.State.granted;
    if (pause == null || known == null || at == null || !isStop) {
      return false;
    }
    boolean isTold = told.stream().anyMatch(one -> one.isOf(consent));
    var clocks = isTold ? CLOCKS_DIFFER : Duration.ZERO;
    return at.isAfter(pause.from().plus(clocks))
        && isBefore(at, pause.to().minus(clocks))
        && sameOfTheHub(consent).noneMatch(one -> at.equals(one.decidedAt()));
  }

  private boolean isYesThatNobodyWrites(Consent consent) {
    return consent.state() == Consent.State.granted
        && written.stream()
            .skip(writtenBeforeNow())
            .allMatch(held -> held.consents().stream().noneMatch(one -> isSame(one, consent)));
  }

  /** One that the record held before what is being written, too. */
  private boolean isStopThatNobodyWrites(Consent consent) {
    return consent.state() != Consent.State.granted
        && writtenBeforeNow() > 0
        && written.stream()
            .allMatch(held -> held.consents().stream().anyMatch(one -> isSame(one, consent)));
  }

  private int writtenBeforeNow() {
    return written.size() - (isWriting ? 1 : 0);
  }

  private static boolean isSame(Consent a, Consent b) {
    return a.state() == b.state() && a.subject().equals(b.subject());
  }

  private boolean isLateEcho(Consent consent) {
    var at = consent.decidedAt() == null ? observation.changedAt() : consent.decidedAt();
    return told.stream().anyMatch(one -> one.isRepeatedBy(consent, at));
  }

  /** Said again after the spoke had said it once: the hub's own word, or one that is renewed. */
  private boolean repeatsTheHub(Consent consent) {
    return sameOfTheHub(consent)
        .anyMatch(one -> one.decidedAt() == null || !isNewer(consent.decidedAt(), one.decidedAt()));
  }

  private Stream<Consent> sameOfTheHub(Consent consent) {
    return everWritten.stream()
        .flatMap(held -> held.consents().stream())
        .filter(one -> isSame(one, consent));
  }

  /** Decided before what is known or, at the same time, less strict than that. */
  private static boolean isStale(Consent consent, StatedConsent known) {
    var before = known == null ? null : known.consent().decidedAt();
    if (before == null || consent.decidedAt() == null) {
      return false;
    }
    return isNewer(before, consent.decidedAt())
        || before.equals(consent.decidedAt())
            && !ConsentFold.isStricter(consent.state(), known.consent().state());
  }

  private boolean isConsentEcho(Consent consent) {
    return echoed(consent).findAny().isPresent();
  }

  /**
   * What the hub has told the spoke in the same words. A stop is an echo only of what was told
   * last: a person may say no while the hub writes the yes that came before. And it is none of what
   * is being written, where it was said before that began.
   */
  private Stream<Consent> echoed(Consent consent) {
    boolean isGrant = consent.state() == Consent.State.granted;
    boolean isEarlier = !isGrant && isSaidBeforeTheWrite(consent.decidedAt());
    var all =
        written.subList(0, written.size() - (isEarlier ? 1 : 0)).stream()
            .flatMap(held -> held.consents().stream())
            .filter(one -> one.subject().equals(consent.subject()))
            .toList();
    return all.stream()
        .skip(isGrant ? 0 : Math.max(0, all.size() - 1))
        .filter(one -> one.state() == consent.state());
  }

  private boolean isSaidBeforeTheWrite(Instant at) {
    return writingSince != null && at != null && isBefore(at, writingSince);
  }

  /** Systems may cut times to the second, or to the minute. */
  private static boolean isBefore(Instant at, Instant write) {
    boolean isWholeMinute = at.equals(at.truncatedTo(ChronoUnit.MINUTES));
    return at.isBefore(write.truncatedTo(isWholeMinute ? ChronoUnit.MINUTES : ChronoUnit.SECONDS));
  }

  private List<StatedConsent> consents(List<StatedConsent> entries) {
    if (entries.isEmpty()) {
      return before.consents();
    }
    var latest = new ArrayList<>(before.consents());
    for (var entry : entries) {
      var known = latestOn(entry.consent().subject(), latest);
      latest.remove(known);
      latest.add(entry.after(known, before.key()));
    }
    latest.sort(Comparator.comparing(stated -> stated.consent().subject().toString()));
    return latest;
  }

  private static StatedConsent latestOn(Consent.Subject subject, List<StatedConsent> consents) {
    return consents.stream()
        .filter(known -> known.consent().subject().equals(subject))
        .findFirst()
        .orElse(null);
  }

  private List<Preference> preferences() {
    var latest = new TreeMap<String, Preference>();
    before.preferences().forEach(known -> latest.put(known.name(), known));
    for (var said : observation.preferences()) {
      if (isPreferenceEcho(said)) {
        continue;
      }
      var stated = dated(said, latest.get(said.name()));
      latest.merge(
          stated.name(),
          stated,
          (known, now) -> isNewer(known.decidedAt(), now.decidedAt()) ? known : now);
    }
    return List.copyOf(latest.values());
  }

  private boolean isPreferenceEcho(Preference said) {
    return toldOf(said.name()).anyMatch(told -> Objects.equals(told.value(), said.value()));
  }

  private Stream<Preference> toldOf(String name) {
    return everWritten.stream()
        .flatMap(held -> held.preferences().stream())
        .filter(told -> told.name().equals(name));
  }

  /** A wish that differs from what the record held was made by the time of the change. */
  private Preference dated(Preference said, Preference known) {
    boolean flipped =
        known != null && !Objects.equals(known.value(), said.value())
            || toldOf(said.name()).findAny().isPresent();
    return said.decidedAt() != null || !flipped
        ? said
        : new Preference(said.name(), said.value(), observation.changedAt());
  }

  private static boolean isNewer(Instant a, Instant b) {
    return a != null && (b == null || a.isAfter(b));
  }

  private static Instant latest(Instant a, Instant b) {
    return isNewer(a, b) ? a : b;
  }
}
