package io.nave.sync;

import io.nave.canonical.AttributeValues;
import io.nave.canonical.Consent;
import io.nave.canonical.Observation;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentFold;
import io.nave.consent.ConsentLedger;
import io.nave.golden.GoldenRecords;
import io.nave.identity.Edge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one reconciling transaction knows. */
final class Working {
  /** The records as they were, by key. */
  final Map<SourceKey, StoredRecord> before = new HashMap<>();

  /** What the hub wrote to the records, or is writing. */
  final Map<SourceKey, Deliveries.Written> written = new HashMap<>();

  final Map<SourceKey, List<ToldConsent>> told = new HashMap<>();

  /** What is held there after what the spokes said now. */
  final Map<SourceKey, Held> heldNow = new LinkedHashMap<>();

  /** Those of which nobody knows whether the hub's write or the change came last. */
  final Set<SourceKey> unsure = new HashSet<>();

  /** The records that are different now. */
  final Map<SourceKey, StoredRecord> changed = new LinkedHashMap<>();

  /** Every record that takes part, as it is now. */
  final Map<Long, StoredRecord> all = new HashMap<>();

  final Map<UUID, GoldenRecords.Head> heads = new HashMap<>();

  /** What is known about all of them; null where nothing is matched. */
  Collection<Edge> edges;

  final List<Set<Long>> clusters = new ArrayList<>();

  /** Where a customer falls apart: ids that were retired in its favour, to be revived. */
  List<GoldenRecords.Former> formers = List.of();

  /** The customers that are to be published, each with whether that is urgent. */
  final Map<UUID, Boolean> publish = new LinkedHashMap<>();

  /** What this hub remembers of it, if it is committed. */
  Runnable whenCommitted = () -> {};

  private final List<Entry> entries = new ArrayList<>();
  private final Set<SourceKey> anew = new HashSet<>();
  private final Set<SourceKey> contradicting = new HashSet<>();
  private final Set<SourceKey> urgent = new HashSet<>();
  private final Set<SourceKey> saying = new HashSet<>();
  private final Map<SourceKey, Origin> origins = new HashMap<>();
  private final List<ToldNotices.Echoed> echoed = new ArrayList<>();

  private record Entry(SourceKey key, StatedConsent stated) {}

  /**
   * Applies one observation, in the order of the log. One that overtakes tells a known record of
   * consent only: its attributes wait for those that came before.
   */
  void apply(ReadObservations.Item item) {
    var observation = item.observation();
    boolean isKnown =
        before.containsKey(observation.key()) || changed.containsKey(observation.key());
    var told = item.logged().overtakes() && isKnown ? observation.onlyConsents() : observation;
    told.byDecision().forEach(one -> apply(one, item));
  }

  private void apply(Observation observation, ReadObservations.Item item) {
    var key = observation.key();
    var record = changed.getOrDefault(key, before.get(key));
    if (record == null) {
      record = StoredRecord.unheard(key);
    }
    var outcome =
        ApplyObservation.apply(
            record, observation, item.logged().receivedAt(), hubsWrites(observation));
    if (outcome.changed()) {
      changed.put(key, outcome.record());
    }
    if (outcome.changed() || outcome.contradicts()) {
      origins.merge(key, item.logged().origin(), Origin::and);
    }
    outcome.entries().forEach(entry -> note(key, entry, item.urgent()));
    noteEcho(observation, item.logged().receivedAt(), outcome);
    if (outcome.contradicts()) {
      contradicting.add(key);
      noteHeld(record, observation, outcome);
    }
  }

  private HubsWrites hubsWrites(Observation observation) {
    var hub = written.get(observation.key());
    var told = told(observation);
    return hub == null
        ? new HubsWrites(List.of(), false, List.of(), told, null, null, null)
        : new HubsWrites(
            known(hub, heldNow.get(observation.key())),
            hub.intent() != null,
            before(observation),
            told,
            hub.toldAt(),
            hub.writingSince(),
            hub.pause());
  }

  private List<ToldConsent> told(Observation observation) {
    if (observation.consents().isEmpty()) {
      return List.of();
    }
    var all = new ArrayList<>(told.getOrDefault(observation.key(), List.of()));
    var hub = written.get(observation.key());
    if (hub != null) {
      all.addAll(WrittenBefore.takenGrants(hub.before(), hub.held()));
    }
    return all;
  }

