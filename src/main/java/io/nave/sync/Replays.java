package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The replays and how far they are, in PostgreSQL. In the caller's transaction. */
@ApplicationScoped
class Replays {
  private static final UUID FIRST = new UUID(0, 0);

  /** Which customers are meant, with parameters: see {@link #set}. */
  private static final String MEANT =
      """
      c.redirect_to is null and (?::uuid is null or c.id = ?::uuid)
      and (?::text is null or c.search @@ to_tsquery('simple', ?))
      and (?::text is null and ?::text is null or exists (
        select from customer_history h where h.customer_id = c.id
          and h.at >= coalesce(?::timestamptz, '-infinity')
          and h.at < coalesce(?::timestamptz, 'infinity')))
      and (?::text is null or c.id in (
        select f.customer_id from audit_finding f
        where f.audit = ?::bigint and f.kind = 'differs'))
      """;

  /** A replay that goes on; {@code position} is the last customer that is done. */
  record Open(long id, ReplayWish wish, UUID position) {}

  /** What comparing a record came to. */
  enum Result {
    CREATED,
    UPDATED,
    UNCHANGED,
    NOT_HELD,
    FAILED
  }

  private static int set(PreparedStatement statement, int first, ReplayWish wish, String words)
      throws SQLException {
    int at = first;
    var customer = wish.customer() == null ? null : wish.customer().toString();
    var since = wish.since() == null ? null : wish.since().toString();
    var until = wish.until() == null ? null : wish.until().toString();
    var audit = wish.audit() == null ? null : wish.audit().toString();
    for (var value :
        new String[] {customer, customer, words, words, since, until, since, until, audit, audit}) {
      statement.setString(at++, value);
    }
    return at;
  }

  /** The number of customers that are meant. */
  long count(Connection connection, ReplayWish wish, String words) throws SQLException {
    var sql = "select count(*) from customer c where " + MEANT;
    try (var statement = connection.prepareStatement(sql)) {
      set(statement, 1, wish, words);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The replay of this spoke that is not over, dry runs apart. */
  Optional<Long> running(Connection connection, String spoke) throws SQLException {
    var sql =
        "select id from replay where spoke = ? and state in ('running', 'paused') and not dry_run";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }

  long begin(Connection connection, ReplayWish wish, long total, String by, Instant now)
      throws SQLException {
    var sql =
        "insert into replay (spoke, what, quiet, dry_run, asked_by, state, started_at, total)"
            + " values (?, ?::jsonb, ?, ?, ?, 'running', ?::timestamptz, ?) returning id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, wish.spoke());
      statement.setString(2, wish.what().toString());
      statement.setBoolean(3, wish.quiet());
      statement.setBoolean(4, wish.dryRun());
      statement.setString(5, by);
      statement.setString(6, now.toString());
      statement.setLong(7, total);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The replays that go on, of these spokes, but for those that another instance holds. */
  List<Open> hold(Connection connection, Collection<String> spokes) throws SQLException {
    var sql =
        "select id, spoke, what, quiet, dry_run, position from replay where state = 'running'"
            + " and spoke = any(?) order by id for update skip locked";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", spokes.toArray()));
      var open = new ArrayList<Open>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var what = CanonicalJson.parse(rows.getString(3));
          var wish = ReplayWish.of(rows.getString(2), what, rows.getBoolean(4), rows.getBoolean(5));
          var position = rows.getObject(6, UUID.class);
          open.add(new Open(rows.getLong(1), wish, position == null ? FIRST : position));
        }
      }
      return open;
    }
  }

