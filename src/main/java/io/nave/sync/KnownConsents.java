package io.nave.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentEntry;
import io.nave.consent.ConsentFold;
import io.nave.consent.ConsentLedger;
import io.nave.consent.Effective;
import io.nave.consent.Sealed;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What customers have said about consent, and what holds of it, now or at a time: so many
 * statements of SQL however many customers.
 *
 * <p>Now counts what the records say, which is what the spokes are told. The past is read from the
 * ledger: of the records that were the customer's then, what the hub had heard by then.
 */
@ApplicationScoped
class KnownConsents {
  private static final String NOW =
      "select c.id, c.state->'customer', s.spoke, s.record_id, s.consents from customer c"
          + " left join source_record s on s.customer_id = c.id where c.id = any(?::uuid[])";

  private static final String THEN =
      """
      with recursive past as (
        select u.id as asked, u.id, h.state, 1 as step
        from unnest(?::uuid[]) u(id) cross join lateral (
          select state from customer_history where customer_id = u.id and at <= ?::timestamptz
          order by version desc limit 1) h
        union all
        select p.asked, m.id, h.state, p.step + 1
        from past p cross join lateral (select (p.state->>'mergedInto')::uuid as id) m
        cross join lateral (
          select state from customer_history where customer_id = m.id and at <= ?::timestamptz
          order by version desc limit 1) h
        where m.id is not null and p.step < 1000)
      select asked, id, state->'customer', state->'records' from past
      where state->>'mergedInto' is null
      """;

  private static final Instant EVER = Instant.parse("9999-01-01T00:00:00Z");

  private final ConsentLedger ledger;
  private final ConsentFold fold;

  KnownConsents(ConsentLedger ledger, ConsentFold fold) {
    this.ledger = ledger;
    this.fold = fold;
  }

  /**
   * One customer.
   *
   * @param golden the golden record
   * @param records which were hers at that time
   * @param folded what holds; its entries have their numbers in the ledger
   */
  record Known(UUID id, JsonNode golden, Set<SourceKey> records, List<Effective> folded) {}

  /**
   * What was found.
   *
   * @param customers by the id that was asked for
   * @param seals by the number of the entry
   */
  record Found(Map<UUID, Known> customers, Map<Long, Sealed> seals) {}

  private record Raw(JsonNode golden, Set<SourceKey> records, List<ConsentEntry> said) {}

  // -- now

  /** What holds of these customers now; those that were merged are not among them. */
  Found now(Connection connection, Collection<UUID> customers, Instant now) throws SQLException {
    Map<UUID, Raw> raw = new LinkedHashMap<>();
    if (customers.isEmpty()) {
      return new Found(Map.of(), Map.of());
    }
    readNow(connection, customers, raw);
    Map<UUID, List<Effective>> folded = new HashMap<>();
    raw.forEach((id, one) -> folded.put(id, fold.fold(one.said(), now)));
    var deciding =
        folded.values().stream()
            .flatMap(List::stream)
            .map(Effective::key)
            .collect(Collectors.toSet());
    var numbers = new Numbers(ledger.until(connection, deciding, EVER));
    Map<UUID, Known> known = new HashMap<>();
    raw.forEach(
        (id, one) ->
            known.put(
                id,
                new Known(
                    id,
                    one.golden(),
                    one.records(),
                    folded.get(id).stream().map(numbers::numbered).toList())));
    return new Found(known, numbers.seals);
  }

