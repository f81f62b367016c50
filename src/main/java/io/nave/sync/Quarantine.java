package io.nave.sync;

import io.nave.sync.InvalidMessages.Invalid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;

/** Puts what a connector could not translate aside, for a person. */
@ApplicationScoped
public class Quarantine {
  private final Transactions transactions;
  private final InvalidMessages messages;
  private final Clock clock;

  Quarantine(Transactions transactions, InvalidMessages messages, Clock clock) {
    this.transactions = transactions;
    this.messages = messages;
    this.clock = clock;
  }

  /** Keeps the payload with its cause; durable when it returns. */
  public void add(String spoke, String cause, String payload) {
    var invalid = new Invalid(spoke, cause, payload, clock.instant(), false);
    transactions.run(connection -> messages.add(connection, List.of(invalid)));
  }
}
