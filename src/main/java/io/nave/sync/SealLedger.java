package io.nave.sync;

import io.nave.consent.Seals;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;

/** The bean {@code sealLedger} of the hub's routes: chains what was appended to the ledger. */
@ApplicationScoped
@Named("sealLedger")
@Unremovable
public class SealLedger {
  private final Transactions transactions;
  private final Seals seals;
  private final Clock clock;

  SealLedger(Transactions transactions, Seals seals, Clock clock) {
    this.transactions = transactions;
    this.seals = seals;
    this.clock = clock;
  }

  /** Chains all that waits; returns how many entries. */
  public int seal() {
    int all = 0;
    for (int sealed = next(); sealed > 0; sealed = next()) {
      all += sealed;
    }
    return all;
  }

  private int next() {
    return transactions.call(connection -> seals.seal(connection, clock.instant()));
  }
}
