package io.nave.sync;

import io.nave.canonical.Preference;
import io.nave.consent.ConsentEntry;
import io.nave.consent.ConsentFold;
import io.nave.golden.Golden;
import io.nave.golden.GoldenRecords;
import io.nave.golden.Lineage;
import io.nave.golden.Pin;
import io.nave.golden.Statement;
import io.nave.golden.Survivorship;
import io.nave.platform.Digest64;
import io.nave.sync.CustomerState.EffectiveConsent;
import io.nave.sync.CustomerState.Link;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Computes a customer's next version from its source records: a pure function of them. */
@ApplicationScoped
class GoldenState {
  private final RulesInForce rules;
  private final ConsentFold fold;

  GoldenState(RulesInForce rules, ConsentFold fold) {
    this.rules = rules;
    this.fold = fold;
  }

  /**
   * @param members the customer's records, sorted by key
   * @param head what is stored of the customer, null for a new one
   * @param pins what stewards have pinned, in force
   * @param at what was granted for some time may have ended by then
   */
  GoldenRecords.Version of(
      UUID customer,
      List<StoredRecord> members,
      GoldenRecords.Head head,
      List<Pin> pins,
      Instant at) {
    return of(survive(rules.survivorship(), members, pins), customer, members, head, at);
  }

  /** The version with this golden record. */
  GoldenRecords.Version of(
      Golden golden,
      UUID customer,
      List<StoredRecord> members,
      GoldenRecords.Head head,
      Instant at) {
    var state =
        new CustomerState(
            golden.customer(),
            effective(members, at),
            preferences(members),
            members.stream().map(GoldenState::link).toList(),
            members.stream().allMatch(StoredRecord::deleted),
            null);
    return version(customer, head, members, state, golden.lineage(), null);
  }

  /** The golden record under these rules. */
  static Golden survive(Survivorship rules, List<StoredRecord> members, List<Pin> pins) {
    return rules.survive(members.stream().map(GoldenState::statement).toList(), pins);
  }

  /** The last version of a customer that became a part of another one. */
  GoldenRecords.Version retired(GoldenRecords.Head head, UUID into) {
    var nothing = StoredRecord.NOTHING;
    var state = new CustomerState(nothing, List.of(), List.of(), List.of(), true, into);
    return version(head.id(), head, List.of(), state, Map.of(), into);
  }

  private static GoldenRecords.Version version(
      UUID id,
      GoldenRecords.Head head,
      List<StoredRecord> members,
      CustomerState state,
      Map<String, Lineage> lineage,
      UUID into) {
    var json = CanonicalJson.text(state);
    return new GoldenRecords.Version(
        id,
        head == null ? 1 : head.version() + 1,
        state.customer().type(),
        json,
        CanonicalJson.text(lineage),
        Digest64.of(json),
        sources(lineage),
        SearchWords.of(state.customer(), members),
        into);
  }

  /** Of the records that each attribute comes from, whatever they say and since when. */
  private static long sources(Map<String, Lineage> lineage) {
    var records = new TreeMap<String, Set<String>>();
    lineage.forEach(
        (key, from) ->
            records
                .computeIfAbsent(attribute(key), attribute -> new LinkedHashSet<>())
                .add(from.spoke() + ":" + from.recordId()));
    return Digest64.of(records.toString());
  }

  /** Without the place in a list: elements of one record come and go. */
  private static String attribute(String key) {
    int place = key.indexOf('[');
    return place < 0 ? key : key.substring(0, place);
  }

  private static Statement statement(StoredRecord record) {
    var at = record.snapshotAt() != null ? record.snapshotAt() : latest(record.since());
    return new Statement(record.key(), record.content(), record.since(), at, record.deleted());
  }

  private static Instant latest(Map<String, Instant> since) {
    return since.values().stream().max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  /** All statements of these records. */
  static List<ConsentEntry> entries(List<StoredRecord> members) {
    var entries = new ArrayList<ConsentEntry>();
    for (var record : members) {
      for (var stated : record.consents()) {
        stated.entries(record.key()).forEach(entries::add);
      }
    }
    return entries;
  }

  private List<EffectiveConsent> effective(List<StoredRecord> members, Instant at) {
    return fold.fold(entries(members), at).stream()
        .map(
            e ->
                new EffectiveConsent(
                    e.subject().purpose(),
                    e.subject().channel(),
                    e.subject().topic(),
                    e.subject().brand(),
                    e.subject().boundTo(),
                    e.state(),
                    e.decidedAt()))
        .toList();
  }

  /** The latest decision on each preference; at the same time the first source key's. */
  private static List<Preference> preferences(List<StoredRecord> members) {
    var latest = new TreeMap<String, Preference>();
    for (var record : members) {
      for (var stated : record.preferences()) {
        latest.merge(
            stated.name(), stated, (known, other) -> isNewer(other, known) ? other : known);
      }
    }
    return List.copyOf(latest.values());
  }

  private static boolean isNewer(Preference a, Preference b) {
    return a.decidedAt() != null && (b.decidedAt() == null || a.decidedAt().isAfter(b.decidedAt()));
  }

  private static Link link(StoredRecord record) {
    return new Link(record.key().spoke(), record.key().recordId(), record.deleted());
  }
}
