package io.nave.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Union-find over record positions that refuses a union when any record of the one group
 * contradicts any record of the other. Records that stewards joined speak together: they contradict
 * a record only where all of them do.
 *
 * <p>Work is bounded: equal stances are compared once, and a group holds at most {@value
 * #MOST_STANCES} different stances; it does not grow beyond.
 */
final class Groups {
  static final int MOST_STANCES = 64;

  private final MatchRules rules;
  private final int[] parent;
  private final List<List<Integer>> members = new ArrayList<>();
  private final Map<Integer, Set<Integer>> apart = new HashMap<>();
  private final List<Set<Integer>> stances = new ArrayList<>();
  private final List<Set<Stance>> atoms = new ArrayList<>();
  private final Map<Long, Boolean> contradictions = new HashMap<>();

  Groups(MatchRules rules, int size) {
    this.rules = rules;
    this.parent = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
      members.add(new ArrayList<>(List.of(i)));
    }
  }

  /** A steward keeps the two apart. Comes first. */
  void keepApart(int a, int b) {
    apart.computeIfAbsent(a, x -> new HashSet<>()).add(b);
    apart.computeIfAbsent(b, x -> new HashSet<>()).add(a);
  }

  boolean keptApart(int a, int b) {
    return apart.getOrDefault(a, Set.of()).contains(b);
  }

  /** A steward joins the two. Comes second: other stewards' words alone can refuse. */
  void join(int a, int b) {
    int one = find(a);
    int other = find(b);
    if (one != other && !decidedApart(one, other)) {
      merge(one, other);
    }
  }

  /** What each record stands for. Comes third. */
  void take(List<Stance> of) {
    Map<Set<Stance>, Integer> known = new HashMap<>();
    for (int i = 0; i < parent.length; i++) {
      stances.add(new HashSet<>());
      if (find(i) == i) {
        Set<Stance> atom = new HashSet<>();
        members.get(i).forEach(m -> atom.add(of.get(m)));
        stances.get(i).add(known.computeIfAbsent(atom, this::add));
      }
    }
  }

  /** Joins the two groups unless some of their records contradict each other. */
  void joinUnlessContradicted(int a, int b) {
    int one = find(a);
    int other = find(b);
    if (one != other && !decidedApart(one, other) && !contradict(one, other)) {
      int root = merge(one, other);
      stances.get(root).addAll(stances.get(root == one ? other : one));
    }
  }

  boolean together(int a, int b) {
    return find(a) == find(b);
  }

  /** The positions of each group, in order. */
  Collection<List<Integer>> all() {
    List<List<Integer>> groups = new ArrayList<>();
    for (int i = 0; i < parent.length; i++) {
      if (parent[i] == i) {
        groups.add(members.get(i).stream().sorted().toList());
      }
    }
    return groups;
  }

  private int add(Set<Stance> atom) {
    atoms.add(atom);
    return atoms.size() - 1;
  }

  private int find(int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private int merge(int one, int other) {
    int root = members.get(one).size() >= members.get(other).size() ? one : other;
    int gone = root == one ? other : one;
    parent[gone] = root;
    members.get(root).addAll(members.get(gone));
    return root;
  }

  private boolean decidedApart(int one, int other) {
    if (apart.isEmpty()) {
      return false;
    }
    int small = members.get(one).size() <= members.get(other).size() ? one : other;
    int root = small == one ? other : one;
    return members.get(small).stream()
        .flatMap(m -> apart.getOrDefault(m, Set.of()).stream())
        .anyMatch(m -> find(m) == root);
  }

  private boolean contradict(int one, int other) {
    Set<Integer> left = stances.get(one);
    Set<Integer> right = stances.get(other);
    if (left.size() + right.size() > MOST_STANCES && !left.containsAll(right)) {
      return true;
    }
    return left.stream().anyMatch(l -> right.stream().anyMatch(r -> contradictOnce(l, r)));
  }

  private boolean contradictOnce(int left, int right) {
    if (left == right) {
      return false;
    }
    long pair = (long) Math.min(left, right) << 32 | Math.max(left, right);
    Boolean known = contradictions.get(pair);
    if (known == null) {
      known = allContradict(atoms.get(left), atoms.get(right));
      contradictions.put(pair, known);
    }
    return known;
  }

  private boolean allContradict(Set<Stance> left, Set<Stance> right) {
    return left.stream().allMatch(l -> right.stream().allMatch(r -> rules.contradict(l, r)));
  }
}
