package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentFold;
import io.nave.consent.Reach;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each spoke's records have to hold of their customers' consents, in the table {@code
 * consent_notice}: written in the transaction that changes a consent, settled with the deliveries.
 * All statements are over sets, in the caller's transaction.
 */
@ApplicationScoped
class ConsentNotices {
  private static final String ROWS =
      """
      (select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality u(spoke,
        record_id, customer_id, version, purpose, channel, topic, brand, bound_to, consent,
        decided_at, urgent, noticed_at, deadline, number))
      """;

  private static final String SAME =
      """
      n.spoke = w.spoke and n.record_id = w.record_id and n.purpose = w.purpose
      and n.channel = w.channel and n.topic is not distinct from w.topic
      and n.brand is not distinct from w.brand and n.bound_to is not distinct from w.bound_to
      """;

  private static final String REPLACE =
      """
      update consent_notice n set replaced_at = ?::timestamptz, read_at = null
      from unnest(?, ?) r(spoke, record_id)
      where n.spoke = r.spoke and n.record_id = r.record_id and n.replaced_at is null
        and not exists (select from\
      """
          + ROWS
          + "w where "
          + SAME
          + """
          and n.consent = w.consent and n.decided_at is not distinct from w.decided_at::timestamptz)
          """;

  private static final String ADD =
      """
      insert into consent_notice as n (spoke, record_id, customer_id, version, purpose, channel,
        topic, brand, bound_to, consent, decided_at, state, urgent, noticed_at, deadline)
      select spoke, record_id, customer_id::uuid, version, purpose, channel, topic, brand, bound_to,
        consent, decided_at::timestamptz, 'pending', urgent::boolean, noticed_at::timestamptz,
        deadline::timestamptz
      from\
      """
          + ROWS
          + """
          w order by spoke, record_id
          on conflict (spoke, record_id, purpose, channel, topic, brand, bound_to)
            where replaced_at is null
          do update set customer_id = excluded.customer_id, version = excluded.version
            where n.customer_id <> excluded.customer_id
          """;

  private final ConsentDeadlines deadlines;

  ConsentNotices(ConsentDeadlines deadlines) {
    this.deadlines = deadlines;
  }

  /**
   * Notes what these records have to hold from now on; what they had to hold before and is not
   * among it is replaced.
   *
   * @param said what records have to hold and say themselves: noted only where the hub told them
   *     otherwise since
   */
  void note(
      Connection connection,
      Collection<SourceKey> known,
      List<Notice> wanted,
      List<Notice.Said> said,
      Instant now)
      throws SQLException {
    var all = new ArrayList<>(wanted);
    all.addAll(toldOtherwise(connection, said));
    if (!known.isEmpty()) {
      replace(connection, known, all, now);
    }
    add(connection, all);
  }

  private static final String TOLD_OTHERWISE =
      "select w.number from"
          + ROWS
          + "w join unnest(?) with ordinality s(recorded_at, number) using (number)"
          + " where exists (select from consent_notice n where "
          + SAME
          + " and n.replaced_at is null and n.consent <> w.consent"
          + " and n.noticed_at > s.recorded_at::timestamptz)";

