package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.identity.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes records out of a customer. What stewards had said to bring them together is retracted; only
 * where the rules would still join them, a steward's word keeps them apart, pair by pair, the
 * strongest first, and where the hub itself would. So unmerging what was merged leaves nothing
 * behind.
 */
@ApplicationScoped
public class Unmerge {
  private final Transactions transactions;
  private final Decisions decisions;
  private final SourceRecords records;
  private final ReconcileSteps steps;
  private final MatchingInForce matching;
  private final Clock clock;
  private final Wake wake;

  Unmerge(
      Transactions transactions,
      Decisions decisions,
      SourceRecords records,
      ReconcileSteps steps,
      MatchingInForce matching,
      Clock clock,
      Wake wake) {
    this.transactions = transactions;
    this.decisions = decisions;
    this.records = records;
    this.steps = steps;
    this.matching = matching;
    this.clock = clock;
    this.wake = wake;
  }

  /**
   * Separates these records from the others of the customer. A record that the hub itself created
   * goes with the one for which it was created.
   */
  public StewardAnswer unmerge(UUID customer, List<SourceKey> apart, String reason, String by) {
    var answer = transactions.call(connection -> unmerge(connection, customer, apart, reason, by));
    wake.outbox();
    return answer;
  }

  private StewardAnswer unmerge(
      Connection connection, UUID customer, List<SourceKey> apart, String reason, String by)
      throws SQLException {
    decisions.serialise(connection);
    var members =
        records.of(connection, List.of(customer)).stream()
            .collect(Collectors.toMap(StoredRecord::key, Function.identity()));
    if (members.isEmpty()) {
      return new StewardAnswer.Unknown(
          "customer: " + customer + " (expected: one that has records)");
    }
    for (int i = 0; i < apart.size(); i++) {
      if (!members.containsKey(apart.get(i))) {
        var words = "record: " + apart.get(i) + " (expected: a record of this customer)";
        return StewardAnswer.refused(i, "/records/" + i, words);
      }
    }
    var standing = decisions.about(connection, members.keySet());
    var leaving = withCreated(apart, standing);
    return leaving.size() == members.size() || leaving.isEmpty()
        ? StewardAnswer.refused(
            0,
            "/records",
            "records: " + leaving.size() + " of " + members.size() + " (expected: some, not all)")
        : new OneUnmerge(members, leaving, reason, by, clock.instant()).run(connection, standing);
  }

  private static Set<SourceKey> withCreated(
      Collection<SourceKey> apart, List<StewardDecision> standing) {
    var leaving = new HashSet<>(apart);
    standing.stream()
        .filter(d -> d.same() && d.decidedBy().equals(StewardDecision.HUB))
        .filter(d -> apart.contains(d.b()))
        .forEach(d -> leaving.add(d.a()));
    return leaving;
  }

  private final class OneUnmerge {
    private final Map<SourceKey, StoredRecord> members;
    private final Set<SourceKey> leaving;
    private final String reason;
    private final String by;
    private final Instant now;
    private final List<StewardDecision> made = new ArrayList<>();

    OneUnmerge(
        Map<SourceKey, StoredRecord> members,
        Set<SourceKey> leaving,
        String reason,
        String by,
        Instant now) {
      this.members = members;
      this.leaving = leaving;
      this.reason = reason;
      this.by = by;
      this.now = now;
    }

    StewardAnswer run(Connection connection, List<StewardDecision> standing) throws SQLException {
      var across =
          standing.stream()
              .filter(d -> d.same() && leaving.contains(d.a()) != leaving.contains(d.b()))
              .toList();
      decisions.retract(connection, across, by, now);
      for (var decision : across) {
        if (decision.decidedBy().equals(StewardDecision.HUB)) {
          made.add(
              decisions.add(
                  connection, new Wish(decision.a(), decision.b(), false, reason), by, now));
        }
      }
      steps.rematch(connection, members.keySet(), this::isSettled, now);
      var retracted = new ArrayList<StewardDecision>();
      for (var decision : across) {
        retracted.add(decisions.byId(connection, decision.id()));
      }
      return new StewardAnswer.Done(
          made, retracted, Decide.customersOf(connection, records, members.keySet()));
    }

    private boolean isSettled(Connection connection, Working work) throws SQLException {
      boolean settled = true;
      for (var part : work.parts()) {
        var out = part.stream().filter(leaving::contains).toList();
        var in = part.stream().filter(k -> members.containsKey(k) && !leaving.contains(k)).toList();
        if (!out.isEmpty() && !in.isEmpty()) {
          made.add(decisions.add(connection, strongest(out, in), by, now));
          settled = false;
        }
      }
      return settled;
    }

    private Wish strongest(List<SourceKey> out, List<SourceKey> in) {
      return out.stream()
          .flatMap(a -> in.stream().map(b -> new Wish(a, b, false, reason)))
          .filter(wish -> made.stream().noneMatch(d -> d.isOn(wish.a(), wish.b())))
          .max(
              Comparator.comparingDouble(this::strength)
                  .thenComparing(Wish::low)
                  .thenComparing(Wish::high))
          .orElseThrow();
    }

    private double strength(Wish wish) {
      var verdict =
          matching
              .now()
              .match()
              .compare(members.get(wish.a()).content(), members.get(wish.b()).content());
      return verdict.outcome() == Outcome.NO_MATCH ? 0 : verdict.weight();
    }
  }
}
