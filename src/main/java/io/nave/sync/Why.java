package io.nave.sync;

import io.nave.canonical.SourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Explains why records are one customer, or are not. */
@ApplicationScoped
public class Why {
  private static final int MOST_LINKS = 200;
  private static final double DECIDED = Double.POSITIVE_INFINITY;

  private final Transactions transactions;
  private final SourceRecords records;
  private final Decisions decisions;
  private final MatchingInForce matching;

  Why(
      Transactions transactions,
      SourceRecords records,
      Decisions decisions,
      MatchingInForce matching) {
    this.transactions = transactions;
    this.records = records;
    this.decisions = decisions;
    this.matching = matching;
  }

  /**
   * A link between two records.
   *
   * @param outcome what the matcher said when it last compared them, or {@code STEWARD}
   * @param weight null where a steward decided
   * @param holds true where this link holds the customer together; the others only confirm it
   * @param evidence what the rules say now
   * @param decision the standing decision about the pair; null for none
   * @param customerA the customers that the records belong to
   */
  public record Link(
      SourceKey a,
      SourceKey b,
      String outcome,
      Double weight,
      String rule,
      boolean holds,
      Evidence evidence,
      StewardDecision decision,
      UUID customerA,
      UUID customerB) {}

  /** A record, and whether its spoke has deleted it. */
  public record Member(String spoke, String recordId, boolean deleted, String rule) {}

  /**
   * Everything about one customer.
   *
   * @param links between its own records, the strongest first; at most 200
   * @param possible to records of other customers: what may be the same customer
   * @param severed to records of other customers: what would be, if nothing kept them apart
   * @param decisions those that stand about any of its records
   */
  public record OfCustomer(
      UUID customerId,
      List<Member> records,
      List<Link> links,
      List<Link> possible,
      List<Link> severed,
      List<StewardDecision> decisions) {}

  /**
   * Everything about two records.
   *
   * @param path the links that hold the two together in one customer; empty where they are not
   */
  public record OfPair(
      SourceKey a,
      SourceKey b,
      UUID customerA,
      UUID customerB,
      boolean together,
      Evidence evidence,
      List<StewardDecision> decisions,
      List<Link> path) {}

  /** Empty for an unknown customer, and for one that has no records any more. */
  public Optional<OfCustomer> customer(UUID id) {
    return transactions.call(
        connection -> {
          var members = byKey(records.of(connection, List.of(id)));
          return members.isEmpty()
              ? Optional.empty()
              : Optional.of(customer(connection, id, members));
        });
  }

  private OfCustomer customer(Connection connection, UUID id, Map<SourceKey, StoredRecord> members)
      throws SQLException {
    var standing = decisions.about(connection, members.keySet());
    var all = links(connection, id, members, standing);
    var own = all.stream().filter(l -> l.customerA().equals(l.customerB())).toList();
    var others = all.stream().filter(l -> !l.customerA().equals(l.customerB())).toList();
    return new OfCustomer(
        id,
        members.values().stream()
            .map(r -> new Member(r.key().spoke(), r.key().recordId(), r.deleted(), r.rule()))
            .toList(),
        own,
        others.stream().filter(l -> l.outcome().equals("POSSIBLE_MATCH")).toList(),
        others.stream().filter(l -> l.outcome().equals("MATCH")).toList(),
        standing);
  }

  /** Empty where one of the records is unknown. */
  public Optional<OfPair> pair(SourceKey a, SourceKey b) {
    return transactions.call(
        connection -> {
          var found = records.read(connection, Set.of(a, b));
          return found.containsKey(a) && found.containsKey(b)
              ? Optional.of(pair(connection, found.get(a), found.get(b)))
              : Optional.empty();
        });
  }

  private OfPair pair(Connection connection, StoredRecord a, StoredRecord b) throws SQLException {
    boolean together = a.customerId().equals(b.customerId());
    List<Link> path = List.of();
    if (together && a != b) {
      var members = byKey(records.of(connection, List.of(a.customerId())));
      var standing = decisions.about(connection, members.keySet());
      path = path(links(connection, a.customerId(), members, standing), a.key(), b.key());
    }
    return new OfPair(
        a.key(),
        b.key(),
        a.customerId(),
        b.customerId(),
        together,
        Evidence.of(matching.now().match(), a.content(), b.content()),
        decisions.about(connection, List.of(a.key())).stream()
            .filter(d -> d.isOn(a.key(), b.key()))
            .toList(),
        path);
  }

  private static Map<SourceKey, StoredRecord> byKey(List<StoredRecord> members) {
    return members.stream()
        .sorted(Comparator.comparing(StoredRecord::key))
        .collect(
            Collectors.toMap(
                StoredRecord::key, Function.identity(), (x, y) -> x, java.util.LinkedHashMap::new));
  }

