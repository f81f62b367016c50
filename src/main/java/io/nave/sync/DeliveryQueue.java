package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import io.nave.platform.FailureKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The deliveries as a work queue in PostgreSQL: what is due is claimed, sent, and settled. A claim
 * ends by itself, so that what a dead hub had claimed is done by another.
 */
@ApplicationScoped
class DeliveryQueue {
  static final String TO_CREATE = "+";

  /** How long a claim lasts that is not renewed: so long waits what a dead instance had claimed. */
  static final Duration CLAIM_LASTS = Duration.ofSeconds(20);

  private static final String CLAIM =
      """
      with due as (
        select spoke, target, trying from delivery
        where spoke = ? and %s and due_at <= ?::timestamptz and (? or target not like '+%%')
          and (claimed_until is null or claimed_until < ?::timestamptz)
        order by urgent desc, due_at limit ? for update skip locked)
      update delivery d set claimed_until = ?::timestamptz, trying = null
      from due where d.spoke = due.spoke and d.target = due.target
      returning d.target, due.trying
      """;

  /**
   * A statement of its own: within the claim, rows that changed since it began are read as they
   * are, and customers as they were. Claimed, they change no more until this has ended.
   */
  private static final String CLAIMED =
      """
      select d.target, c.id, c.version, c.state, coalesce(d.seen, d.held), d.attempts, d.noticed_at,
             s.content, s.consents, s.preferences, s.deleted, c.redirect_to is not null,
             s.id is null and exists (select 1 from source_record x
               where x.spoke = d.spoke and x.customer_id = d.customer_id),
             d.replay, (select quiet from replay r where r.id = d.replay),
             (select json_agg(held) from (
               select case when coalesce(d.told_at, d.wrote_at, to_timestamp(0)) < d.intent_at
                           then (d.intent::jsonb - 'consents')::json else d.intent end as held
               where d.intent is not null
               union all
               select b.held from written_before b where b.spoke = d.spoke and b.target = d.target
                 and b.until > d.claimed_until) begun),
             d.observed_at, d.trace, d.unsure_at, coalesce(d.told_at, d.wrote_at),
             case when d.unsure_at is not null then
               (select json_agg(b.held) from written_before b
                where b.spoke = d.spoke and b.target = d.target) end
      from delivery d
      left join source_record s on s.spoke = d.spoke and s.record_id = d.target
      join customer c on c.id = coalesce(s.customer_id, d.customer_id)
      where d.spoke = ? and d.target = any(?)
      order by d.urgent desc, d.due_at
      """;

  private final Transactions transactions;
  private final SettledNotices notices;
  private final SettleDeliveries settling;

  DeliveryQueue(Transactions transactions, SettledNotices notices, SettleDeliveries settling) {
    this.transactions = transactions;
    this.notices = notices;
    this.settling = settling;
  }

  /** Which deliveries are claimed. */
  enum Lane {
    URGENT("urgent", "true"),
    ORDINARY("not urgent", "(replay is null or state = 'due')"),
    /** What is due for a replay only, and not since something changed. */
    REPLAY(
        "not urgent",
        "state <> 'due' and replay in (select id from replay r where r.state = 'running')"),
    ANY("true", "true");

    private final String wanted;
    private final String sql;

    Lane(String wanted, String reason) {
      this.wanted = wanted;
      this.sql = CLAIM.formatted(wanted + " and " + reason);
    }

    /** As a condition on {@code urgent}. */
    String wanted() {
      return wanted;
    }
  }

  /**
   * What to claim.
   *
   * @param creations whether records may be created in the spoke
   * @param dueBy what is due at this time
   * @param most so many at most, urgent ones first
   */
  record Wanted(Lane lane, boolean creations, Instant dueBy, int most) {
    Wanted in(Lane other) {
      return new Wanted(other, creations, dueBy, most);
    }
  }

  /** Claims what is due; tries that were broken off have ended by then. */
  List<DueDelivery> claim(String spoke, Wanted wanted, Instant now) {
    return transactions.call(
        connection -> {
          var tried = claim(connection, spoke, wanted, now);
          var due = claimed(connection, spoke, tried.keySet());
          notices.tried(connection, spoke, brokenOff(due, tried), now);
          return due;
        });
  }

