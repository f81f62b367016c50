package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.sync.StewardAnswer.Mistake;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes two customers one: a steward says that their first records are the same. Where rules would
 * leave one of their other records outside, the steward's word is extended to it.
 */
@ApplicationScoped
public class Merge {
  private final Transactions transactions;
  private final Decisions decisions;
  private final SourceRecords records;
  private final ReconcileSteps steps;
  private final Clock clock;
  private final Wake wake;

  Merge(
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

  /** The older one keeps its id, the other one redirects to it. */
  public StewardAnswer merge(UUID one, UUID with, String reason, String by) {
    if (one.equals(with)) {
      return StewardAnswer.refused(0, "/with", "with: the same customer (expected: another one)");
    }
    var answer = transactions.call(connection -> merge(connection, one, with, reason, by));
    wake.outbox();
    return answer;
  }

  private StewardAnswer merge(Connection connection, UUID one, UUID with, String reason, String by)
      throws SQLException {
    decisions.serialise(connection);
    var left = keys(connection, one);
    var right = keys(connection, with);
    if (left.isEmpty()) {
      return new StewardAnswer.Unknown("customer: " + one + " (expected: one that has records)");
    }
    if (right.isEmpty()) {
      return StewardAnswer.refused(
          0, "/with", "with: " + with + " (expected: a customer that has records)");
    }
    var wish = new Wish(left.get(0), right.get(0), true, reason);
    var against = apart(connection, left, right);
    return against.isEmpty()
        ? new OneMerge(left, right, wish, by, clock.instant()).run(connection)
        : new StewardAnswer.Contradicted(
            List.of(new Mistake(0, "", Decide.contradiction(wish, against), against)));
  }

  private List<SourceKey> keys(Connection connection, UUID customer) throws SQLException {
    return records.of(connection, List.of(customer)).stream()
        .sorted(Comparator.comparing(StoredRecord::id))
        .map(StoredRecord::key)
        .toList();
  }

  /** What stewards said that keeps the two apart. */
  private List<StewardDecision> apart(
      Connection connection, List<SourceKey> left, List<SourceKey> right) throws SQLException {
    return decisions.about(connection, left).stream()
        .filter(d -> !d.same() && (right.contains(d.a()) || right.contains(d.b())))
        .toList();
  }

  private final class OneMerge {
    private final List<SourceKey> left;
    private final List<SourceKey> right;
    private final Wish wish;
    private final String by;
    private final Instant now;
    private final List<StewardDecision> made = new ArrayList<>();

    OneMerge(List<SourceKey> left, List<SourceKey> right, Wish wish, String by, Instant now) {
      this.left = left;
      this.right = right;
      this.wish = wish;
      this.by = by;
      this.now = now;
    }

    StewardAnswer run(Connection connection) throws SQLException {
      made.add(decisions.add(connection, wish, by, now));
      steps.rematch(connection, Set.of(wish.a(), wish.b()), this::isSettled, now);
      var customers = Decide.customersOf(connection, records, List.of(wish.a()));
      return new StewardAnswer.Done(made, List.of(), customers);
    }

    /** Takes the first record that is left outside to the other customer's first one. */
    private boolean isSettled(Connection connection, Working work) throws SQLException {
      var whole =
          work.parts().stream().filter(part -> part.contains(wish.a())).findFirst().orElseThrow();
      var outside =
          Stream.concat(left.stream(), right.stream())
              .filter(key -> !whole.contains(key))
              .collect(Collectors.toList());
      if (outside.isEmpty()) {
        return true;
      }
      var lost = outside.get(0);
      var anchor = left.contains(lost) ? wish.b() : wish.a();
      made.add(decisions.add(connection, new Wish(anchor, lost, true, wish.reason()), by, now));
      return false;
    }
  }
}
