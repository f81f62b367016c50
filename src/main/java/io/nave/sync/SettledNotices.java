package io.nave.sync;

import io.nave.canonical.SourceKey;
import io.nave.consent.ConsentFold;
import io.nave.consent.Reach;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What deliveries make of what records have to hold of consents. All statements are over sets, in
 * the caller's transaction.
 */
@ApplicationScoped
class SettledNotices {
  private final ConsentNotices notices;

  SettledNotices(ConsentNotices notices) {
    this.notices = notices;
  }

  /**
   * A try to write to a record what a version of its customer says of consent.
   *
   * @param target the record
   */
  record Try(String target, UUID customerId, long version) {
    static Try of(DueDelivery due) {
      return new Try(due.target(), due.customerId(), due.version());
    }
  }

  /** What stood in the version that was tried, also where it has been replaced since. */
  private static final String TRIED =
      """
      update consent_notice n set tried_at = ?::timestamptz
      from unnest(?, ?, ?) u(target, customer_id, version)
      where n.spoke = ? and n.record_id = u.target and n.customer_id = u.customer_id::uuid
        and n.sent_at is null and n.version <= u.version
        and not exists (select from consent_notice w where\s\
      """
          + ConsentNotices.SAME
          + " and w.version > n.version and w.version <= u.version)";

  /** What these tries were to tell may have been written until now: nobody knows. */
  void tried(Connection connection, String spoke, List<Try> unanswered, Instant now)
      throws SQLException {
    if (unanswered.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(TRIED)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, unanswered, Try::target));
      statement.setArray(3, Columns.text(connection, unanswered, Try::customerId));
      statement.setArray(4, Columns.numbers(connection, unanswered, Try::version));
      statement.setString(5, spoke);
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
      from unnest(?, ?, ?, ?, ?, ?) u(record_id, customer_id, version, state, error, tells)
      where n.spoke = ? and n.record_id = u.record_id
        and n.customer_id = u.customer_id::uuid and n.version <= u.version
        and n.state in ('pending', 'failed', 'cannot-hold')
        and (n.replaced_at is null or n.version = u.version -- replaced while it was being sent
          or u.tells::boolean and not exists (select from consent_notice w where\s\
      """
          + ConsentNotices.SAME
          + " and w.version > n.version and w.version <= u.version))";

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
      statement.setArray(8, Columns.text(connection, known, SettledDelivery::told));
      statement.setString(9, spoke.name());
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
    var putBack = new ArrayList<ConsentNotices.Contradicted>();
    for (var one : settled) {
      boolean isCreated = one.due().isCreation() && one.recordId() != null;
      if (!isCreated && !one.state().equals("delivered")) {
        continue;
      }
      var key = new SourceKey(spoke.name(), one.targetNow());
      for (var standing : Notice.standing(CanonicalJson.parse(one.due().state()))) {
        boolean isTold = isCreated || one.told() && isPutBack(one.due(), standing);
        if (spoke.holds(standing.subject()) && isTold) {
          var since = isCreated ? began.getOrDefault(key.recordId(), now) : one.due().noticedAt();
          var notice = notice(key, one, standing, since);
          told.add(notice);
          if (!isCreated) {
            putBack.add(new ConsentNotices.Contradicted(key, standing.subject(), since));
            renewed.add(notice);
          }
        }
      }
    }
    replaceOlder(connection, renewed);
    notices.reopen(connection, putBack);
    notices.add(connection, told);
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
          began.put(rows.getString(1), Columns.instant(rows, 2));
        }
      }
    }
    return began;
  }

  private static final String REPLACE_OLDER =
      "update consent_notice n set replaced_at = w.noticed_at::timestamptz, read_at = null from"
          + ConsentNotices.ROWS
          + "w where "
          + ConsentNotices.SAME
          + " and n.replaced_at is null and n.consent <> w.consent and n.version < w.version";

  private void replaceOlder(Connection connection, List<Notice> renewed) throws SQLException {
    if (renewed.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(REPLACE_OLDER)) {
      notices.bind(connection, statement, 1, renewed);
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
          + ConsentNotices.ROWS
          + "w join consent_notice n on "
          + ConsentNotices.SAME
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
      notices.bind(connection, statement, 2, told);
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
