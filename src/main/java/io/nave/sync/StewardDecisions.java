package io.nave.sync;

import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads what stewards decided. */
@ApplicationScoped
public class StewardDecisions {
  private static final int MOST = 1000;

  private final Transactions transactions;
  private final Decisions decisions;

  StewardDecisions(Transactions transactions, Decisions decisions) {
    this.transactions = transactions;
    this.decisions = decisions;
  }

  /**
   * Newest first.
   *
   * @param record one of the two; null for any
   * @param customer the one that one of the two belongs to; null for any
   * @param standing whether retracted decisions are left out
   * @param before only those with a lower id; null for the newest
   */
  public List<StewardDecision> list(
      SourceKey record, UUID customer, boolean standing, Long before, int limit) {
    int most = Math.max(1, Math.min(limit, MOST));
    return transactions.call(
        connection ->
            decisions.list(
                connection, new Decisions.Wanted(record, customer, standing, before, most)));
  }
}