  /** The next customers that are meant. */
  List<UUID> next(Connection connection, Open open, String words, int most) throws SQLException {
    var sql = "select c.id from customer c where c.id > ? and " + MEANT + " order by c.id limit ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, open.position());
      int at = set(statement, 2, open.wish(), words);
      statement.setInt(at, most);
      var ids = new ArrayList<UUID>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  /** How many records are due for a replay. */
  long waiting(Connection connection, Open open) throws SQLException {
    var sql = "select count(*) from delivery where spoke = ? and replay = ? and due_at is not null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, open.wish().spoke());
      statement.setLong(2, open.id());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static final String RECORDS =
      """
      from customer c
      left join source_record s on s.customer_id = c.id and s.spoke = ?
      """;

  private static final String HAS_ONE =
      """
      where c.id = any(?::uuid[]) and (s.id is not null and not s.deleted
        or s.id is null and ? and not coalesce((c.state->>'deleted')::boolean, false))
      """;

  /** Makes these customers due: their records, and those that are to be created. */
  void note(Connection connection, Open open, List<UUID> customers, boolean creates, Instant now)
      throws SQLException {
    var sql =
        """
        insert into delivery as d
          (spoke, target, customer_id, state, wanted, urgent, due_at, noticed_at, replay)
        select ?, coalesce(s.record_id, '+' || c.id), c.id, 'replay', c.version, false,
               ?::timestamptz, ?::timestamptz, ?
        """
            + RECORDS
            + HAS_ONE
            + """
            order by 2
            on conflict (spoke, target) do update set
              customer_id = excluded.customer_id, wanted = excluded.wanted, attempts = 0,
              due_at = least(d.due_at, excluded.due_at), noticed_at = excluded.noticed_at,
              replay = excluded.replay
            """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, open.wish().spoke());
      statement.setString(2, now.toString());
      statement.setString(3, now.toString());
      statement.setLong(4, open.id());
      statement.setString(5, open.wish().spoke());
      statement.setArray(6, Columns.text(connection, customers, UUID::toString));
      statement.setBoolean(7, creates);
      statement.executeUpdate();
    }
  }