  private List<Notice> toldOtherwise(Connection connection, List<Notice.Said> said)
      throws SQLException {
    var told = new ArrayList<Notice>();
    if (said.isEmpty()) {
      return told;
    }
    var notices = said.stream().map(Notice.Said::notice).toList();
    try (var statement = connection.prepareStatement(TOLD_OTHERWISE)) {
      int next = bind(connection, statement, 1, notices);
      statement.setArray(next, Columns.text(connection, said, Notice.Said::recordedAt));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          told.add(notices.get((int) rows.getLong(1) - 1));
        }
      }
    }
    return told;
  }

  private void replace(
      Connection connection, Collection<SourceKey> known, List<Notice> wanted, Instant now)
      throws SQLException {
    var keys = known.stream().sorted().toList();
    try (var statement = connection.prepareStatement(REPLACE)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(3, Columns.text(connection, keys, SourceKey::recordId));
      bind(connection, statement, 4, wanted);
      statement.executeUpdate();
    }
  }

  private void add(Connection connection, List<Notice> wanted) throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(ADD)) {
      bind(connection, statement, 1, wanted);
      statement.executeUpdate();
    }
  }

  private int bind(Connection connection, PreparedStatement statement, int from, List<Notice> rows)
      throws SQLException {
    int at = from;
    statement.setArray(at++, Columns.text(connection, rows, n -> n.key().spoke()));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.key().recordId()));
    statement.setArray(at++, Columns.text(connection, rows, Notice::customer));
    statement.setArray(at++, Columns.numbers(connection, rows, Notice::version));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.subject().purpose()));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.subject().channel()));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.subject().topic()));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.subject().brand()));
    statement.setArray(at++, Columns.text(connection, rows, n -> n.subject().boundTo()));
    statement.setArray(at++, Columns.text(connection, rows, Notice::state));
    statement.setArray(at++, Columns.text(connection, rows, Notice::decidedAt));
    statement.setArray(at++, Columns.text(connection, rows, Notice::urgent));
    statement.setArray(at++, Columns.text(connection, rows, Notice::noticedAt));
    statement.setArray(
        at++,
        Columns.text(connection, rows, n -> deadlines.of(n.subject().purpose(), n.noticedAt())));
    return at;
  }

  // -- what the spokes report

  /** How long an echo may take. */
  private static final Duration TOLD_LATELY = Duration.ofDays(1);

  /**
   * A yes that was not sent may have been written all the same, by a try that was broken off, until
   * the next write to the record is done. A no only while that try lasted: later the person may
   * have said it herself.
   */
  private static final String TOLD =
      """
      select n.spoke, n.record_id, n.purpose, n.channel, n.topic, n.brand, n.consent, n.decided_at,
        n.noticed_at, coalesce(n.sent_at, case when n.consent <> 'granted' then n.tried_at end,
          (select min(w.sent_at) from consent_notice w where\s\
      """
          + SAME
          + """
          and w.noticed_at >= n.replaced_at),
            (select min(b.until) from written_before b where b.spoke = n.spoke
              and b.target = n.record_id and b.until between n.replaced_at and t.now),
            case when d.wrote_at >= n.replaced_at then d.wrote_at
                 when d.intent is null then n.replaced_at end,
            t.now)
          from (select ?::timestamptz as now) t
          cross join unnest(?, ?) u(spoke, record_id)
          join consent_notice n on n.spoke = u.spoke and n.record_id = u.record_id
          left join delivery d on d.spoke = n.spoke and d.target = n.record_id
          where n.sent_at > ?::timestamptz
            or n.sent_at is null and n.noticed_at > ?::timestamptz
              and (n.consent = 'granted' or n.tried_at is not null)
          """;

  /** What the hub has told these records of late, also what was replaced since. */
  Map<SourceKey, List<ToldConsent>> told(
      Connection connection, Collection<SourceKey> keys, Instant now) throws SQLException {
    var told = new HashMap<SourceKey, List<ToldConsent>>();
    if (keys.isEmpty()) {
      return told;
    }
    try (var statement = connection.prepareStatement(TOLD)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, keys, SourceKey::spoke));
      statement.setArray(3, Columns.text(connection, keys, SourceKey::recordId));
      statement.setString(4, now.minus(TOLD_LATELY).toString());
      statement.setString(5, now.minus(TOLD_LATELY).toString());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          told.computeIfAbsent(
                  new SourceKey(rows.getString(1), rows.getString(2)), key -> new ArrayList<>())
              .add(told(rows));
        }
      }
    }
    return told;
  }

  private static ToldConsent told(ResultSet row) throws SQLException {
    return new ToldConsent(
        new Consent.Subject(
            row.getString(3), row.getString(4), row.getString(5), row.getString(6), null),
        Consent.State.valueOf(row.getString(7)),
        instant(row, 8),
        instant(row, 9),
        instant(row, 10));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    var at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  private static final String ECHOED =
      """
      update consent_notice n set state = 'confirmed', confirmed_by = 'echo', error = null,
        confirmed_at = ?::timestamptz, read_at = null
      from unnest(?, ?, ?, ?) u(spoke, record_id, received, changed)
      where n.spoke = u.spoke and n.record_id = u.record_id and n.replaced_at is null
        and n.state = 'sent' and n.sent_at <= u.received::timestamptz
        and n.sent_at - interval '1 minute' <= u.changed::timestamptz
      """;

  /**
   * A record that reported all that the hub had written there.
   *
   * @param changedAt of the report; may be cut to the minute
   */
  record Echoed(SourceKey key, Instant receivedAt, Instant changedAt) {}

  /** What was sent to these records before they said so is confirmed. */
  void echoed(Connection connection, List<Echoed> echoed, Instant now) throws SQLException {
    if (echoed.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(ECHOED)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, echoed, e -> e.key().spoke()));
      statement.setArray(3, Columns.text(connection, echoed, e -> e.key().recordId()));
      statement.setArray(4, Columns.text(connection, echoed, Echoed::receivedAt));
      statement.setArray(5, Columns.text(connection, echoed, Echoed::changedAt));
      statement.executeUpdate();
    }
  }

  private static final String REOPEN =
      """
      update consent_notice n set state = 'pending', sent_at = null, confirmed_at = null,
        confirmed_by = null, read_at = null, told_at = null, noticed_at = u.since::timestamptz,
        deadline = u.since::timestamptz + (n.deadline - n.noticed_at)
      from unnest(?, ?, ?, ?, ?) u(spoke, record_id, purpose, channel, since)
      where n.spoke = u.spoke and n.record_id = u.record_id and n.replaced_at is null
        and n.state in ('sent', 'confirmed') and n.purpose = u.purpose
        and (n.channel = u.channel or 'any' in (n.channel, u.channel))
      """;

  /** A record that said other than what the hub had written there, about what, and since when. */
  record Contradicted(SourceKey key, Consent.Subject subject, Instant since) {}

  /** What these records had confirmed is open again: it is written once more. */
  void reopen(Connection connection, List<Contradicted> contradicted) throws SQLException {
    if (contradicted.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(REOPEN)) {
      statement.setArray(1, Columns.text(connection, contradicted, c -> c.key().spoke()));
      statement.setArray(2, Columns.text(connection, contradicted, c -> c.key().recordId()));
      statement.setArray(3, Columns.text(connection, contradicted, c -> c.subject().purpose()));
      statement.setArray(4, Columns.text(connection, contradicted, c -> c.subject().channel()));
      statement.setArray(5, Columns.text(connection, contradicted, Contradicted::since));
      statement.executeUpdate();
    }
  }

  // -- what became of the deliveries

  /** What was replaced while it was being tried was still to be told when the try began. */
  private static final String TRIED =
      """
      update consent_notice n set tried_at = ?::timestamptz
      from unnest(?, ?) u(target, customer_id), delivery d
      where n.spoke = ? and n.record_id = u.target and n.customer_id = u.customer_id::uuid
        and n.sent_at is null and d.spoke = n.spoke and d.target = n.record_id
        and n.noticed_at <= d.told_at and (n.replaced_at is null or n.replaced_at >= d.told_at)
      """;

  /** What these tried to tell may have been written until now. */
  void tried(Connection connection, String spoke, List<Sending.Outgoing> unanswered, Instant now)
      throws SQLException {
    try (var statement = connection.prepareStatement(TRIED)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, unanswered, Sending.Outgoing::target));
      statement.setArray(3, Columns.text(connection, unanswered, one -> one.due().customerId()));
      statement.setString(4, spoke);
      statement.executeUpdate();
    }
  }

  private static final String SETTLE =
      """
      update consent_notice n set
        state = coalesce(u.state, n.state), error = u.error,
        sent_at = case when u.state = 'sent' then ?::timestamptz else n.sent_at end,
        read_at = case when u.state = 'sent' and n.replaced_at is null then ?::timestamptz end,
        reads = 0
      from unnest(?, ?, ?, ?, ?) u(record_id, customer_id, version, state, error)
      where n.spoke = ? and n.record_id = u.record_id
        and (n.replaced_at is null or n.version = u.version) -- replaced while it was being sent
        and n.customer_id = u.customer_id::uuid and n.version <= u.version
        and n.state in ('pending', 'failed', 'cannot-hold')
      """;

  /** What these deliveries brought is sent, and is to be read back where the spoke can. */
  void settled(Connection connection, Spoke spoke, List<SettledDelivery> settled, Instant now)
      throws SQLException {
    addWritten(connection, spoke, settled, now);
    var known = settled.stream().filter(s -> !s.due().obsolete() && s.targetNow() != null).toList();
    if (known.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(SETTLE)) {
      statement.setString(1, now.toString());
      statement.setString(2, spoke.reads() ? now.toString() : null);
      statement.setArray(3, Columns.text(connection, known, SettledDelivery::targetNow));
      statement.setArray(4, Columns.text(connection, known, s -> s.due().customerId()));
      statement.setArray(5, Columns.numbers(connection, known, s -> s.due().version()));
      statement.setArray(6, Columns.text(connection, known, s -> stateAfter(s.state())));
      statement.setArray(7, Columns.text(connection, known, SettledDelivery::error));
      statement.setString(8, spoke.name());
      statement.executeUpdate();
    }
  }

  /** Null: as it was. */
  private static String stateAfter(String delivery) {
    return switch (delivery) {
      case "delivered", "unchanged" -> "sent";
      case "not-held" -> "cannot-hold";
      case "failed" -> "failed";
      default -> null;
    };
  }

  /**
   * A record that the hub has just created was given all consents that its customer has. What was
   * put back in a record that holds it by its own word was told the record, too: its echo is no new
   * word. And of what the customer said while the record was being created, there is no notice yet.
   */
  private void addWritten(
      Connection connection, Spoke spoke, List<SettledDelivery> settled, Instant now)
      throws SQLException {
    var began = began(connection, spoke.name(), settled);
    var told = new ArrayList<Notice>();
    var renewed = new ArrayList<Notice>();
    var putBack = new ArrayList<Contradicted>();
    for (var one : settled) {
      boolean isCreated = one.due().isCreation() && one.recordId() != null;
      if (!isCreated && !one.state().equals("delivered")) {
        continue;
      }
      var key = new SourceKey(spoke.name(), one.targetNow());
      for (var standing : Notice.standing(CanonicalJson.parse(one.due().state()))) {
        boolean isTold = isCreated || isPutBack(one.due(), standing);
        if (spoke.holds(standing.subject()) && isTold) {
          var since = isCreated ? began.getOrDefault(key.recordId(), now) : one.due().noticedAt();
          var notice = notice(key, one, standing, since);
          told.add(notice);
          if (!isCreated) {
            putBack.add(new Contradicted(key, standing.subject(), since));
            renewed.add(notice);
          }
        }
      }
    }
    replaceOlder(connection, renewed);
    reopen(connection, putBack);
    add(connection, told);
    addReplaced(connection, told, now);
  }

  /** When the hub began to create these records. */
  private static Map<String, Instant> began(
      Connection connection, String spoke, List<SettledDelivery> settled) throws SQLException {
    var began = new HashMap<String, Instant>();
    var created = settled.stream().filter(one -> one.due().isCreation()).toList();
    if (created.isEmpty()) {
      return began;
    }
    var sql =
        "select target, intent_at from delivery where spoke = ? and target = any(?)"
            + " and intent_at is not null";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, spoke);
      statement.setArray(2, Columns.text(connection, created, SettledDelivery::targetNow));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          began.put(rows.getString(1), instant(rows, 2));
        }
      }
    }
    return began;
  }

  private static final String REPLACE_OLDER =
      "update consent_notice n set replaced_at = w.noticed_at::timestamptz, read_at = null from"
          + ROWS
          + "w where "
          + SAME
          + " and n.replaced_at is null and n.consent <> w.consent and n.version < w.version";

  private void replaceOlder(Connection connection, List<Notice> renewed) throws SQLException {
    if (renewed.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(REPLACE_OLDER)) {
      bind(connection, statement, 1, renewed);
      statement.executeUpdate();
    }
  }

  /** Where the customer has said otherwise while it was being told. */
  private static final String ADD_REPLACED =
      """
      insert into consent_notice (spoke, record_id, customer_id, version, purpose, channel, topic,
        brand, bound_to, consent, decided_at, state, urgent, noticed_at, deadline, sent_at,
        replaced_at)
      select w.spoke, w.record_id, w.customer_id::uuid, w.version, w.purpose, w.channel, w.topic,
        w.brand, w.bound_to, w.consent, w.decided_at::timestamptz, 'sent', w.urgent::boolean,
        w.noticed_at::timestamptz, w.deadline::timestamptz, ?::timestamptz, n.noticed_at
      from\
      """
          + ROWS
          + "w join consent_notice n on "
          + SAME
          + """
          and n.replaced_at is null and n.consent <> w.consent and n.version > w.version
          where not exists (select from consent_notice o where o.spoke = w.spoke
            and o.record_id = w.record_id and o.version = w.version and o.consent = w.consent)
          """;

  private void addReplaced(Connection connection, List<Notice> told, Instant now)
      throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(ADD_REPLACED)) {
      statement.setString(1, now.toString());
      bind(connection, statement, 2, told);
      statement.executeUpdate();
    }
  }

  private static boolean isPutBack(DueDelivery due, Notice.Standing standing) {
    var before = due.looked() == null ? due.known() : due.looked();
    return before != null
        && before.consents().stream()
            .filter(there -> Reach.meet(there.subject(), standing.subject()))
            .anyMatch(
                there -> ConsentFold.isStop(there.state()) != ConsentFold.isStop(standing.state()));
  }

  private static Notice notice(
      SourceKey key, SettledDelivery written, Notice.Standing standing, Instant since) {
    return new Notice(
        key,
        written.due().customerId(),
        written.due().version(),
        standing.subject(),
        standing.state(),
        standing.decidedAt(),
        false,
        since);
  }
}
