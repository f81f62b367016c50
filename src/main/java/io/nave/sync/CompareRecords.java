package io.nave.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Compares the records whose content is new with those that share a blocking key, and keeps what
 * speaks for one customer. No other pair is compared: what is known about it stands.
 *
 * <p>It looks first, beside others, and then takes a turn ({@link Turns}), in which only what has
 * changed since is looked at again.
 *
 * <p>A key that more records get than a key may have is worn out: it says nothing from then on.
 * What only such keys once said is forgotten, too, else the outcome would depend on the order of
 * arrival.
 */
@ApplicationScoped
class CompareRecords {
  private final SourceRecords records;
  private final MatchEdges matchEdges;
  private final Turns turns;
  private final MatchingInForce matching;
  private final ReconcileTimes times;

  CompareRecords(
      SourceRecords records,
      MatchEdges matchEdges,
      Turns turns,
      MatchingInForce matching,
      ReconcileTimes times) {
    this.records = records;
    this.matchEdges = matchEdges;
    this.turns = turns;
    this.matching = matching;
    this.times = times;
  }

  /**
   * Compares, and has a turn until the transaction ends if any record has a key or had one.
   *
   * @return the records whose customers may change: those compared, and those that a match ties or
   *     tied to one of them
   */
  Set<Long> run(Connection connection, Working work) throws SQLException {
    var inForce = matching.now();
    var compared = new ComparedRecords(connection, inForce, records, matchEdges, turns, times);
    for (var record : List.copyOf(work.changed.values())) {
      if (work.isMatchedAnew(record)) {
        var profile = times.scoring(() -> inForce.match().profile(record.evidence()));
        long[] keys = times.scoring(() -> inForce.keys().digests(profile));
        compared.add(record.id(), profile, record.keys(), keys);
        work.replace(record.withKeys(keys));
      }
    }
    work.whenCommitted = compared::remember;
    return compared.isEmpty() ? Set.of() : compared.run();
  }
}
