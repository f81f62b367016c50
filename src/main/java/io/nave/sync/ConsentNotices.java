package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What each spoke's records have to hold of their customers' consents, in the table {@code
 * consent_notice}: written in the transaction that changes a consent, settled with the deliveries
 * ({@link SettledNotices}). All statements are over sets, in the caller's transaction.
 */
@ApplicationScoped
class ConsentNotices {
  static final String ROWS =
      """
      (select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality u(spoke,
        record_id, customer_id, version, purpose, channel, topic, brand, bound_to, consent,
        decided_at, urgent, noticed_at, deadline, number))
      """;

  static final String SAME =
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

  /** Adds notices; where one says so already, it is of this customer now. */
  void add(Connection connection, List<Notice> wanted) throws SQLException {
    if (wanted.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(ADD)) {
      bind(connection, statement, 1, wanted);
      statement.executeUpdate();
    }
  }

  /** Binds the rows of {@link #ROWS}; returns the next parameter. */
  int bind(Connection connection, PreparedStatement statement, int from, List<Notice> rows)
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
}
