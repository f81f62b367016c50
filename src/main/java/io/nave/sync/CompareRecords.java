package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.identity.Edge;
import io.nave.identity.Outcome;
import io.nave.identity.Profile;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Compares the records whose content is new with those that share a blocking key, and keeps what
 * speaks for one customer. No other pair is compared: what is known about it stands.
 *
 * <p>A key that more records get than a key may have is worn out: it says nothing from then on.
 * What it once said is forgotten, too, else the outcome would depend on the order of arrival: all
 * records that have it are compared anew.
 */
@ApplicationScoped
class CompareRecords {
  private final SourceRecords records;
  private final MatchEdges matchEdges;
  private final MatchingInForce matching;
  private final ReconcileTimes times;

  CompareRecords(
      SourceRecords records,
      MatchEdges matchEdges,
      MatchingInForce matching,
      ReconcileTimes times) {
    this.records = records;
    this.matchEdges = matchEdges;
    this.matching = matching;
    this.times = times;
  }

  /**
   * Compares, and holds locks on all blocking keys that took part.
   *
   * @return the records whose customers may change: those compared, and those that a match ties or
   *     tied to one of them
   */
  Set<Long> run(Connection connection, Working work) throws SQLException {
    var inForce = matching.now();
    var compared = new Compared(connection, inForce);
    for (var record : List.copyOf(work.changed.values())) {
      if (work.isMatchedAnew(record)) {
        var profile = compared.profile(record.evidence());
        long[] keys = times.scoring(() -> inForce.keys().digests(profile));
        compared.change(record.id(), profile, record.keys(), keys);
        work.replace(record.withKeys(keys));
      }
    }
    return compared.isEmpty() ? Set.of() : compared.run();
  }

  /** The records compared anew in one transaction. */
  private final class Compared {
    private final Connection connection;
    private final MatchingInForce.Rules rules;
    private final Connection candidates;
    private final Map<Long, Profile> profiles = new LinkedHashMap<>();
    private final Map<Long, long[]> keys = new HashMap<>();
    private final Map<Long, Integer> change = new TreeMap<>();
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final List<SourceRecords.KeyChange> gained = new ArrayList<>();
    private final List<SourceRecords.KeyChange> lost = new ArrayList<>();

    Compared(Connection connection, MatchingInForce.Rules rules) {
      this.connection = connection;
      this.rules = rules;
      this.candidates = times.candidates(connection);
    }

    Profile profile(Customer customer) {
      return times.scoring(() -> rules.match().profile(customer));
    }

    boolean isEmpty() {
      return profiles.isEmpty();
    }

    void change(long id, Profile profile, long[] before, long[] now) {
      profiles.put(id, profile);
      keys.put(id, now);
      var old = set(before);
      for (long key : now) {
        boolean isNew = !old.remove(key);
        change.merge(key, isNew ? 1 : 0, Integer::sum);
        if (isNew) {
          gained.add(new SourceRecords.KeyChange(key, id));
        }
      }
      for (long key : old) {
        change.merge(key, -1, Integer::sum);
        lost.add(new SourceRecords.KeyChange(key, id));
      }
    }

    Set<Long> run() throws SQLException {
      leaveOut(worn(records.sizes(candidates, change.keySet())));
      sizes.putAll(records.lockBlocks(times.locking(connection), change));
      records.addKeys(candidates, gained);
      records.removeKeys(candidates, lost);
      wearOut(worn(sizes));
      var edges = edges();
      var tied = matchEdges.remove(connection, profiles.keySet());
      matchEdges.add(connection, edges);
      tied.addAll(profiles.keySet());
      for (var edge : edges) {
        if (edge.outcome() == Outcome.MATCH) {
          tied.add(edge.a());
          tied.add(edge.b());
        }
      }
      return tied;
    }

    /** The keys that more records have, or had, than may have them. */
    private Set<Long> worn(Map<Long, Integer> all) {
      var worn = new HashSet<Long>();
      all.forEach(
          (key, size) -> {
            if (size > rules.keys().most(key)) {
              worn.add(key);
            }
          });
      return worn;
    }

    /** Keys that say nothing are neither counted nor locked: many batches meet at them. */
    private void leaveOut(Set<Long> worn) {
      change.keySet().removeAll(worn);
      gained.removeIf(change -> worn.contains(change.key()));
      lost.removeIf(change -> worn.contains(change.key()));
      worn.forEach(key -> sizes.put(key, Integer.MAX_VALUE));
    }

    /** What these keys once said is forgotten: all records that have them are compared anew. */
    private void wearOut(Set<Long> worn) throws SQLException {
      worn.retainAll(change.keySet());
      if (worn.isEmpty()) {
        return;
      }
      var ids = new HashSet<Long>();
      records.withKeys(candidates, worn).values().forEach(ids::addAll);
      records.empty(candidates, worn);
      ids.removeAll(profiles.keySet());
      var locks = new TreeMap<Long, Integer>();
      for (var content : records.contents(candidates, ids)) {
        profiles.put(content.id(), profile(content.customer()));
        keys.put(content.id(), content.keys());
        LongStream.of(content.keys())
            .filter(key -> !sizes.containsKey(key))
            .forEach(key -> locks.put(key, 0));
      }
      locks.keySet().removeAll(worn(records.sizes(candidates, locks.keySet())));
      sizes.putAll(records.lockBlocks(times.locking(connection), locks));
    }

    private List<Edge> edges() throws SQLException {
      var members = records.withKeys(candidates, tellingKeys());
      var others = new HashSet<Long>();
      members.values().forEach(others::addAll);
      others.removeAll(profiles.keySet());
      var known = new HashMap<>(profiles);
      for (var content : records.contents(candidates, others)) {
        known.put(content.id(), profile(content.customer()));
      }
      return times.scoring(() -> edges(known, pairs(members.values())));
    }

    private List<Edge> edges(Map<Long, Profile> known, Set<IdPair> pairs) {
      var edges = new ArrayList<Edge>();
      for (var pair : pairs) {
        var a = known.get(pair.low());
        var b = known.get(pair.high());
        var edge =
            a == null || b == null ? null : rules.match().edge(pair.low(), a, pair.high(), b);
        if (edge != null) {
          edges.add(edge);
        }
      }
      return edges;
    }

    private Set<Long> tellingKeys() {
      var telling = new HashSet<Long>();
      for (long[] own : keys.values()) {
        for (long key : own) {
          int size = sizes.getOrDefault(key, Integer.MAX_VALUE);
          if (size > 1 && size <= rules.keys().most(key)) {
            telling.add(key);
          }
        }
      }
      return telling;
    }

    /** Each pair once that shares a key, and of which one is compared anew. */
    private Set<IdPair> pairs(Collection<List<Long>> members) {
      var pairs = new HashSet<IdPair>();
      for (var block : members) {
        for (int i = 0; i < block.size(); i++) {
          if (profiles.containsKey(block.get(i))) {
            for (int j = 0; j < block.size(); j++) {
              if (i != j) {
                pairs.add(IdPair.of(block.get(i), block.get(j)));
              }
            }
          }
        }
      }
      return pairs;
    }
  }

  private record IdPair(long low, long high) {
    /** Spread: the usual hash of two neighbours collides. */
    @Override
    public int hashCode() {
      return Long.hashCode((low * 0x9e3779b97f4a7c15L) ^ high);
    }

    static IdPair of(long a, long b) {
      return new IdPair(Math.min(a, b), Math.max(a, b));
    }
  }

  private static Set<Long> set(long[] keys) {
    var set = new HashSet<Long>();
    for (long key : keys) {
      set.add(key);
    }
    return set;
  }
}
