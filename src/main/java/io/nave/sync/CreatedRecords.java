package io.nave.sync;

import io.nave.canonical.Standardise;
import io.nave.platform.Columns;
import io.nave.sync.Sending.Outgoing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What becomes of records that the hub created in a spoke, and of the deliveries that did it. */
final class CreatedRecords {
  /** Why such a record belongs to its customer. */
  static final String RULE = "created by the hub";

  private static final String CREATED =
      """
      with n as (
        select u.record_id, u.customer_id::uuid as customer_id, p.spoke, p.now
        from (select ?::text[] as r, ?::text[] as c, ?::text as spoke, ?::timestamptz as now) p,
             unnest(p.r, p.c) u(record_id, customer_id))
      """;

  private static final List<String> LINK =
      List.of(
          CREATED
              + """
              insert into decision
                (a_spoke, a_record, b_spoke, b_record, same, decided_by, decided_at)
              select distinct on (n.record_id)
                n.spoke, n.record_id, f.spoke, f.record_id, true, 'hub', n.now
              from n join source_record f on f.customer_id = n.customer_id
                and (f.spoke, f.record_id) <> (n.spoke, n.record_id)
              where not exists (
                select from decision d join source_record y on y.customer_id = n.customer_id
                  and y.spoke = d.b_spoke and y.record_id = d.b_record
                where d.a_spoke = n.spoke and d.a_record = n.record_id
                  and d.retracted_at is null and not d.same)
              and not exists (
                select from decision d join source_record y on y.customer_id = n.customer_id
                  and y.spoke = d.a_spoke and y.record_id = d.a_record
                where d.b_spoke = n.spoke and d.b_record = n.record_id
                  and d.retracted_at is null and not d.same)
              order by n.record_id, f.id
              on conflict do nothing
              """,
          CREATED
              + """
              insert into source_record
                (id, spoke, record_id, customer_id, content, since, rule, linked_at, seen_at)
              select nextval('source_record_id'), spoke, record_id, customer_id, '{}', '{}',
                     '%s', now, now from n
              on conflict (spoke, record_id) do nothing
              """
                  .formatted(RULE));

  /**
   * What was noticed for the record meanwhile, since its spoke reported it, is still to be done.
   */
  private static final List<String> MOVE =
      List.of(
          CREATED
              + """
              update delivery d set wanted = greatest(d.wanted, r.wanted),
                noticed_at = greatest(d.noticed_at, r.noticed_at),
                observed_at = coalesce(r.observed_at, d.observed_at),
                trace = coalesce(r.trace, d.trace),
                urgent = d.urgent or r.urgent and r.due_at is not null
              from n join delivery r on r.spoke = n.spoke and r.target = n.record_id
              where d.spoke = n.spoke and d.target = '+' || n.customer_id
              """,
          CREATED
              + "delete from delivery d using n, delivery c"
              + " where d.spoke = n.spoke and d.target = n.record_id"
              + " and c.spoke = n.spoke and c.target = '+' || n.customer_id",
          CREATED
              + "update delivery d set target = n.record_id from n"
              + " where d.spoke = n.spoke and d.target = '+' || n.customer_id",
          CREATED
              + "update written_before b set target = n.record_id from n"
              + " where b.spoke = n.spoke and b.target = '+' || n.customer_id");

  /** What earlier tries may have left there may be there, too. */
  private static final List<String> RECOGNISED =
      List.of(
          CREATED
              + """
              insert into delivery (spoke, target, customer_id, state, wanted, noticed_at, held,
                wrote_at, told_at, unsure_at)
              select n.spoke, n.record_id, n.customer_id, 'delivered', d.wanted, d.noticed_at,
                d.intent, n.now, n.now, n.now
              from n join delivery d on d.spoke = n.spoke and d.target = '+' || n.customer_id
              where d.intent is not null
              on conflict do nothing
              """,
          CREATED
              + """
              insert into written_before (spoke, target, held, until)
              select b.spoke, n.record_id, b.held, b.until
              from n join written_before b on b.spoke = n.spoke and b.target = '+' || n.customer_id
              """);

  private static final String OF_OTHERS =
      """
      select u.record_id from unnest(?, ?, ?) u(record_id, customer_id, noticed)
      join source_record s on s.spoke = ? and s.record_id = u.record_id
      where s.customer_id <> u.customer_id::uuid and not s.deleted
        and s.linked_at < u.noticed::timestamptz
      """;

  private static final String GIVE_BACK =
      """
      insert into delivery
        (spoke, target, customer_id, state, wanted, due_at, noticed_at, unsure_at)
      select s.spoke, s.record_id, s.customer_id, 'due', c.version, n.now, n.now, clock_timestamp()
      from (select ?::timestamptz as now) n, source_record s
      join customer c on c.id = s.customer_id
      where s.spoke = ? and s.record_id = any(?)
      on conflict (spoke, target) do update set state = 'due', due_at = excluded.due_at,
        noticed_at = excluded.noticed_at, unsure_at = excluded.unsure_at
      """;

