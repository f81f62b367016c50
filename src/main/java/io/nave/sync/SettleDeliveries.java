package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Notes how deliveries ended: what the records hold now, what was told, what is tried again; all of
 * a round in one transaction.
 */
@ApplicationScoped
class SettleDeliveries {
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

  private final Transactions transactions;
  private final SettledNotices notices;
  private final DeliveryTimes times;
  private final Replays replays;

  SettleDeliveries(
      Transactions transactions, SettledNotices notices, DeliveryTimes times, Replays replays) {
    this.transactions = transactions;
    this.notices = notices;
    this.times = times;
    this.replays = replays;
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
}
