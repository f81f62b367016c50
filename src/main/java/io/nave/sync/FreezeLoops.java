package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.nave.platform.Columns;
import io.nave.platform.LogKeys;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Looks for attributes that keep flipping between spokes, as where two systems correct each other,
 * and pins each at the value that it has then. A spoke that goes on to change it is not corrected
 * any more. The pins wait for a steward.
 */
@ApplicationScoped
public class FreezeLoops {
  private static final Logger LOG = Logger.getLogger(FreezeLoops.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Transactions that began earlier may show their versions later. */
  private static final Duration LATE = Duration.ofSeconds(30);

  private static final String LEASE = "loops";
  private static final int MOST = 100;

  private final Transactions transactions;
  private final PinAttributes pins;
  private final Leases leases;
  private final Clock clock;
  private final int flips;
  private final Duration within;
  private final Background background = new Background("loops", LOOK);

  FreezeLoops(
      Transactions transactions,
      PinAttributes pins,
      Leases leases,
      Clock clock,
      @ConfigProperty(name = "nave.loops.flips", defaultValue = "5") int flips,
      @ConfigProperty(name = "nave.loops.within", defaultValue = "10m") Duration within) {
    this.transactions = transactions;
    this.pins = pins;
    this.leases = leases;
    this.clock = clock;
    this.flips = flips;
    this.within = within;
  }

  void atStart(@Observes StartupEvent event) {
    background.start(this::tick);
  }

  @PreDestroy
  void stop() {
    background.stop();
  }

  private void tick() {
    if (leases.holds(LEASE)) {
      look();
    }
  }

  /** Freezes what flipped too often; yields how many attributes. */
  int look() {
    var now = clock.instant();
    int frozen = 0;
    for (var customer :
        transactions.call(c -> versions(c, suspects(c, now), now.minus(within))).entrySet()) {
      for (var row : Flips.of(customer.getValue()).moreThan(flips).entrySet()) {
        var trail = sincePinned(customer.getKey(), row.getKey(), row.getValue());
        if (Flips.count(trail) > flips && freeze(customer.getKey(), row.getKey(), trail)) {
          frozen++;
        }
      }
    }
    return frozen;
  }

  /** Customers whose attributes came from other records just now, and so often before. */
  private List<UUID> suspects(Connection connection, Instant now) throws SQLException {
    forget(connection, now);
    var sql =
        "select customer_id from source_move where at > ?::timestamptz group by customer_id"
            + " having count(*) > ? and max(at) > ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.minus(within).toString());
      statement.setInt(2, flips);
      statement.setString(3, now.minus(LOOK).minus(LATE).toString());
      var ids = new ArrayList<UUID>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  private void forget(Connection connection, Instant now) throws SQLException {
    var sql = "delete from source_move where at <= ?::timestamptz";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.minus(within).toString());
      statement.executeUpdate();
    }
  }

  /** Their versions since that time, the oldest first, by customer. */
  private static Map<UUID, List<CustomerHistory.Version>> versions(
      Connection connection, Collection<UUID> customers, Instant since) throws SQLException {
    var sql =
        "select customer_id, version, at, state, lineage from customer_history"
            + " where customer_id = any(?::uuid[]) and at > ?::timestamptz"
            + " order by customer_id, version";
    var found = new LinkedHashMap<UUID, List<CustomerHistory.Version>>();
    if (customers.isEmpty()) {
      return found;
    }
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      statement.setString(2, since.toString());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getObject(1, UUID.class), id -> new ArrayList<>())
              .add(
                  new CustomerHistory.Version(
                      rows.getLong(2),
                      rows.getObject(3, OffsetDateTime.class).toInstant(),
                      CanonicalJson.parse(rows.getString(4)),
                      CanonicalJson.parse(rows.getString(5))));
        }
      }
    }
    return found;
  }

  /** What came after the last word about the attribute: a pin, or that it was taken back. */
  private List<Frozen.Step> sincePinned(UUID customer, String attribute, List<Frozen.Step> trail) {
    var last =
        pins.of(customer).orElse(List.of()).stream()
            .filter(pin -> pin.attribute().equals(attribute))
            .map(pin -> pin.retractedAt() == null ? pin.at() : pin.retractedAt())
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    return trail.stream().filter(step -> step.at().isAfter(last)).toList();
  }

  private boolean freeze(UUID customer, String attribute, List<Frozen.Step> trail) {
    JsonNode value =
        trail.stream()
            .map(Frozen.Step::value)
            .filter(Objects::nonNull)
            .reduce((a, b) -> b)
            .orElse(null);
    var records = trail.stream().map(Frozen.Step::from).distinct().sorted().toList();
    var reason =
        "went back and forth %d times within %d minutes between %s"
            .formatted(Flips.count(trail), within.toMinutes(), String.join(" and ", records));
    var outcome = pins.freeze(customer, attribute, value, reason);
    boolean done = outcome instanceof PinOutcome.Done;
    LogKeys.during(
        Map.of("customer", customer),
        () ->
            LOG.warnf(
                "%s of %s %s: went back and forth %d times",
                attribute, customer, done ? "is frozen" : "cannot be frozen", Flips.count(trail)));
    return done;
  }

  // -- for stewards

  private static final String LIST =
      """
      select s.customer_id, p.attribute, p.value, p.reason, p.pinned_at
      from pin p join source_record s on s.spoke = p.spoke and s.record_id = p.record_id
      where p.pinned_by = 'hub' and p.retracted_at is null
      order by p.pinned_at desc, p.id desc limit ?
      """;

  /** What is frozen now, the latest first, with its trail. */
  public List<Frozen> list() {
    return transactions.call(
        connection -> {
          var frozen = frozen(connection);
          var customers = frozen.stream().map(Frozen::customerId).collect(Collectors.toSet());
          var first = frozen.stream().map(Frozen::at).min(Instant::compareTo).orElse(Instant.MAX);
          var versions =
              frozen.isEmpty()
                  ? Map.<UUID, List<CustomerHistory.Version>>of()
                  : versions(connection, customers, first.minus(within));
          return frozen.stream().map(one -> with(one, versions)).toList();
        });
  }

  private static List<Frozen> frozen(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(LIST)) {
      statement.setInt(1, MOST);
      var frozen = new ArrayList<Frozen>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          frozen.add(
              new Frozen(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getObject(5, OffsetDateTime.class).toInstant(),
                  List.of()));
        }
      }
      return frozen;
    }
  }

  private Frozen with(Frozen one, Map<UUID, List<CustomerHistory.Version>> versions) {
    var before =
        versions.getOrDefault(one.customerId(), List.of()).stream()
            .filter(version -> !version.at().isAfter(one.at()))
            .filter(version -> version.at().isAfter(one.at().minus(within)))
            .toList();
    return new Frozen(
        one.customerId(),
        one.attribute(),
        one.value(),
        one.reason(),
        one.at(),
        Flips.of(before).of(one.attribute()));
  }
}