  /** What is being written leaves the consents alone that it does not change. */
  private static List<Held> known(Deliveries.Written hub, Held changed) {
    var now = changed != null ? changed : hub.held();
    var writing = now == null || hub.tells() ? hub.intent() : now.within(hub.intent());
    return Stream.of(now, writing).filter(Objects::nonNull).toList();
  }

  /** What the record may have held because of the hub when it changed. */
  private List<Held> before(Observation observation) {
    var hub = written.get(observation.key());
    return hub == null
        ? List.of()
        : hub.before().stream()
            .filter(one -> !observation.changedAt().isAfter(one.until()))
            .map(WrittenBefore::held)
            .toList();
  }

  private void noteHeld(
      StoredRecord record, Observation observation, ApplyObservation.Outcome outcome) {
    var key = record.key();
    var hub = written.get(key);
    if (hub == null || hub.held() == null || observation.kind() == Observation.Kind.delete) {
      return;
    }
    var now = heldNow.getOrDefault(key, hub.held());
    boolean overtaken =
        hub.isWrittenAfter(observation.changedAt()) || record.isNewerThan(observation);
    if (!overtaken) {
      heldNow.put(key, now.after(observation, before(observation)));
    } else if (!outcome.entries().isEmpty()) {
      heldNow.put(key, now.saying(notOvertaken(hub, observation, outcome)));
    }
    if (overtaken || hub.intent() != null) {
      unsure.add(key);
    }
  }

  /** What was said of consent since the hub last wrote of it, whatever else it wrote since. */
  private static List<Consent> notOvertaken(
      Deliveries.Written hub, Observation observation, ApplyObservation.Outcome outcome) {
    return outcome.entries().stream()
        .map(StatedConsent::consent)
        .filter(
            one ->
                hub.isUntoldSince(
                    one.decidedAt() == null ? observation.changedAt() : one.decidedAt()))
        .toList();
  }

  /** Where the record says all of what the hub wrote there about consent, and nothing else. */
  private void noteEcho(
      Observation observation, Instant receivedAt, ApplyObservation.Outcome outcome) {
    var hub = written.get(observation.key());
    if (hub != null && hub.held() != null && outcome.entries().isEmpty()) {
      var said = states(observation.consents());
      var told = states(hub.held().consents());
      if (!told.isEmpty() && said.entrySet().containsAll(told.entrySet())) {
        echoed.add(new ToldNotices.Echoed(observation.key(), receivedAt, observation.changedAt()));
      }
    }
  }

  private static Map<Consent.Subject, Consent.State> states(List<Consent> consents) {
    var states = new HashMap<Consent.Subject, Consent.State>();
    consents.forEach(consent -> states.put(consent.subject(), consent.state()));
    return states;
  }

  /** The records that reported what the hub had written there. */
  List<ToldNotices.Echoed> echoed() {
    return echoed;
  }

  /** Whether the record came, went or moved, or said something new about consent. */
  boolean isNewsOfConsent(StoredRecord record) {
    var was = before.get(record.key());
    return saying.contains(record.key())
        || !record.customerId().equals(all.get(record.id()).customerId())
        || was != null && was.deleted() != record.deleted();
  }

  /** Whether nobody knew the record before. */
  boolean isNew(StoredRecord record) {
    return all.get(record.id()).customerId() == null;
  }

  /** Old stops of a record that nobody knew, as those of an initial load, are not urgent. */
  private void note(SourceKey key, StatedConsent entry, boolean isFresh) {
    entries.add(new Entry(key, entry));
    saying.add(key);
    if (ConsentFold.isStop(entry.consent().state()) && (isFresh || before.containsKey(key))) {
      urgent.add(key);
    }
  }

  /**
   * Whether the records that change are what they were when they were read, now that their
   * customers are locked. Records already taken over by {@link #all} count as they are there.
   */
  boolean isStillAsRead() {
    return changed.values().stream().allMatch(this::isStillAsRead);
  }

  private boolean isStillAsRead(StoredRecord now) {
    var read = before.get(now.key());
    var stored = all.get(now.id());
    return read == null || stored == now || stored != null && stored.isSameAs(read);
  }

