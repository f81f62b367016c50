package io.nave.sync;

import io.nave.identity.Edge;
import io.nave.identity.Outcome;
import io.nave.identity.Profile;
import io.nave.sync.SourceRecords.KeyChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records that one transaction compares anew, and what it finds about them. */
final class ComparedRecords {
  private final Connection connection;
  private final Connection candidates;
  private final MatchingInForce.Rules rules;
  private final SourceRecords records;
  private final MatchEdges matchEdges;
  private final Turns turns;
  private final ReconcileTimes times;

  private final Map<Long, Profile> profiles = new LinkedHashMap<>();
  private final Map<Long, Compared> compared = new LinkedHashMap<>();
  private final Blocks blocks;
  private final List<KeyChange> gained = new ArrayList<>();
  private final List<KeyChange> lost = new ArrayList<>();

  /** The profiles of the others that were compared with them. */
  private final Map<Long, Profile> others = new HashMap<>();

  /** The number of the turn, or 0 where none is needed. */
  private long turn;

  /** With whom a record is to be compared, with whom it was, and what spoke for a pair. */
  private static final class Compared {
    private IdSet candidates = new IdSet();
    private final IdSet done = new IdSet();
    private final List<Edge> edges = new ArrayList<>();

    /** What is known of these records is true no longer. */
    void forget(IdSet changed) {
      done.removeIf(changed::contains);
      edges.removeIf(edge -> changed.contains(edge.a()) || changed.contains(edge.b()));
    }

    boolean isStillFound(Edge edge) {
      return candidates.contains(edge.a()) || candidates.contains(edge.b());
    }
  }

  ComparedRecords(
      Connection connection,
      MatchingInForce.Rules rules,
      SourceRecords records,
      MatchEdges matchEdges,
      Turns turns,
      ReconcileTimes times) {
    this.connection = connection;
    this.candidates = times.candidates(connection);
    this.rules = rules;
    this.records = records;
    this.matchEdges = matchEdges;
    this.turns = turns;
    this.times = times;
    this.blocks = new Blocks(rules.keys());
  }

  boolean isEmpty() {
    return profiles.isEmpty();
  }

  void add(long id, Profile profile, long[] before, long[] now) {
    profiles.put(id, profile);
    compared.put(id, new Compared());
    blocks.add(id, now);
    var old = set(before);
    for (long key : now) {
      if (!old.remove(key)) {
        gained.add(new KeyChange(key, id));
      }
    }
    old.forEach(key -> lost.add(new KeyChange(key, id)));
  }

  private static Set<Long> set(long[] keys) {
    var set = new HashSet<Long>();
    Arrays.stream(keys).forEach(set::add);
    return set;
  }

  /**
   * Looks, takes a turn, and writes keys and edges.
   *
   * @return the records whose customers may change
   */
  Set<Long> run() throws SQLException {
    if (blocks.keys().isEmpty() && lost.isEmpty()) {
      return rewrite(List.of()); // nothing to match by, nobody to wait for
    }
    long seen = heed();
    look(seen);
    gained.removeIf(change -> blocks.isWorn(change.key()));
    records.addKeys(candidates, gained);
    turn = turns.take(times.locking(connection));
    var since = since(seen);
    catchUp(since);
    records.removeKeys(candidates, lost);
    var worn = blocks.wearOut();
    var wornNow = new HashSet<>(worn.keySet());
    wornNow.addAll(since.worn());
    wornNow.retainAll(blocks.keys());
    if (!wornNow.isEmpty()) {
      records.wearOut(candidates, wornNow);
    }
    compare(turn - 1);
    var tied = rewrite(edges());
    tied.addAll(forget(worn));
    turns.note(candidates, turn, profiles.keySet(), worn.keySet());
    return tied;
  }

  /** Profiles that were known before the last turns may be old. Yields the last one. */
  private long heed() throws SQLException {
    var last = turns.last(candidates, rules.profiles().heeded());
    rules.profiles().heed(last.since().map(Turns.Done::records).orElse(null), last.turn());
    return last.turn();
  }

  private void look(long seen) throws SQLException {
    records.withKeys(candidates, blocks.keys(), blocks::found);
    compare(seen);
  }

