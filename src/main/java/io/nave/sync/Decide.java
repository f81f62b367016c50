package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.sync.StewardAnswer.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes stewards' decisions about pairs of records, and carries them out at once: in the same
 * transaction the records concerned are matched anew.
 */
@ApplicationScoped
public class Decide {
  private final Transactions transactions;
  private final Decisions decisions;
  private final SourceRecords records;
  private final ReconcileSteps steps;
  private final Clock clock;
  private final Wake wake;

  Decide(
      Transactions transactions,
      Decisions decisions,
      SourceRecords records,
      ReconcileSteps steps,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.decisions = decisions;
    this.records = records;
    this.steps = steps;
    this.clock = clock;
    this.wake = wake;
  }

  /** Decides all of these, in their order, or nothing. */
  public StewardAnswer decide(List<Wish> wishes, String by) {
    return told(
        transactions.call(
            connection -> {
              decisions.serialise(connection);
              var unknown = unknown(connection, wishes);
              if (!unknown.isEmpty()) {
                return new StewardAnswer.Refused(unknown);
              }
              var contradicted = new ArrayList<Mistake>();
              fitting(connection, wishes, contradicted);
              return contradicted.isEmpty()
                  ? carryOut(connection, wishes, by, clock.instant())
                  : new StewardAnswer.Contradicted(contradicted);
            }));
  }

  /** Decides those of these that no standing decision contradicts, and that are known. */
  StewardAnswer decideWhatFits(List<Wish> wishes, String by) {
    return told(
        transactions.call(
            connection -> {
              decisions.serialise(connection);
              var unknown =
                  unknown(connection, wishes).stream()
                      .map(Mistake::index)
                      .collect(Collectors.toSet());
              var known = new ArrayList<Wish>();
              for (int i = 0; i < wishes.size(); i++) {
                if (!unknown.contains(i)) {
                  known.add(wishes.get(i));
                }
              }
              var fitting = fitting(connection, known, new ArrayList<>());
              return carryOut(connection, fitting, by, clock.instant());
            }));
  }

  /** From now on the rules say again what the two are. */
  public StewardAnswer retract(long id, String by) {
    return told(
        transactions.call(
            connection -> {
              decisions.serialise(connection);
              var decision = decisions.byId(connection, id);
              if (decision == null || !decision.stands()) {
                return new StewardAnswer.Unknown(
                    "decision: "
                        + id
                        + (decision == null ? "" : ", retracted already")
                        + " (expected: one that stands)");
              }
              var now = clock.instant();
              decisions.retract(connection, List.of(decision), by, now);
              var keys = Set.of(decision.a(), decision.b());
              steps.rematch(connection, keys, (c, work) -> true, now);
              return done(connection, List.of(), List.of(decisions.byId(connection, id)), keys);
            }));
  }

  private StewardAnswer told(StewardAnswer answer) {
    wake.outbox();
    return answer;
  }

  private List<Mistake> unknown(Connection connection, List<Wish> wishes) throws SQLException {
    var known = records.read(connection, keys(wishes)).keySet();
    var mistakes = new ArrayList<Mistake>();
    for (int i = 0; i < wishes.size(); i++) {
      var wish = wishes.get(i);
      for (var side : Map.of("/a", wish.a(), "/b", wish.b()).entrySet()) {
        if (!known.contains(side.getValue())) {
          var words = "record: " + side.getValue() + " (expected: one that was observed)";
          mistakes.add(new Mistake(i, side.getKey(), words, List.of()));
        }
      }
      if (wish.a().equals(wish.b())) {
        var words = "b: the same record as a (expected: two records)";
        mistakes.add(new Mistake(i, "/b", words, List.of()));
      }
    }
    return mistakes;
  }

  /** The wishes that fit to what stands and to each other; adds a mistake for each other one. */
  private List<Wish> fitting(Connection connection, List<Wish> wishes, List<Mistake> mistakes)
      throws SQLException {
    var graph = DecisionGraph.around(keys(wishes), keys -> decisions.about(connection, keys));
    var fitting = new ArrayList<Wish>();
    for (int i = 0; i < wishes.size(); i++) {
      var wish = wishes.get(i);
      var against = graph.against(wish);
      if (against.isEmpty()) {
        graph.put(planned(wish, i));
        fitting.add(wish);
      } else {
        mistakes.add(new Mistake(i, "", contradiction(wish, against), against));
      }
    }
    return fitting;
  }

  /** Has an id below zero, since it has none yet. */
  private static StewardDecision planned(Wish wish, int index) {
    return new StewardDecision(
        -1L - index, wish.a(), wish.b(), wish.same(), null, "", null, null, null);
  }

  static String contradiction(Wish wish, List<StewardDecision> against) {
    return wish.a()
        + (wish.same() ? " = " : " ≠ ")
        + wish.b()
        + ": contradicts "
        + against.stream().map(Decide::inWords).collect(Collectors.joining(", "))
        + " (expected: retract one of them first)";
  }

  private static String inWords(StewardDecision decision) {
    return decision.id() >= 0
        ? decision.inWords()
        : decision.inWords().replaceAll(" \\(decision -.*", " (item ")
            + (-decision.id() - 1)
            + " of this request)";
  }

  private StewardAnswer carryOut(Connection connection, List<Wish> wishes, String by, Instant now)
      throws SQLException {
    var made = new ArrayList<StewardDecision>();
    for (var wish : wishes) {
      made.add(decisions.add(connection, wish, by, now));
    }
    var keys = keys(wishes);
    if (!keys.isEmpty()) {
      steps.rematch(connection, keys, (c, work) -> true, now);
    }
    return done(connection, made, List.of(), keys);
  }

  private StewardAnswer.Done done(
      Connection connection,
      List<StewardDecision> made,
      List<StewardDecision> retracted,
      Collection<SourceKey> keys)
      throws SQLException {
    return new StewardAnswer.Done(made, retracted, customersOf(connection, records, keys));
  }

  static List<UUID> customersOf(
      Connection connection, SourceRecords records, Collection<SourceKey> keys)
      throws SQLException {
    return records.read(connection, keys).values().stream()
        .map(StoredRecord::customerId)
        .distinct()
        .sorted()
        .toList();
  }

  private static Set<SourceKey> keys(List<Wish> wishes) {
    return wishes.stream()
        .flatMap(wish -> Stream.of(wish.a(), wish.b()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
