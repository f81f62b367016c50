package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import io.nave.sync.Knowing.State;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which system knows which consent of a customer: for each consent as it stands and each record of
 * the customer, whether that record holds it. Beside what the hub wrote down, it says so of records
 * that said it themselves, and of systems that have no place for it.
 */
@ApplicationScoped
public class WhoKnows {
  private static final String CENTRE = "preference-centre";
  private static final Comparator<Knowing> ORDER =
      Comparator.comparing((Knowing one) -> one.subject().toString())
          .thenComparing(Knowing::spoke)
          .thenComparing(Knowing::recordId, Comparator.nullsLast(Comparator.naturalOrder()));

  private final Transactions transactions;
  private final SourceRecords records;
  private final Spokes spokes;
  private final Clock clock;

  WhoKnows(Transactions transactions, SourceRecords records, Spokes spokes, Clock clock) {
    this.transactions = transactions;
    this.records = records;
    this.spokes = spokes;
    this.clock = clock;
  }

  /** As it is now; empty also for an unknown customer, and for one that was merged. */
  public List<Knowing> of(UUID customer) {
    var now = clock.instant();
    return transactions.call(connection -> new Looking(connection, customer, now).look());
  }

  /**
   * What the hub wrote down of every change, the earliest first; what a later decision replaced is
   * among it.
   */
  public List<Knowing> history(UUID customer) {
    var now = clock.instant();
    return transactions.call(
        connection -> {
          var numbers = LedgerNumbers.of(connection, customer);
          return rows(connection, customer, "true", now).stream()
              .map(one -> numbered(one, numbers))
              .toList();
        });
  }

