package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.Customer;
import io.nave.canonical.Preference;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What {@code nave.customers} carries of a customer, besides its id and version.
 *
 * @param consents the effective ones
 * @param records the crosswalk: the source records of this customer
 * @param deleted true if every source has deleted its record
 * @param mergedInto the customer that this one became a part of, or null
 */
record CustomerState(
    Customer customer,
    List<EffectiveConsent> consents,
    List<Preference> preferences,
    List<Link> records,
    boolean deleted,
    UUID mergedInto) {

  /** A source record; {@code deleted} where the spoke no longer has it. */
  record Link(String spoke, String recordId, boolean deleted) {}

  /** A consent as it stands after all statements were weighed. */
  record EffectiveConsent(
      String purpose,
      String channel,
      String topic,
      String brand,
      String boundTo,
      Consent.State state,
      Instant decidedAt) {}
}
