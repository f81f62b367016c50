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
import java.util.stream.Stream;

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
  private final DeliveryTimes times;
  private final Replays replays;

  DeliveryQueue(
      Transactions transactions, SettledNotices notices, DeliveryTimes times, Replays replays) {
    this.transactions = transactions;
    this.notices = notices;
    this.times = times;
    this.replays = replays;
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

  /** Settles deliveries; one that was noticed anew meanwhile stays due. */
  void settle(Spoke to, List<SettledDelivery> all, Instant now) {
    var spoke = to.name();
    var done =
        transactions.call(
            connection -> {
              var others = CreatedRecords.ofOthers(connection, spoke, created(all));
              var settled =
                  all.stream()
                      .map(
                          s ->
                              others.contains(s)
                                  ? SettledDelivery.ofAnother(s.due(), s.recordId())
                                  : s)
                      .toList();
              var created = created(settled);
              var records = created.stream().map(SettledDelivery::recordId).toList();
              var customers = created.stream().map(one -> one.due().customerId()).toList();
              CreatedRecords.link(connection, spoke, records, customers, now);
              lock(connection, spoke, all);
              CreatedRecords.giveBack(connection, spoke, others, now);
              CreatedRecords.move(connection, spoke, records, customers, now);
              WrittenBefore.settled(connection, spoke, settled, now);
              write(connection, spoke, settled, now);
              forget(connection, spoke, settled);
              notices.settled(connection, to, settled, now);
              count(connection, spoke, "delivered", settled);
              count(connection, spoke, "unchanged", settled);
              replays.settled(connection, settled);
              return settled;
            });
    times.settled(spoke, done, now);
  }

  private static final String SETTLE =
      """
      update delivery d set
        state = case when d.noticed_at > u.noticed::timestamptz then 'due' else u.state end,
        version = case when u.held is null and u.state <> 'unchanged' then d.version
                  else u.version end,
        held = case when u.keeps::boolean and d.held is not null and (d.held::jsonb->'consents')
                      is distinct from (u.held::jsonb->'consents')
                    then (u.held::jsonb || jsonb_build_object('consents',
                      coalesce(d.held::jsonb->'consents', '[]')))::json
                    else coalesce(u.held::json, d.held) end,
        seen = case when u.held is null then d.seen end,
        wrote_at = case when u.held is null then d.wrote_at else ?::timestamptz end,
        told_at = coalesce(u.told::timestamptz, to_timestamp(0)),
        unsure_at = case when u.kind is not null or u.unsure is null
                           or d.unsure_at > u.unsure::timestamptz then d.unsure_at end,
        intent = case when u.kind = 'TRANSIENT' then d.intent end, -- it may have been written
        replay = case when u.retry is not null or d.noticed_at > u.noticed::timestamptz
                 then d.replay end,
        urgent = d.urgent and (d.noticed_at > u.noticed::timestamptz or u.retry is not null),
        observed_at = case when d.noticed_at > u.noticed::timestamptz or u.retry is not null
                             or u.state = 'failed' then d.observed_at end,
        trace = case when d.noticed_at > u.noticed::timestamptz or u.retry is not null
                       or u.state = 'failed' then d.trace end,
        attempts = u.attempts,
        error_kind = u.kind, error = u.error, claimed_until = null, trying = null,
        due_at = case when d.noticed_at > u.noticed::timestamptz then ?::timestamptz
                 else u.retry::timestamptz end,
        done_at = case when u.retry is null then ?::timestamptz else d.done_at end
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        u(target, state, version, held, attempts, kind, error, retry, noticed, unsure, told, keeps)
      where d.spoke = ? and d.target = u.target
      """;

  private static void write(
      Connection connection, String spoke, List<SettledDelivery> settled, Instant now)
      throws SQLException {
    try (var statement = connection.prepareStatement(SETTLE)) {
      statement.setString(1, now.toString());
      statement.setString(2, now.toString());
      statement.setString(3, now.toString());
      statement.setArray(4, Columns.text(connection, settled, SettledDelivery::targetNow));
      statement.setArray(5, Columns.text(connection, settled, SettledDelivery::state));
      statement.setArray(6, Columns.numbers(connection, settled, s -> s.due().version()));
      statement.setArray(
          7,
          Columns.text(
              connection, settled, s -> s.held() == null ? null : CanonicalJson.text(s.held())));
      statement.setArray(8, Columns.numbers(connection, settled, SettledDelivery::attempts));
      statement.setArray(9, Columns.text(connection, settled, SettledDelivery::kind));
      statement.setArray(10, Columns.text(connection, settled, SettledDelivery::error));
      statement.setArray(11, Columns.text(connection, settled, SettledDelivery::retryAt));
      statement.setArray(12, Columns.text(connection, settled, s -> s.due().noticedAt()));
      statement.setArray(13, Columns.text(connection, settled, s -> s.due().unsure()));
      statement.setArray(
          14, Columns.text(connection, settled, s -> s.told() ? now : s.due().toldAt()));
      statement.setArray(15, Columns.text(connection, settled, SettledDelivery::keepsConsents));
      statement.setString(16, spoke);
      statement.executeUpdate();
    }
  }

  /** A creation that turned out to be needless leaves nothing behind. */
  private static void forget(Connection connection, String spoke, List<SettledDelivery> settled)
      throws SQLException {
    var needless =
        settled.stream().filter(s -> s.due().isCreation() && s.due().obsolete()).toList();
    if (needless.isEmpty()) {
      return;
    }
    var sql = "delete from delivery where spoke = ? and target = any(?) and due_at is null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setArray(2, Columns.text(connection, needless, s -> s.due().target()));
      statement.executeUpdate();
    }
  }

  private static List<SettledDelivery> created(List<SettledDelivery> settled) {
    return settled.stream().filter(s -> s.due().isCreation() && s.recordId() != null).toList();
  }

  /** The rows that are written, in the order in which everybody locks them. */
  private static void lock(Connection connection, String spoke, List<SettledDelivery> settled)
      throws SQLException {
    var keys =
        settled.stream()
            .flatMap(one -> Stream.of(one.due().target(), one.targetNow()))
            .distinct()
            .map(target -> new SourceKey(spoke, target))
            .toList();
    Deliveries.lock(connection, keys);
  }

  private static void count(
      Connection connection, String spoke, String name, List<SettledDelivery> settled)
      throws SQLException {
    long n = settled.stream().filter(s -> s.state().equals(name)).count();
    if (n == 0) {
      return;
    }
    var sql =
        "insert into tally as t (spoke, name, n) values (?, ?, ?)"
            + " on conflict (spoke, name) do update set n = t.n + excluded.n";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setString(2, name);
      statement.setLong(3, n);
      statement.executeUpdate();
    }
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
