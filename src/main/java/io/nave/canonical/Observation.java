package io.nave.canonical;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A message that says how a source record looked at a time: "spoke S says that its record R looked
 * like this at time T".
 *
 * @param changedAt the source's time, in UTC, microseconds
 * @param customer standardised; empty for a {@link Kind#delete}
 * @param stated the attribute keys ({@link Attribute#key()}, {@code attributes.<key>}) that the
 *     observation speaks about. For a snapshot all of {@link Attribute}, and every key of {@code
 *     attributes} it carries (what it does not carry is empty there, too); for a patch those that
 *     are present, null included
 */
public record Observation(
    SourceKey key,
    Kind kind,
    Instant changedAt,
    Customer customer,
    Set<String> stated,
    List<Consent> consents,
    List<Preference> preferences,
    List<Interaction> interactions) {

  /** How much the observation says. */
  public enum Kind {
    /** The whole record: what is absent is empty there. */
    snapshot,
    /** Only what changed: absent is unchanged, null is cleared. */
    patch,
    /** The record is gone at the source. */
    delete
  }

  /**
   * The same as several observations, one after the other, of which each tells of one decision on
   * the same subject at most. The last one tells of everything else.
   */
  public List<Observation> byDecision() {
    var last = new LinkedHashMap<Consent.Subject, Consent>();
    var earlier = new ArrayList<Observation>();
    for (var consent : consents) {
      var before = last.remove(consent.subject());
      if (before != null) {
        earlier.add(only(before));
      }
      last.put(consent.subject(), consent);
    }
    if (earlier.isEmpty()) {
      return List.of(this);
    }
    earlier.add(
        new Observation(
            key,
            kind,
            changedAt,
            customer,
            stated,
            List.copyOf(last.values()),
            preferences,
            interactions));
    return earlier;
  }

  /** What it tells of consent, and nothing else. */
  public Observation onlyConsents() {
    return only(changedAt, consents);
  }

  private Observation only(Consent consent) {
    return only(consent.decidedAt() == null ? changedAt : consent.decidedAt(), List.of(consent));
  }

  private Observation only(Instant at, List<Consent> told) {
    var nothing = AttributeValues.toCustomer(Map.of());
    return new Observation(key, Kind.patch, at, nothing, Set.of(), told, List.of(), List.of());
  }
}