  /** What was done in the turns between the look and this one. */
  private Turns.Done since(long seen) throws SQLException {
    var done =
        turns
            .between(candidates, seen, turn - 1)
            .orElseThrow(() -> new SQLException("too much changed meanwhile", "40001"));
    rules.profiles().heed(done.records(), turn - 1);
    return done;
  }

  /** Looks again at what was done since the look. */
  private void catchUp(Turns.Done since) throws SQLException {
    var ids = since.allRecords();
    ids.removeAll(profiles.keySet());
    var changed = new IdSet();
    ids.forEach(changed::add);
    blocks.changed(changed, records.keysOf(candidates, ids), since.worn());
    others.keySet().removeAll(ids);
    compared.values().forEach(one -> one.forget(changed));
  }

  /** Compares the pairs that were not compared yet, by what is true after a turn. */
  private void compare(long after) throws SQLException {
    var unknown = new HashSet<Long>();
    compared.forEach(
        (id, one) -> {
          one.candidates = blocks.candidates(id);
          one.candidates.forEach(
              other -> {
                if (!one.done.contains(other)) {
                  unknown.add(other);
                }
              });
        });
    unknown.removeAll(profiles.keySet());
    unknown.removeAll(others.keySet());
    read(unknown, after);
    times.scoring(
        () -> {
          compared.forEach(this::compare);
          return null;
        });
  }

  private void compare(long id, Compared one) {
    var profile = profiles.get(id);
    one.candidates.forEach(
        other -> {
          var its = one.done.add(other) ? profile(other) : null;
          var edge = its == null ? null : rules.match().edge(id, profile, other, its);
          if (edge != null) {
            one.edges.add(edge);
          }
        });
  }

  private Profile profile(long id) {
    var other = others.get(id);
    return other != null ? other : profiles.get(id);
  }

  private void read(Set<Long> ids, long after) throws SQLException {
    for (var id : ids) {
      var profile = rules.profiles().of(id);
      if (profile != null) {
        others.put(id, profile);
      }
    }
    ids.removeAll(others.keySet());
    records
        .contents(candidates, ids)
        .forEach(
            (id, customer) -> {
              var profile = times.scoring(() -> rules.match().profile(customer));
              others.put(id, profile);
              rules.profiles().put(id, profile, after);
            });
  }

  /** Once the turn is committed: others need not read these records. */
  void remember() {
    if (turn > 0) {
      profiles.forEach((id, profile) -> rules.profiles().put(id, profile, turn));
    }
  }

  /** Of the pairs that share a key that tells something. */
  private List<Edge> edges() {
    return compared.values().stream()
        .flatMap(one -> one.edges.stream().filter(one::isStillFound))
        .toList();
  }

  /** What is known about the records now, in place of what was. */
  private Set<Long> rewrite(List<Edge> edges) throws SQLException {
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

  /**
   * Forgets what is known about pairs of other records that share no key any more but worn ones.
   *
   * @param worn by the keys that were worn out now, the records that had them
   * @return the records whose edges were taken out
   */
  private Set<Long> forget(Map<Long, Set<Long>> worn) throws SQLException {
    var having = new HashSet<Long>();
    worn.values().forEach(having::addAll);
    var edges = new ArrayList<Edge>();
    if (!having.isEmpty()) {
      edges.addAll(matchEdges.of(candidates, having));
      edges.removeIf(edge -> !having.contains(edge.a()) || !having.contains(edge.b()));
    }
    if (edges.isEmpty()) {
      return Set.of();
    }
    edges.removeAll(stillFound(edges));
    matchEdges.removePairs(candidates, edges);
    return ends(edges);
  }

  /** The edges whose records share a key that is not worn out. */
  private Set<Edge> stillFound(List<Edge> edges) throws SQLException {
    var keys = records.keysOf(candidates, ends(edges));
    var shared = new HashMap<Edge, Set<Long>>();
    for (var edge : edges) {
      var both = set(keys.get(edge.a()));
      both.retainAll(set(keys.get(edge.b())));
      shared.put(edge, both);
    }
    var all = new HashSet<Long>();
    shared.values().forEach(all::addAll);
    var wornOut = records.wornOf(candidates, all);
    shared.values().removeIf(wornOut::containsAll);
    return shared.keySet();
  }

  private static Set<Long> ends(List<Edge> edges) {
    var ends = new HashSet<Long>();
    edges.forEach(edge -> ends.addAll(List.of(edge.a(), edge.b())));
    return ends;
  }
}