  /** The targets, each with the version that was being told by a try that was broken off. */
  private static Map<String, Optional<Long>> claim(
      Connection connection, String spoke, Wanted wanted, Instant now) throws SQLException {
    try (var statement = connection.prepareStatement(wanted.lane().sql)) {
      statement.setString(1, spoke);
      statement.setString(2, wanted.dueBy().toString());
      statement.setBoolean(3, wanted.creations());
      statement.setString(4, now.toString());
      statement.setInt(5, wanted.most());
      statement.setString(6, now.plus(CLAIM_LASTS).toString());
      var targets = new HashMap<String, Optional<Long>>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          targets.put(rows.getString(1), Optional.ofNullable(rows.getObject(2, Long.class)));
        }
      }
      return targets;
    }
  }

  private static List<SettledNotices.Try> brokenOff(
      List<DueDelivery> due, Map<String, Optional<Long>> tried) {
    return due.stream()
        .flatMap(
            one ->
                tried.get(one.target()).stream()
                    .map(
                        version -> new SettledNotices.Try(one.target(), one.customerId(), version)))
        .toList();
  }

  private static List<DueDelivery> claimed(
      Connection connection, String spoke, Collection<String> targets) throws SQLException {
    var due = new ArrayList<DueDelivery>();
    if (targets.isEmpty()) {
      return due;
    }
    try (var statement = connection.prepareStatement(CLAIMED)) {
      statement.setString(1, spoke);
      statement.setArray(2, Columns.text(connection, targets, target -> target));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(DueDelivery.claimed(rows));
        }
      }
    }
    return due;
  }

  /** Holds on to claims while what was sent has no answer yet. */
  void renew(String spoke, List<DueDelivery> due, Instant now) {
    transactions.run(
        connection -> {
          var sql =
              "update delivery set claimed_until = ?::timestamptz"
                  + " where spoke = ? and target = any(?) and claimed_until is not null";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, now.plus(CLAIM_LASTS).toString());
            statement.setString(2, spoke);
            statement.setArray(3, Columns.text(connection, due, DueDelivery::target));
            statement.executeUpdate();
          }
        });
  }

  /** As {@link CreatedRecords#taken}. */
  Map<String, String> taken(String spoke, List<Sending.Outgoing> creations) {
    return transactions.call(c -> CreatedRecords.taken(c, spoke, creations));
  }

  /** Notes what is being written, before it is written, so that its echo is recognised. */
  void intend(String spoke, List<Sending.Outgoing> outgoing, Instant now) {
    var targets = outgoing.stream().map(Sending.Outgoing::target).toList();
    var intents = outgoing.stream().map(Sending.Outgoing::reportedBack).toList();
    transactions.run(
        connection -> {
          Deliveries.lock(
              connection, targets.stream().map(target -> new SourceKey(spoke, target)).toList());
          WrittenBefore.intended(connection, spoke, targets, intents, now);
          var sql =
              "update delivery d set intent = u.intent::json, intent_at = case when d.intent is null"
                  + " then p.now else d.intent_at end,"
                  + " told_at = case when u.tells::boolean then p.now else d.told_at end,"
                  + " trying = case when u.tells::boolean then u.version end"
                  + " from (select ?::timestamptz as now) p,"
                  + " unnest(?, ?, ?, ?) u(target, intent, tells, version)"
                  + " where d.spoke = ? and d.target = u.target";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, now.toString());
            statement.setArray(2, Columns.text(connection, targets, target -> target));
            statement.setArray(3, Columns.text(connection, intents, CanonicalJson::text));
            statement.setArray(4, Columns.text(connection, outgoing, Sending.Outgoing::tells));
            statement.setArray(
                5, Columns.numbers(connection, outgoing, one -> one.due().version()));
            statement.setString(6, spoke);
            statement.executeUpdate();
          }
        });
  }

  /** Notes tries to tell consents of which nobody knows whether they arrived. */
  void tried(String spoke, List<Sending.Outgoing> unanswered, Instant now) {
    var tries = unanswered.stream().map(one -> SettledNotices.Try.of(one.due())).toList();
    if (!tries.isEmpty()) {
      transactions.run(connection -> notices.tried(connection, spoke, tries, now));
    }
  }

  /** As {@link SettleDeliveries#settle}. */
  void settle(Spoke spoke, List<SettledDelivery> settled, Instant now) {
    settling.settle(spoke, settled, now);
  }

  /** Gives claims back untouched, as when the spoke is down. */
  void release(String spoke, List<DueDelivery> due, FailureKind kind, String error) {
    transactions.run(
        connection -> {
          var sql =
              "update delivery set claimed_until = null, trying = null, error_kind = ?, error = ?"
                  + " where spoke = ? and target = any(?)";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, kind.name());
            statement.setString(2, error);
            statement.setString(3, spoke);
            statement.setArray(4, Columns.text(connection, due, DueDelivery::target));
            statement.executeUpdate();
          }
        });
  }
}
