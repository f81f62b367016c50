package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.platform.Columns;
import io.nave.platform.FailureKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What the hub had written to records before the last time, in the table {@code written_before}: a
 * report that was made before the next write, and comes after it, is still an echo. All statements
 * are over sets, in the caller's transaction.
 *
 * @param held what was written, in the shape in which the spoke reports it
 * @param until when something else was written; in the future where that is not known to have
 *     arrived
 */
record WrittenBefore(Held held, Instant until) {

  /** A write takes no longer, as a rule. */
  private static final Duration WRITING = Duration.ofSeconds(2);

  /** How long a report may take. */
  static final Duration KEPT = Duration.ofDays(1);

  private static final String KEEP =
      """
      insert into written_before (spoke, target, held, until)
      select d.spoke, d.target, d.%1$s, ?::timestamptz from delivery d
      join unnest(?, ?) u(target, now) on d.target = u.target
      where d.spoke = ? and d.%1$s is not null and d.%1$s::text is distinct from u.now
      """;

  /** What may have been there still, until this write. */
  private static final String REPLACED =
      """
      update written_before b set until = ?::timestamptz
      from unnest(?) u(target)
      where b.spoke = ? and b.target = u.target and b.until > ?::timestamptz
      """;

  private static final String FORGET =
      """
      delete from written_before where ctid = any(array(
        select ctid from written_before where until < ?::timestamptz order by until limit ?))
      """;

  /**
   * The records whose writes are settled get what they are given here in place of what is held.
   * What a try may have written that ends without being delivered is kept, too.
   */
  static void settled(
      Connection connection, String spoke, List<SettledDelivery> settled, Instant now)
      throws SQLException {
    for (var later : List.of(false, true)) {
      var ended =
          settled.stream()
              .filter(
                  one -> one.kind() != FailureKind.TRANSIENT && !one.state().equals("delivered"))
              .filter(one -> later == (one.triesRemain() || one.state().equals("failed")))
              .toList();
      keep(connection, "intent", spoke, ended, later ? now.plus(KEPT) : now, now);
    }
    var written = settled.stream().filter(one -> one.held() != null).toList();
    replaced(connection, spoke, written.stream().filter(one -> !one.triesRemain()).toList(), now);
    keep(connection, "held", spoke, written, now, now);
  }

  private static void replaced(
      Connection connection, String spoke, List<SettledDelivery> written, Instant now)
      throws SQLException {
    if (written.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(REPLACED)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, written, SettledDelivery::targetNow));
      statement.setString(3, spoke);
      statement.setString(4, now.toString());
      statement.executeUpdate();
    }
  }

  private static void keep(
      Connection connection,
      String column,
      String spoke,
      List<SettledDelivery> settled,
      Instant until,
      Instant now)
      throws SQLException {
    var targets = settled.stream().map(SettledDelivery::targetNow).toList();
    var next = settled.stream().map(SettledDelivery::held).toList();
    keep(connection, column, spoke, targets, next, until, now);
  }

  private static final String OVERWRITTEN =
      """
      insert into written_before (spoke, target, held, until)
      select ?, target, held::json, ?::timestamptz from unnest(?, ?) u(target, held)
      """;

  /** What the hub wrote into records that it was to leave alone, and takes back. */
  static void takenBack(
      Connection connection, String spoke, Collection<SettledDelivery> written, Instant now)
      throws SQLException {
    try (var statement = connection.prepareStatement(OVERWRITTEN)) {
      statement.setString(1, spoke);
      statement.setString(2, now.toString());
      statement.setArray(3, Columns.text(connection, written, SettledDelivery::targetNow));
      statement.setArray(
          4, Columns.text(connection, written, one -> CanonicalJson.text(one.held())));
      statement.executeUpdate();
    }
  }

  /**
   * These records are about to be written; of an earlier try it is not known whether it was. Until
   * this one has arrived, the earlier one may still arrive.
   */
  static void intended(
      Connection connection, String spoke, List<String> targets, List<Held> intents, Instant now)
      throws SQLException {
    keep(connection, "intent", spoke, targets, intents, now.plus(KEPT), now);
  }

  private static void keep(
      Connection connection,
      String column,
      String spoke,
      List<String> targets,
      List<Held> next,
      Instant until,
      Instant now)
      throws SQLException {
    if (targets.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(KEEP.formatted(column))) {
      statement.setString(1, until.toString());
      statement.setArray(2, Columns.text(connection, targets, target -> target));
      statement.setArray(
          3,
          Columns.text(connection, next, held -> held == null ? null : CanonicalJson.text(held)));
      statement.setString(4, spoke);
      if (statement.executeUpdate() > 0) {
        forget(connection, 2 * targets.size(), now);
      }
    }
  }

  private static void forget(Connection connection, int most, Instant now) throws SQLException {
    try (var statement = connection.prepareStatement(FORGET)) {
      statement.setString(1, now.minus(KEPT).toString());
      statement.setInt(2, most);
      statement.executeUpdate();
    }
  }

  /**
   * The grants that the hub took away again without telling a stop: a record may have come to a
   * customer of whom nobody knows what she agreed to, and then some systems hold it back by a stop
   * of their own. What is reported of that is no decision.
   *
   * @param before what was written to one record, in any order
   * @param now what it is known to hold
   */
  static List<ToldConsent> takenGrants(List<WrittenBefore> before, Held now) {
    var taken = new ArrayList<ToldConsent>();
    var ordered = before.stream().sorted(Comparator.comparing(WrittenBefore::until)).toList();
    for (int i = 0; i < ordered.size(); i++) {
      var next = i + 1 < ordered.size() ? ordered.get(i + 1).held() : now;
      var until = ordered.get(i).until();
      ordered.get(i).held().consents().stream()
          .filter(one -> one.state() == Consent.State.granted)
          .map(Consent::subject)
          .filter(subject -> next != null && !speaksOf(next, subject))
          .map(
              subject ->
                  new ToldConsent(
                      subject, Consent.State.withdrawn, null, until.minus(WRITING), until))
          .forEach(taken::add);
    }
    return taken;
  }

  private static boolean speaksOf(Held held, Consent.Subject subject) {
    return held.consents().stream().anyMatch(one -> one.subject().equals(subject));
  }
}
