package io.nave.canonical;

import java.time.Instant;
import java.util.List;
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
}