  // -- links

  private record Edge(SourceKey a, SourceKey b, double weight, String outcome, String rule) {}

  /** Strongest first, the ones that hold the customer together are marked. */
  private List<Link> links(
      Connection connection,
      UUID id,
      Map<SourceKey, StoredRecord> members,
      List<StewardDecision> standing)
      throws SQLException {
    var edges = edges(connection, members.values());
    standing.stream()
        .filter(d -> d.same() && members.containsKey(d.a()) && members.containsKey(d.b()))
        .forEach(d -> edges.add(new Edge(d.a(), d.b(), DECIDED, "STEWARD", d.decidedBy())));
    edges.sort(Comparator.comparingDouble(e -> -e.weight()));
    var known = new HashMap<>(members);
    known.putAll(records.read(connection, strangers(edges, members)));
    var holding = holding(edges, members.keySet());
    return edges.stream()
        .filter(e -> known.containsKey(e.a()) && known.containsKey(e.b()))
        .limit(MOST_LINKS)
        .map(e -> link(e, known, holding.contains(e), standing))
        .toList();
  }

  private Link link(
      Edge edge,
      Map<SourceKey, StoredRecord> known,
      boolean holds,
      List<StewardDecision> standing) {
    var a = known.get(edge.a());
    var b = known.get(edge.b());
    return new Link(
        edge.a(),
        edge.b(),
        edge.outcome(),
        edge.weight() == DECIDED ? null : edge.weight(),
        edge.rule(),
        holds,
        Evidence.of(matching.now().match(), a.content(), b.content()),
        standing.stream().filter(d -> d.isOn(edge.a(), edge.b())).findFirst().orElse(null),
        a.customerId(),
        b.customerId());
  }

  private static Set<SourceKey> strangers(List<Edge> edges, Map<SourceKey, StoredRecord> members) {
    var strangers = new LinkedHashSet<SourceKey>();
    for (var edge : edges.subList(0, Math.min(edges.size(), 2 * MOST_LINKS))) {
      strangers.add(edge.a());
      strangers.add(edge.b());
    }
    strangers.removeAll(members.keySet());
    return strangers;
  }

  /** The strongest links that suffice to hold these records together. */
  private static Set<Edge> holding(List<Edge> edges, Collection<SourceKey> members) {
    Map<SourceKey, SourceKey> group = new HashMap<>();
    members.forEach(key -> group.put(key, key));
    var holding = new LinkedHashSet<Edge>();
    for (var edge : edges) {
      var one = group.get(edge.a());
      var other = group.get(edge.b());
      boolean joins = !edge.outcome().equals("POSSIBLE_MATCH");
      if (joins && one != null && other != null && !one.equals(other)) {
        holding.add(edge);
        group.replaceAll((key, of) -> of.equals(other) ? one : of);
      }
    }
    return holding;
  }

  private static List<Link> path(List<Link> links, SourceKey from, SourceKey to) {
    Map<SourceKey, Link> reached = new HashMap<>();
    var waiting = new java.util.ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      var here = waiting.remove();
      for (var link : links) {
        if (link.holds() && (link.a().equals(here) || link.b().equals(here))) {
          var there = link.a().equals(here) ? link.b() : link.a();
          if (!there.equals(from) && reached.putIfAbsent(there, link) == null) {
            waiting.add(there);
          }
        }
      }
    }
    var path = new ArrayList<Link>();
    for (var here = to; reached.containsKey(here); ) {
      var link = reached.get(here);
      path.add(0, link);
      here = link.a().equals(here) ? link.b() : link.a();
    }
    return path;
  }

  private static List<Edge> edges(Connection connection, Collection<StoredRecord> members)
      throws SQLException {
    var sql =
        "with m as (select unnest(?) as id), e as (select e.* from m join match_edge e on e.a ="
            + " m.id union select e.* from m join match_edge e on e.b = m.id)"
            + " select x.spoke, x.record_id, y.spoke, y.record_id, e.weight, e.outcome, e.rule"
            + " from e join source_record x on x.id = e.a join source_record y on y.id = e.b"
            + " order by e.weight desc, e.a, e.b";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(
          1, io.nave.platform.Columns.numbers(connection, members, StoredRecord::id));
      var edges = new ArrayList<Edge>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          edges.add(
              new Edge(
                  new SourceKey(rows.getString(1), rows.getString(2)),
                  new SourceKey(rows.getString(3), rows.getString(4)),
                  rows.getFloat(5),
                  rows.getString(6),
                  rows.getString(7)));
        }
      }
      return edges;
    }
  }
}
