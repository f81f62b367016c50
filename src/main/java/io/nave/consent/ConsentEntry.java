package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.time.Instant;

/**
 * One line of the ledger.
 *
 * @param id its number in the ledger; 0 where that is not known
 * @param key the source record that made the statement
 * @param recordedAt when the hub received it
 */
public record ConsentEntry(long id, SourceKey key, Consent consent, Instant recordedAt) {

  /** An entry whose number in the ledger is not known. */
  public ConsentEntry(SourceKey key, Consent consent, Instant recordedAt) {
    this(0, key, consent, recordedAt);
  }

  /** Whether the customer herself acted: {@code evidence.actor} says so. */
  public boolean isOfCustomer() {
    return Actor.of(consent) == Actor.customer;
  }

  /** Whether it came in with a file of statements whose history nobody knows. */
  boolean isImport() {
    return Actor.of(consent) == Actor.imported;
  }

  boolean isStop() {
    return ConsentFold.isStop(consent.state());
  }

  boolean isGrant() {
    return consent.state() == Consent.State.granted;
  }
}