  int newRecords() {
    return (int) changed.values().stream().filter(record -> record.id() == 0).count();
  }

  void giveIds(long[] ids) {
    int next = 0;
    for (var record : List.copyOf(changed.values())) {
      if (record.id() == 0) {
        replace(record.withId(ids[next++]));
      }
    }
  }

  void replace(StoredRecord record) {
    changed.put(record.key(), record);
  }

  /** These records are matched as if they had changed. */
  void matchAnew(Map<SourceKey, StoredRecord> records) {
    before.putAll(records);
    changed.putAll(records);
    anew.addAll(records.keySet());
  }

  /** The clusters as keys. */
  List<Set<SourceKey>> parts() {
    return clusters.stream()
        .map(ids -> ids.stream().map(id -> all.get(id).key()).collect(Collectors.toSet()))
        .toList();
  }

  /** The customers whose records are in several clusters. */
  Set<UUID> fallingApart() {
    var places = new HashMap<UUID, Set<Long>>();
    var apart = new HashSet<UUID>();
    for (var cluster : clusters) {
      for (var id : cluster) {
        var customer = all.get(id).customerId();
        if (customer != null && places.computeIfAbsent(customer, c -> cluster) != cluster) {
          apart.add(customer);
        }
      }
    }
    return apart;
  }

  /** True if something changed that match rules look at. */
  boolean isMatchedAnew(StoredRecord record) {
    var was = before.get(record.key());
    return anew.contains(record.key()) || was == null || !was.evidence().equals(record.evidence());
  }

  /** Where nothing is matched, each customer keeps its records, and a new record stands alone. */
  void keepClusters() {
    var byCustomer = new LinkedHashMap<UUID, Set<Long>>();
    for (var record : all.values()) {
      if (record.customerId() == null) {
        clusters.add(Set.of(record.id()));
      } else {
        byCustomer.computeIfAbsent(record.customerId(), id -> new HashSet<>()).add(record.id());
      }
    }
    clusters.addAll(byCustomer.values());
  }

  /**
   * Whether the spoke now holds something that it was not known to hold.
   *
   * @param frozen attributes that are left to the spokes: to correct them would go on for ever
   */
  boolean contradicts(StoredRecord record, Set<String> frozen) {
    return contradicting.contains(record.key())
        && (frozen.isEmpty() || !changesOnly(record, frozen));
  }

  private boolean changesOnly(StoredRecord now, Set<String> attributes) {
    var was = before.get(now.key());
    if (was == null
        || was.deleted() != now.deleted()
        || !was.consents().equals(now.consents())
        || !was.preferences().equals(now.preferences())) {
      return false;
    }
    var then = AttributeValues.of(was.content());
    var values = AttributeValues.of(now.content());
    return Stream.concat(then.keySet().stream(), values.keySet().stream())
        .filter(key -> !Objects.equals(then.get(key), values.get(key)))
        .allMatch(attributes::contains);
  }

  /** What changes in this record is urgent, whatever it is. */
  void hurry(SourceKey key) {
    urgent.add(key);
  }

  boolean isUrgent(StoredRecord record) {
    return urgent.contains(record.key());
  }

  /** What made a customer with these records change. */
  Origin originOf(Collection<StoredRecord> members) {
    return members.stream()
        .map(record -> origins.getOrDefault(record.key(), Origin.NONE))
        .reduce(Origin.NONE, Origin::and);
  }

  boolean isRetired(UUID customer) {
    var head = heads.get(customer);
    return head != null && head.redirectTo() != null;
  }

  /** The digest of the stored golden record; for a new customer one that no state has by chance. */
  long digest(UUID customer) {
    var head = heads.get(customer);
    return head == null ? 0 : head.digest();
  }

  List<ConsentLedger.Line> ledgerLines() {
    return entries.stream()
        .map(
            entry ->
                new ConsentLedger.Line(
                    entry.key(),
                    entry.stated().consent(),
                    CanonicalJson.text(
                        entry.stated().consent().evidence() == null
                            ? Map.of()
                            : entry.stated().consent().evidence()),
                    entry.stated().recordedAt()))
        .toList();
  }
}
