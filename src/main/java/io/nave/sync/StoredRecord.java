package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.canonical.Observation;
import io.nave.canonical.Preference;
import io.nave.canonical.SourceKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A source record as the hub keeps it: what the spoke itself states, never what the hub wrote
 * there.
 *
 * @param since per attribute, when the spoke came to state its present value
 * @param snapshotAt the latest time of a snapshot or delete; nothing older may change the record
 * @param consents the latest statement on each subject
 * @param keys digests of the blocking keys
 * @param rule why the record belongs to its customer
 */
record StoredRecord(
    long id,
    SourceKey key,
    UUID customerId,
    boolean deleted,
    Customer content,
    Map<String, Instant> since,
    Instant snapshotAt,
    List<StatedConsent> consents,
    List<Preference> preferences,
    long[] keys,
    String rule) {

  static final Customer NOTHING =
      new Customer(null, null, null, null, null, null, null, null, null, null, null, null, null);

  /** A record of which nothing was heard yet. */
  static StoredRecord unheard(SourceKey key) {
    return new StoredRecord(
        0, key, null, false, NOTHING, Map.of(), null, List.of(), List.of(), new long[0], "new");
  }

  /**
   * What is compared with other records. What a customer writes at the preference centre says what
   * she wishes, not who she is: else she could become somebody else by typing an address.
   */
  Customer evidence() {
    return key.spoke().equals(Act.SPOKE) ? NOTHING : content;
  }

  /** Whether the whole record was reported as it was after this was observed. */
  boolean isNewerThan(Observation observation) {
    return snapshotAt != null && snapshotAt.isAfter(observation.changedAt());
  }

  /** Equal, and the keys by value. */
  boolean isSameAs(StoredRecord other) {
    return Arrays.equals(keys, other.keys) && equals(other.withKeys(keys));
  }

  StoredRecord withId(long newId) {
    return new StoredRecord(
        newId,
        key,
        customerId,
        deleted,
        content,
        since,
        snapshotAt,
        consents,
        preferences,
        keys,
        rule);
  }

  StoredRecord withKeys(long[] newKeys) {
    return new StoredRecord(
        id,
        key,
        customerId,
        deleted,
        content,
        since,
        snapshotAt,
        consents,
        preferences,
        newKeys,
        rule);
  }

  StoredRecord linkedTo(UUID customer, String why) {
    return new StoredRecord(
        id, key, customer, deleted, content, since, snapshotAt, consents, preferences, keys, why);
  }
}
