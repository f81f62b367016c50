package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the hub has told records of consents, and what they report of it. All statements are over
 * sets, in the caller's transaction.
 */
final class ToldNotices {
  private ToldNotices() {}

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
          + ConsentNotices.SAME
          + """
          and w.noticed_at >= n.replaced_at),
            (select min(b.until) from written_before b where b.spoke = n.spoke
              and b.target = n.record_id and b.until between n.replaced_at and t.now),
            case when d.wrote_at >= n.replaced_at then d.wrote_at
                 when d.intent is null then n.replaced_at end,
            t.now), n.sent_at is not null, n.replaced_at
          from (select ?::timestamptz as now) t
          cross join unnest(?, ?) u(spoke, record_id)
          join consent_notice n on n.spoke = u.spoke and n.record_id = u.record_id
          left join delivery d on d.spoke = n.spoke and d.target = n.record_id
          where n.sent_at > ?::timestamptz
            or n.sent_at is null and n.noticed_at > ?::timestamptz
              and (n.consent = 'granted' or n.tried_at is not null)
          """;

  /** What the hub has told these records of late, also what was replaced since. */
  static Map<SourceKey, List<ToldConsent>> told(
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
    var state = Consent.State.valueOf(row.getString(7));
    var sentAt = Columns.instant(row, 10);
    boolean isTaken = row.getBoolean(11);
    return new ToldConsent(
        new Consent.Subject(
            row.getString(3), row.getString(4), row.getString(5), row.getString(6), null),
        state,
        Columns.instant(row, 8),
        Columns.instant(row, 9),
        sentAt,
        isTaken ? reportedBy(state, sentAt, Columns.instant(row, 12)) : sentAt);
  }

  /**
   * What was taken may bear a time that is a little later; a no only while the hub knew nothing
   * else, since the record held it then.
   */
  private static Instant reportedBy(Consent.State state, Instant sentAt, Instant replacedAt) {
    var byTheClock = sentAt.plus(ApplyObservation.CLOCKS_DIFFER);
    if (state == Consent.State.granted || replacedAt == null || replacedAt.isAfter(byTheClock)) {
      return byTheClock;
    }
    return replacedAt.isAfter(sentAt) ? replacedAt.minusMillis(1) : sentAt;
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
  static void echoed(Connection connection, List<Echoed> echoed, Instant now) throws SQLException {
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
}
