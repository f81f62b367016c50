package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.consent.Actor;
import io.nave.consent.ConsentLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Erases what is personal in a customer's consents, on her request: evidence, wording, and the
 * address or number that an entry was bound to. What was decided, when and from where stays as
 * proof, and every stop goes on to hold.
 */
@ApplicationScoped
public class EraseConsents {
  private final Transactions transactions;
  private final Recompute recompute;
  private final SourceRecords records;
  private final ConsentLedger ledger;
  private final Clock clock;

  EraseConsents(
      Transactions transactions,
      Recompute recompute,
      SourceRecords records,
      ConsentLedger ledger,
      Clock clock) {
    this.transactions = transactions;
    this.recompute = recompute;
    this.records = records;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** How many of the customer's records had something to erase in the ledger. */
  public record Erased(UUID customerId, int records) {}

  /**
   * Erases.
   *
   * @param reason such as the number of the request; no personal data
   * @param by who asks for it
   * @return empty where the customer is not known, or was merged into another one
   */
  public Optional<Erased> erase(UUID customer, String reason, String by) {
    return transactions.call(
        connection -> {
          var members = recompute.hold(connection, List.of(customer)).members().get(customer);
          return members == null
              ? Optional.<Erased>empty()
              : Optional.of(erase(connection, customer, members, reason, by));
        });
  }

  private Erased erase(
      Connection connection, UUID id, List<StoredRecord> members, String reason, String by)
      throws SQLException {
    Instant now = clock.instant();
    var keys = members.stream().map(StoredRecord::key).toList();
    int erased = ledger.erase(connection, keys, reason, by, now);
    var changed = members.stream().filter(r -> !r.consents().isEmpty()).toList();
    records.update(connection, changed.stream().map(EraseConsents::without).toList(), now);
    return new Erased(id, erased);
  }

  private static StoredRecord without(StoredRecord r) {
    return new StoredRecord(
        r.id(),
        r.key(),
        r.customerId(),
        r.deleted(),
        r.content(),
        r.since(),
        r.snapshotAt(),
        r.consents().stream().map(EraseConsents::without).toList(),
        r.preferences(),
        r.keys(),
        r.rule());
  }

  private static StatedConsent without(StatedConsent stated) {
    return new StatedConsent(
        without(stated.consent()),
        stated.recordedAt(),
        stated.before().stream().map(EraseConsents::without).toList());
  }

  /** The address stays here, or nobody would know any more which number must not be called. */
  private static Consent without(Consent c) {
    var actor = Actor.of(c);
    return new Consent(
        c.purpose(),
        c.channel(),
        c.topic(),
        c.brand(),
        c.boundTo(),
        c.state(),
        c.decidedAt(),
        c.legalBasis(),
        actor == Actor.unknown ? Map.of() : Map.of("actor", actor.word()));
  }
}
