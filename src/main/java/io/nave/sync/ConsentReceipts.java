package io.nave.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nave.consent.ConsentLedger;
import io.nave.consent.Jws;
import io.nave.consent.Purposes;
import io.nave.consent.Recorded;
import io.nave.consent.SigningKeys;
import io.nave.sync.Asked.ById;
import io.nave.sync.Asked.Who;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Receipts for entries of the ledger, signed with the hub's key. */
@ApplicationScoped
public class ConsentReceipts {
  private final Transactions transactions;
  private final AskedCustomers askedCustomers;
  private final SourceRecords records;
  private final ConsentLedger ledger;
  private final Purposes purposes;
  private final SigningKeys keys;
  private final Clock clock;

  ConsentReceipts(
      Transactions transactions,
      AskedCustomers askedCustomers,
      SourceRecords records,
      ConsentLedger ledger,
      Purposes purposes,
      SigningKeys keys,
      Clock clock) {
    this.transactions = transactions;
    this.askedCustomers = askedCustomers;
    this.records = records;
    this.ledger = ledger;
    this.purposes = purposes;
    this.keys = keys;
    this.clock = clock;
  }

  /** What is answered. */
  public sealed interface Answer permits Receipt, Unknown, NotYet, Erased {}

  /** {@code receipt} for people; {@code jws} is the same, signed. */
  public record Receipt(ObjectNode receipt, String jws) implements Answer {
    /** Both in one. */
    public ObjectNode file() {
      var file = JsonNodeFactory.instance.objectNode();
      file.set("receipt", receipt);
      return file.put("jws", jws);
    }
  }

  /** This customer has no such entry. */
  public record Unknown() implements Answer {}

  /** It is about to be chained; ask again in a second. */
  public record NotYet() implements Answer {}

  /** What was personal in it was erased on request; the ledger keeps the rest as proof. */
  public record Erased() implements Answer {}

  /** The receipt for an entry of a customer; of one that was merged, of whom she is a part now. */
  public Answer of(UUID customer, long entry) {
    var signing = keys.signing(SigningKeys.RECEIPT);
    return transactions.call(
        connection -> {
          var recorded = ledger.entry(connection, entry).orElse(null);
          var id = recorded == null ? null : owner(connection, customer, recorded);
          if (id == null) {
            return new Unknown();
          }
          if (recorded.erased()) {
            return new Erased();
          }
          var place = ledger.place(connection, entry);
          if (place.isEmpty()) {
            return new NotYet();
          }
          var receipt = new ReceiptText(purposes).of(id, recorded, place.get(), clock.instant());
          return new Receipt(receipt, Jws.sign(signing, receipt.toString()));
        });
  }

  private UUID owner(Connection connection, UUID customer, Recorded recorded) throws SQLException {
    Who who = new ById(customer);
    var now = askedCustomers.now(connection, List.of(who)).get(who);
    var key = recorded.entry().key();
    var record = records.read(connection, List.of(key)).get(key);
    return record != null && now.contains(record.customerId()) ? record.customerId() : null;
  }
}