  /** The records of these customers as they would be due, in the order of their targets. */
  List<DueDelivery> wouldBeDue(
      Connection connection, String spoke, Collection<UUID> customers, boolean creates)
      throws SQLException {
    var sql =
        """
        select coalesce(s.record_id, '+' || c.id), c.id, c.version, c.state,
          coalesce(d.seen, d.held), 0, c.updated_at, s.content, s.consents, s.preferences,
          false, false, false, null::bigint, false, null::json
        """
            + RECORDS
            + """
            left join delivery d
              on d.spoke = ? and d.target = coalesce(s.record_id, '+' || c.id)
            """
            + HAS_ONE
            + " order by 1";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setString(2, spoke);
      statement.setArray(3, Columns.text(connection, customers, UUID::toString));
      statement.setBoolean(4, creates);
      var due = new ArrayList<DueDelivery>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          due.add(DueDelivery.read(rows));
        }
      }
      return due;
    }
  }

  void advance(Connection connection, Open open, List<UUID> customers) throws SQLException {
    var sql = "update replay set position = ?, customers = customers + ? where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, customers.get(customers.size() - 1));
      statement.setInt(2, customers.size());
      statement.setLong(3, open.id());
      statement.executeUpdate();
    }
  }

  /** The first customers with a record that differs, up to so many in all. */
  void sample(Connection connection, long id, List<UUID> customers, int most) throws SQLException {
    var sql = "update replay set samples = (samples || ?::uuid[])[1:?] where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, customers, UUID::toString));
      statement.setInt(2, most);
      statement.setLong(3, id);
      statement.executeUpdate();
    }
  }

  /** Counts what became of deliveries that were due for replays. */
  void settled(Connection connection, List<SettledDelivery> settled) throws SQLException {
    var ended =
        settled.stream().filter(s -> s.due().replay() != null && s.retryAt() == null).toList();
    if (!ended.isEmpty()) {
      var ids = ended.stream().map(s -> s.due().replay()).toList();
      count(connection, ids, ended.stream().map(Replays::result).toList());
    }
  }

  private static Result result(SettledDelivery settled) {
    return switch (settled.state()) {
      case "delivered" -> settled.due().isCreation() ? Result.CREATED : Result.UPDATED;
      case "unchanged" -> Result.UNCHANGED;
      case "not-held" -> Result.NOT_HELD;
      default -> Result.FAILED;
    };
  }

  void count(Connection connection, List<Long> ids, List<Result> results) throws SQLException {
    var sql =
        """
        update replay r set created = r.created + n.created, updated = r.updated + n.updated,
          unchanged = r.unchanged + n.unchanged, not_held = r.not_held + n.not_held,
          failed = r.failed + n.failed
        from (select id, count(*) filter (where what = 'CREATED') as created,
            count(*) filter (where what = 'UPDATED') as updated,
            count(*) filter (where what = 'UNCHANGED') as unchanged,
            count(*) filter (where what = 'NOT_HELD') as not_held,
            count(*) filter (where what = 'FAILED') as failed
          from unnest(?, ?) u(id, what) group by 1) n
        where r.id = n.id
        """;
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, ids, Long::longValue));
      statement.setArray(2, Columns.text(connection, results, Result::name));
      statement.executeUpdate();
    }
  }

  /** Ends it, in this state; what was asked for by words is forgotten. */
  void finish(Connection connection, long id, String state, Instant now) throws SQLException {
    var sql =
        "update replay set state = ?, finished_at = ?::timestamptz,"
            + " what = case when what ?? 'query' then what || '{\"query\": \"…\"}' else what end"
            + " where id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, state);
      statement.setString(2, now.toString());
      statement.setLong(3, id);
      statement.executeUpdate();
    }
  }

  /** Changes its state; false where it is in none of these. */
  boolean move(Connection connection, long id, List<String> from, String to) throws SQLException {
    var sql = "update replay set state = ? where id = ? and state = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, to);
      statement.setLong(2, id);
      statement.setArray(3, connection.createArrayOf("text", from.toArray()));
      return statement.executeUpdate() > 0;
    }
  }

  /** What is due for a replay only, and is not under way, is as it was before. */
  void withdraw(Connection connection, long id, Instant now) throws SQLException {
    var only =
        " where replay = ? and state <> 'due'"
            + " and (claimed_until is null or claimed_until < ?::timestamptz)";
    for (var sql :
        List.of(
            "delete from delivery" + only + " and state = 'replay'",
            "update delivery set due_at = null, replay = null" + only)) {
      try (var statement = connection.prepareStatement(sql)) {
        statement.setLong(1, id);
        statement.setString(2, now.toString());
        statement.executeUpdate();
      }
    }
  }

  private static final String LIST =
      """
      select r.id, r.spoke, r.what, r.quiet, r.dry_run, r.asked_by, r.state, r.started_at,
        r.finished_at, r.total, r.customers, (
          select count(*) from delivery d
          where d.spoke = r.spoke and d.replay = r.id and d.due_at is not null),
        r.created, r.updated, r.unchanged, r.not_held, r.failed
      from replay r
      """;

  Optional<Replay> of(Connection connection, long id) throws SQLException {
    try (var statement = connection.prepareStatement(LIST + " where r.id = ?")) {
      statement.setLong(1, id);
      return read(statement).stream().findFirst();
    }
  }

  /** The latest, first. */
  List<Replay> latest(Connection connection, int most) throws SQLException {
    try (var statement = connection.prepareStatement(LIST + " order by r.id desc limit ?")) {
      statement.setInt(1, most);
      return read(statement);
    }
  }

  List<UUID> samples(Connection connection, long id) throws SQLException {
    try (var statement = connection.prepareStatement("select samples from replay where id = ?")) {
      statement.setLong(1, id);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? List.of((UUID[]) rows.getArray(1).getArray()) : List.of();
      }
    }
  }

  private static List<Replay> read(PreparedStatement statement) throws SQLException {
    var replays = new ArrayList<Replay>();
    try (var row = statement.executeQuery()) {
      while (row.next()) {
        replays.add(
            new Replay(
                row.getLong(1),
                row.getString(2),
                CanonicalJson.parse(row.getString(3)),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getString(6),
                row.getString(7),
                Columns.instant(row, 8),
                Columns.instant(row, 9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17),
                List.of()));
      }
    }
    return replays;
  }
}
