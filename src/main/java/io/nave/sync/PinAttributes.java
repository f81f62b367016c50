package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.canonical.SourceKey;
import io.nave.sync.PinOutcome.Done;
import io.nave.sync.PinOutcome.Merged;
import io.nave.sync.PinOutcome.NoCustomer;
import io.nave.sync.PinOutcome.NoPin;
import io.nave.sync.PinOutcome.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Pins an attribute of a customer, or takes the pin back. The golden record is computed anew in the
 * same transaction, and the spokes are told. A pin is anchored at a source record, so it goes where
 * that goes when customers are merged and unmerged.
 */
@ApplicationScoped
public class PinAttributes {
  private static final int LONGEST = 1000;

  private final Transactions transactions;
  private final Recompute recompute;
  private final Pins pins;
  private final ObservationReader reader;
  private final Clock clock;
  private final Wake wake;

  PinAttributes(
      Transactions transactions,
      Recompute recompute,
      Pins pins,
      ObservationReader reader,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.recompute = recompute;
    this.pins = pins;
    this.reader = reader;
    this.clock = clock;
    this.wake = wake;
  }

  /** What is done while the customer is held. */
  private interface Step {
    PinOutcome on(Connection connection, Recompute.Held held, Instant now) throws SQLException;
  }

  /** Pins; an earlier pin of the attribute at the same anchor is retracted. */
  public PinOutcome pin(UUID customer, PinWish wish) {
    var now = clock.instant();
    var refusals = refusals(wish);
    if (refusals.isEmpty() && wish.value() != null) {
      var read = PinnedValue.read(reader, wish.attribute(), wish.value(), now);
      return read.value() == null
          ? new Refused(read.refusals())
          : pin(customer, wish, read.value());
    }
    return refusals.isEmpty() ? pin(customer, wish, null) : new Refused(refusals);
  }

  /** Pins what kept flipping; at once, whoever held it before. */
  PinOutcome freeze(UUID customer, String attribute, JsonNode value, String reason) {
    var wish = new PinWish(attribute, value, null, null, reason, StoredPin.HUB);
    var read = PinnedValue.read(reader, attribute, value, clock.instant());
    return read.value() == null ? new Refused(read.refusals()) : pin(customer, wish, read.value());
  }

  private PinOutcome pin(UUID customer, PinWish wish, JsonNode value) {
    return holding(
        customer,
        (connection, held, now) -> {
          var members = held.members().get(customer);
          for (var named : List.of("from", "anchor")) {
            var key = named.equals("from") ? wish.from() : wish.anchor();
            if (key != null && members.stream().noneMatch(m -> m.key().equals(key))) {
              return refused("/" + named, key + " (expected: a record of this customer)");
            }
          }
          var before = inForce(connection, members, wish.attribute());
          var anchor = anchor(wish, before, members);
          before.removeIf(pin -> !pin.anchor().equals(anchor));
          pins.retract(connection, before, wish.by(), now);
          pins.add(connection, anchor, wish, value, now);
          return null;
        });
  }

  /** Retracts every pin of the attribute that is in force for this customer. */
  public PinOutcome retract(UUID customer, String attribute, String by) {
    var who = new PinWish(attribute, null, null, null, null, by).by();
    return holding(
        customer,
        (connection, held, now) -> {
          var before = inForce(connection, held.members().get(customer), attribute);
          if (before.isEmpty()) {
            return new NoPin();
          }
          pins.retract(connection, before, who, now);
          return null;
        });
  }

  /** All pins of a customer, also retracted ones, the newest first; empty for nobody. */
  public Optional<List<StoredPin>> of(UUID customer) {
    return transactions.call(
        connection -> {
          var keys = keys(connection, customer);
          return keys.isEmpty() ? Optional.empty() : Optional.of(pins.all(connection, keys));
        });
  }

  private List<SourceKey> keys(Connection connection, UUID customer) throws SQLException {
    var sql = "select spoke, record_id from source_record where customer_id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customer);
      var keys = new ArrayList<SourceKey>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(new SourceKey(rows.getString(1), rows.getString(2)));
        }
      }
      return keys;
    }
  }

  private PinOutcome holding(UUID customer, Step step) {
    var outcome =
        transactions.call(
            connection -> {
              var held = recompute.hold(connection, List.of(customer));
              var head = held.heads().get(customer);
              if (head == null) {
                return new NoCustomer();
              }
              if (head.redirectTo() != null) {
                return new Merged(head.redirectTo());
              }
              var now = clock.instant();
              var no = step.on(connection, held, now);
              if (no != null) {
                return no;
              }
              var changed = recompute.anew(connection, held, now).get(customer);
              return new Done(changed == null ? head.version() : changed, changed != null);
            });
    if (outcome instanceof Done) {
      wake.outbox();
    }
    return outcome;
  }

  private static List<Refusal> refusals(PinWish wish) {
    var refusals = new ArrayList<Refusal>();
    boolean value = wish.value() != null && !wish.value().isNull();
    if (!PinnedValue.isAttribute(wish.attribute())) {
      refusals.add(
          new Refusal("", "attribute: unknown (expected: an attribute, or attributes.<key>)"));
    }
    if (value == (wish.from() != null)) {
      refusals.add(
          new Refusal("", "value, from: both or none (expected: one, a value or a record)"));
    }
    if (wish.by().equals(StoredPin.HUB)) {
      refusals.add(new Refusal("", "by: hub (expected: a person; the hub pins by itself)"));
    }
    if (wish.reason().length() > LONGEST || wish.by().length() > LONGEST) {
      refusals.add(
          new Refusal("", "reason, by: too long (expected: at most " + LONGEST + " characters)"));
    }
    return refusals;
  }

  private static Refused refused(String pointer, String message) {
    return new Refused(List.of(new Refusal(pointer, pointer.substring(1) + ": " + message)));
  }

  private List<StoredPin> inForce(
      Connection connection, List<StoredRecord> members, String attribute) throws SQLException {
    var keys = members.stream().map(StoredRecord::key).toList();
    return new ArrayList<>(
        pins.all(connection, keys).stream()
            .filter(pin -> pin.retractedAt() == null && pin.attribute().equals(attribute))
            .toList());
  }

  /** The record that is named, or already has the pin, or the first that is linked. */
  private static SourceKey anchor(
      PinWish wish, List<StoredPin> before, List<StoredRecord> members) {
    if (wish.anchor() != null) {
      return wish.anchor();
    }
    if (wish.from() != null) {
      return wish.from();
    }
    return before.isEmpty()
        ? members.stream().min(java.util.Comparator.comparing(StoredRecord::id)).orElseThrow().key()
        : before.get(0).anchor();
  }
}