  /** By the words of all e-mail addresses that are known of customers. */
  private static final String WITH_ADDRESS =
      """
      select a.target, s.record_id, coalesce(d.seen, d.held), s.content, s.consents, s.preferences
      from (select ?::text as spoke) p
      cross join unnest(?, ?, ?) a(target, customer_id, word)
      join customer c on c.search @@ to_tsquery('simple', a.word)
        and c.redirect_to is null and c.id <> a.customer_id::uuid
      join source_record s on s.customer_id = c.id and s.spoke = p.spoke and not s.deleted
      left join delivery d on d.spoke = s.spoke and d.target = s.record_id
      order by s.id
      """;

  private CreatedRecords() {}

  /**
   * The records of other customers that have the e-mail address of what is to be created, by the
   * target of that delivery.
   */
  static Map<String, String> taken(Connection connection, String spoke, List<Outgoing> creations)
      throws SQLException {
    var wanted =
        creations.stream()
            .collect(Collectors.toMap(Outgoing::target, one -> addresses(one.reportedBack())));
    var asked =
        creations.stream()
            .flatMap(one -> wanted.get(one.target()).stream().map(e -> new Asked(one.due(), e)))
            .toList();
    var taken = new HashMap<String, String>();
    try (var statement = connection.prepareStatement(WITH_ADDRESS)) {
      statement.setString(1, spoke);
      statement.setArray(2, Columns.text(connection, asked, one -> one.due().target()));
      statement.setArray(3, Columns.text(connection, asked, one -> one.due().customerId()));
      statement.setArray(4, Columns.text(connection, asked, one -> SearchWords.email(one.email())));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var known =
              Held.known(
                  rows.getString(3), rows.getString(4), rows.getString(5), rows.getString(6));
          if (!Collections.disjoint(addresses(known), wanted.get(rows.getString(1)))) {
            taken.putIfAbsent(rows.getString(1), rows.getString(2));
          }
        }
      }
    }
    return taken;
  }

  private record Asked(DueDelivery due, String email) {}

  private static Set<String> addresses(Held held) {
    return held.customer().emails().stream()
        .map(email -> Standardise.foldEmail(email.value()))
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /**
   * Those that were not created: the spoke took them into records that had been other customers'
   * before. Somebody may just have parted the two.
   */
  static Set<SettledDelivery> ofOthers(
      Connection connection, String spoke, List<SettledDelivery> created) throws SQLException {
    if (created.isEmpty()) {
      return Set.of();
    }
    var records = new HashSet<String>();
    try (var statement = connection.prepareStatement(OF_OTHERS)) {
      statement.setArray(1, Columns.text(connection, created, SettledDelivery::recordId));
      statement.setArray(2, Columns.text(connection, created, one -> one.due().customerId()));
      statement.setArray(3, Columns.text(connection, created, one -> one.due().noticedAt()));
      statement.setString(4, spoke);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          records.add(rows.getString(1));
        }
      }
    }
    return created.stream()
        .filter(one -> records.contains(one.recordId()))
        .collect(Collectors.toSet());
  }

  /** The customers whose records they are get them back as they should be. */
  static void giveBack(
      Connection connection, String spoke, Set<SettledDelivery> others, Instant now)
      throws SQLException {
    if (others.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(GIVE_BACK)) {
      statement.setString(1, now.toString());
      statement.setString(2, spoke);
      statement.setArray(3, Columns.text(connection, others, SettledDelivery::recordId));
      statement.executeUpdate();
    }
    WrittenBefore.takenBack(connection, spoke, others, now);
  }

  /**
   * Records that the hub created belong to their customers from now on: they say nothing of their
   * own yet, so decisions hold them together.
   */
  static void link(
      Connection connection, String spoke, List<String> records, List<UUID> customers, Instant now)
      throws SQLException {
    run(connection, LINK, spoke, records, customers, now);
  }

  /**
   * A record was reported whose creation has no answer yet: it is known to hold what is being
   * written, and is to be looked at before it is written again.
   */
  static void recognised(
      Connection connection, String spoke, List<String> records, List<UUID> customers, Instant now)
      throws SQLException {
    run(connection, RECOGNISED, spoke, records, customers, now);
  }

  /** A delivery that created a record is from now on about that record. */
  static void move(
      Connection connection, String spoke, List<String> records, List<UUID> customers, Instant now)
      throws SQLException {
    run(connection, MOVE, spoke, records, customers, now);
  }

  private static void run(
      Connection connection,
      List<String> steps,
      String spoke,
      List<String> records,
      List<UUID> customers,
      Instant now)
      throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    for (var sql : steps) {
      try (var statement = connection.prepareStatement(sql)) {
        statement.setArray(1, Columns.text(connection, records, record -> record));
        statement.setArray(2, Columns.text(connection, customers, customer -> customer));
        statement.setString(3, spoke);
        statement.setString(4, now.toString());
        statement.executeUpdate();
      }
    }
  }
}
