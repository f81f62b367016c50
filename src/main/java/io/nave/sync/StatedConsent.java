package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentEntry;
import io.nave.consent.Earlier;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A consent statement and when the hub received it.
 *
 * @param before what the same record said before on the subject, as far as it can still matter
 */
record StatedConsent(Consent consent, Instant recordedAt, List<StatedConsent> before) {

  StatedConsent {
    before = before == null ? List.of() : before;
  }

  StatedConsent(Consent consent, Instant recordedAt) {
    this(consent, recordedAt, List.of());
  }

  /** This one, said after {@code known} on the same subject; null: the first. */
  StatedConsent after(StatedConsent known, SourceKey key) {
    if (known == null) {
      return this;
    }
    var self = new ConsentEntry(key, consent, recordedAt);
    var said = Stream.concat(known.entries(key), Stream.of(self)).toList();
    var earlier =
        Earlier.mattering(said).stream()
            .filter(entry -> !entry.equals(self))
            .map(entry -> new StatedConsent(entry.consent(), entry.recordedAt()))
            .toList();
    return new StatedConsent(consent, recordedAt, earlier);
  }

  /** All that is known to be said, as the ledger has it. */
  Stream<ConsentEntry> entries(SourceKey key) {
    return Stream.concat(before.stream(), Stream.of(this))
        .map(one -> new ConsentEntry(key, one.consent, one.recordedAt));
  }
}