  private static List<Knowing> rows(Connection connection, UUID customer, String which, Instant now)
      throws SQLException {
    var sql =
        "select "
            + NoticeRows.COLUMNS
            + " from source_record s join consent_notice n"
            + " on n.spoke = s.spoke and n.record_id = s.record_id where s.customer_id = ? and "
            + which
            + " order by n.noticed_at, n.id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customer);
      return NoticeRows.read(statement, now).stream().map(NoticeRows.Row::knowing).toList();
    }
  }

  private static Knowing numbered(Knowing one, LedgerNumbers numbers) {
    return new Knowing(
        one.subject(),
        one.consent(),
        one.decidedAt(),
        numbers.of(one.subject(), one.consent(), one.decidedAt()),
        one.spoke(),
        one.recordId(),
        one.state(),
        one.noticedAt(),
        one.sentAt(),
        one.confirmedAt(),
        one.confirmedBy(),
        one.deadline(),
        one.late(),
        one.reason(),
        one.replacedAt());
  }

  /** One look at one customer. */
  private final class Looking {
    private final Connection connection;
    private final UUID customer;
    private final Instant now;
    private final Map<String, Spoke> receiving;
    private final Map<String, Delivered> delivered = new HashMap<>();

    private record Delivered(String state, String error, Instant noticedAt, Instant doneAt) {}

    private record Place(SourceKey key, Consent.Subject subject) {}

    Looking(Connection connection, UUID customer, Instant now) {
      this.connection = connection;
      this.customer = customer;
      this.now = now;
      this.receiving =
          spokes.receiving().stream().collect(Collectors.toMap(Spoke::name, Function.identity()));
    }

    List<Knowing> look() throws SQLException {
      var standing = standing();
      if (standing.isEmpty()) {
        return List.of();
      }
      readDeliveries();
      var members =
          records.of(connection, List.of(customer)).stream().filter(r -> !r.deleted()).toList();
      Map<Place, Knowing> noticed = new HashMap<>();
      rows(connection, customer, "n.replaced_at is null", now)
          .forEach(one -> noticed.put(place(one), one));
      var all = new ArrayList<Knowing>();
      for (var consent : standing) {
        for (var member : members) {
          var row = noticed.get(new Place(member.key(), consent.subject()));
          if (row != null) {
            all.add(row);
          } else if (isTold(member)) {
            all.add(derived(consent, member));
          }
        }
        all.addAll(toCreate(consent, members));
      }
      var numbers = LedgerNumbers.of(connection, customer);
      return all.stream().map(one -> numbered(one, numbers)).sorted(ORDER).toList();
    }

    private Place place(Knowing one) {
      return new Place(new SourceKey(one.spoke(), one.recordId()), one.subject());
    }

    /** What the customer says to the hub itself is no system's. */
    private boolean isTold(StoredRecord member) {
      var spoke = member.key().spoke();
      return receiving.containsKey(spoke)
          || !spoke.equals(CENTRE) && spokes.declared().contains(spoke);
    }

    private List<Notice.Standing> standing() throws SQLException {
      var sql = "select state from customer where id = ?";
      try (var statement = connection.prepareStatement(sql)) {
        statement.setObject(1, customer);
        try (var rows = statement.executeQuery()) {
          return rows.next() ? Notice.standing(CanonicalJson.parse(rows.getString(1))) : List.of();
        }
      }
    }

    private void readDeliveries() throws SQLException {
      var sql =
          "select spoke, target, state, error, noticed_at, done_at from delivery"
              + " where customer_id = ?";
      try (var statement = connection.prepareStatement(sql)) {
        statement.setObject(1, customer);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            var one =
                new Delivered(
                    rows.getString(3),
                    rows.getString(4),
                    Columns.instant(rows, 5),
                    Columns.instant(rows, 6));
            delivered.put(rows.getString(1) + " " + rows.getString(2), one);
          }
        }
      }
    }

    private Knowing derived(Notice.Standing consent, StoredRecord member) {
      var spoke = receiving.get(member.key().spoke());
      var own =
          member.consents().stream()
              .filter(said -> said.consent().subject().equals(consent.subject()))
              .filter(said -> said.consent().state() == consent.state())
              .findFirst();
      if (own.isPresent()) {
        var at = own.get().recordedAt();
        return knowing(consent, member.key(), State.CONFIRMED, at, at, "own", null);
      }
      if (spoke == null) {
        return cannot(consent, member.key(), "the system takes no deliveries");
      }
      if (!spoke.holds(consent.subject())) {
        return cannot(consent, member.key(), "the system has no place for it");
      }
      var delivery = delivered.get(member.key().spoke() + " " + member.key().recordId());
      boolean sent = delivery != null && delivery.state().matches("delivered|unchanged");
      return knowing(
          consent, member.key(), sent ? State.SENT : State.PENDING, null, null, null, null);
    }

    private Knowing cannot(Notice.Standing consent, SourceKey key, String why) {
      return knowing(consent, key, State.CANNOT_HOLD, null, null, null, why);
    }

    /** Where a record is to be created, it will be created with this consent. */
    private List<Knowing> toCreate(Notice.Standing consent, List<StoredRecord> members) {
      var all = new ArrayList<Knowing>();
      for (var spoke : receiving.values()) {
        var delivery = delivered.get(spoke.name() + " " + DeliveryQueue.TO_CREATE + customer);
        boolean there = members.stream().anyMatch(m -> m.key().spoke().equals(spoke.name()));
        if (delivery != null && !there) {
          all.add(toCreate(consent, spoke, delivery));
        }
      }
      return all;
    }

    private Knowing toCreate(Notice.Standing consent, Spoke spoke, Delivered delivery) {
      var key = new SourceKey(spoke.name(), DeliveryQueue.TO_CREATE);
      if (!spoke.holds(consent.subject())) {
        return cannot(consent, key, "the system has no place for it");
      }
      return switch (delivery.state()) {
        case "not-held" -> cannot(consent, key, "the system cannot hold this customer");
        case "failed" ->
            knowing(consent, key, State.FAILED, delivery.noticedAt(), null, null, delivery.error());
        default -> knowing(consent, key, State.PENDING, delivery.noticedAt(), null, null, null);
      };
    }

    private Knowing knowing(
        Notice.Standing consent,
        SourceKey key,
        State state,
        Instant noticedAt,
        Instant confirmedAt,
        String confirmedBy,
        String reason) {
      boolean created = !key.recordId().equals(DeliveryQueue.TO_CREATE);
      return new Knowing(
          consent.subject(),
          consent.state(),
          consent.decidedAt(),
          null,
          key.spoke(),
          created ? key.recordId() : null,
          state,
          noticedAt,
          null,
          confirmedAt,
          confirmedBy,
          null,
          false,
          reason,
          null);
    }
  }
}