  private static void readNow(Connection connection, Collection<UUID> customers, Map<UUID, Raw> raw)
      throws SQLException {
    try (var statement = connection.prepareStatement(NOW)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var id = rows.getObject(1, UUID.class);
          if (!raw.containsKey(id)) {
            raw.put(id, new Raw(tree(rows.getString(2)), new HashSet<>(), new ArrayList<>()));
          }
          if (rows.getString(3) != null) {
            addSaid(raw.get(id), rows);
          }
        }
      }
    }
  }

  private static void addSaid(Raw of, ResultSet row) throws SQLException {
    var key = new SourceKey(row.getString(3), row.getString(4));
    of.records().add(key);
    CanonicalJson.readList(row.getString(5), StatedConsent.class).stream()
        .flatMap(stated -> stated.entries(key))
        .forEach(of.said()::add);
  }

  private static JsonNode tree(String json) {
    return json == null ? JsonNodeFactory.instance.objectNode() : CanonicalJson.parse(json);
  }

  /** The numbers of entries in the ledger, by what they say. */
  private static final class Numbers {
    private record Said(
        SourceKey key, Consent.Subject subject, Consent.State state, Instant at, Instant recorded) {
      static Said of(ConsentEntry entry, boolean bound) {
        var s = entry.consent().subject();
        var subject =
            bound ? s : new Consent.Subject(s.purpose(), s.channel(), s.topic(), s.brand(), null);
        var consent = entry.consent();
        return new Said(
            entry.key(), subject, consent.state(), consent.decidedAt(), entry.recordedAt());
      }
    }

    final Map<Long, Sealed> seals = new HashMap<>();
    private final Map<Said, Long> exact = new HashMap<>();
    private final Map<Said, Long> unbound = new HashMap<>();

    Numbers(List<Sealed> entries) {
      for (var sealed : entries) {
        var id = sealed.entry().id();
        seals.put(id, sealed);
        exact.put(Said.of(sealed.entry(), true), id);
        unbound.put(Said.of(sealed.entry(), false), id);
      }
    }

    /** An entry whose address is erased in the ledger is known by the rest. */
    Effective numbered(Effective e) {
      var id = exact.get(Said.of(e.entry(), true));
      var number = id != null ? id : unbound.getOrDefault(Said.of(e.entry(), false), 0L);
      var entry = e.entry();
      return new Effective(
          e.subject(),
          e.state(),
          new ConsentEntry(number, entry.key(), entry.consent(), entry.recordedAt()),
          e.endsAt(),
          e.reason());
    }
  }

  // -- then

  /**
   * What held of these customers at a time. A customer that had been merged by then is whom she had
   * become a part of; one of whom nothing was known is not among them.
   */
  Found then(Connection connection, Collection<UUID> customers, Instant time) throws SQLException {
    Map<UUID, UUID> became = new HashMap<>();
    Map<UUID, Raw> raw = new LinkedHashMap<>();
    if (customers.isEmpty()) {
      return new Found(Map.of(), Map.of());
    }
    readPast(connection, customers, time, became, raw);
    Map<SourceKey, List<ConsentEntry>> said = new HashMap<>();
    Map<Long, Sealed> seals = new HashMap<>();
    var records =
        raw.values().stream().flatMap(one -> one.records().stream()).collect(Collectors.toSet());
    for (var sealed : ledger.until(connection, records, time)) {
      var entry = sealed.entry();
      seals.put(entry.id(), sealed);
      said.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry);
    }
    Map<UUID, Known> known = new HashMap<>();
    raw.forEach((id, one) -> known.put(id, known(id, one, said, time)));
    Map<UUID, Known> asked = new HashMap<>();
    became.forEach((id, into) -> asked.put(id, known.get(into)));
    return new Found(asked, seals);
  }

  private Known known(UUID id, Raw raw, Map<SourceKey, List<ConsentEntry>> said, Instant time) {
    var entries =
        raw.records().stream()
            .map(said::get)
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .toList();
    return new Known(id, raw.golden(), raw.records(), fold.fold(entries, time));
  }

  private static void readPast(
      Connection connection,
      Collection<UUID> customers,
      Instant time,
      Map<UUID, UUID> became,
      Map<UUID, Raw> raw)
      throws SQLException {
    try (var statement = connection.prepareStatement(THEN)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      statement.setString(2, time.toString());
      statement.setString(3, time.toString());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var id = rows.getObject(2, UUID.class);
          became.put(rows.getObject(1, UUID.class), id);
          var records = new HashSet<SourceKey>();
          tree(rows.getString(4))
              .forEach(
                  one ->
                      records.add(
                          new SourceKey(
                              one.path("spoke").asText(), one.path("recordId").asText())));
          raw.put(id, new Raw(tree(rows.getString(3)), records, List.of()));
        }
      }
    }
  }
}
