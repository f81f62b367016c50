package io.nave.sync;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The notices that are to be read back, as a work queue in PostgreSQL. A claim ends by itself, as
 * that of a delivery does.
 */
@ApplicationScoped
class ConsentReads {
  private static final String CLAIM =
      """
      with due as (
        select id from consent_notice
        where spoke = ? and %s and read_at <= ?::timestamptz and deadline <= ?::timestamptz
          and (claimed_until is null or claimed_until < ?::timestamptz)
        order by urgent desc, read_at limit ? for update skip locked),
      claimed as (
        update consent_notice n set claimed_until = ?::timestamptz + interval '30 seconds'
        from due where n.id = due.id returning n.*)
      select n.id, n.record_id, n.purpose, n.channel, n.topic, n.brand, n.bound_to, n.decided_at,
             n.noticed_at, n.urgent, n.reads, n.contradicted, c.id, c.version, c.state, d.held,
             s.content, s.consents, s.preferences
      from claimed n
      left join source_record s on s.spoke = n.spoke and s.record_id = n.record_id
      left join delivery d on d.spoke = n.spoke and d.target = n.record_id
      join customer c on c.id = coalesce(s.customer_id, n.customer_id)
      order by n.urgent desc, n.record_id
      """;

  private final Transactions transactions;

  ConsentReads(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * A notice to be read back.
   *
   * @param known what the record is known to hold
   */
  record Due(
      long id,
      String recordId,
      Consent.Subject subject,
      Instant decidedAt,
      Instant noticedAt,
      boolean urgent,
      int reads,
      int contradicted,
      UUID customerId,
      long version,
      String state,
      Held known) {}

  /**
   * How a reading ended.
   *
   * @param state of the notice from now on
   * @param readAgain null: no more
   */
  record Ended(Due due, String state, String error, Instant readAgain, boolean contradicted) {}

  /** A record that is to be written once more, since it holds something else. */
  record Redelivery(Due due, Held seen, Instant at) {}

  List<Due> claim(
      String spoke, DeliveryQueue.Lane lane, Instant now, Instant deadlineBy, int most) {
    return transactions.call(
        connection -> {
          try (var statement = connection.prepareStatement(CLAIM.formatted(lane.wanted()))) {
            statement.setString(1, spoke);
            statement.setString(2, now.toString());
            statement.setString(3, deadlineBy.toString());
            statement.setString(4, now.toString());
            statement.setInt(5, most);
            statement.setString(6, now.toString());
            var due = new ArrayList<Due>();
            try (var rows = statement.executeQuery()) {
              while (rows.next()) {
                due.add(read(rows));
              }
            }
            return due;
          }
        });
  }

  private static Due read(ResultSet row) throws SQLException {
    return new Due(
        row.getLong(1),
        row.getString(2),
        new Consent.Subject(
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7)),
        Columns.instant(row, 8),
        Columns.instant(row, 9),
        row.getBoolean(10),
        row.getInt(11),
        row.getInt(12),
        row.getObject(13, UUID.class),
        row.getLong(14),
        row.getString(15),
        Held.known(row.getString(16), row.getString(17), row.getString(18), row.getString(19)));
  }

  private static final String SETTLE =
      """
      update consent_notice n set state = u.state, error = u.error, claimed_until = null,
        read_at = u.again::timestamptz, reads = n.reads + 1,
        contradicted = n.contradicted + case when u.contradicted::boolean then 1 else 0 end,
        confirmed_at = case when u.state = 'confirmed' then ?::timestamptz end,
        confirmed_by = case when u.state = 'confirmed' then 'read' end
      from unnest(?, ?, ?, ?, ?) u(id, state, error, again, contradicted)
      where n.id = u.id and n.replaced_at is null and n.read_at is not null
      """;

  /** Settles readings; what was replaced, or confirmed by the spoke's report, stays so. */
  void settle(String spoke, List<Ended> ended, List<Redelivery> again, Instant now) {
    transactions.run(
        connection -> {
          redeliver(connection, spoke, again, now);
          try (var statement = connection.prepareStatement(SETTLE)) {
            statement.setString(1, now.toString());
            statement.setArray(2, Columns.numbers(connection, ended, e -> e.due().id()));
            statement.setArray(3, Columns.text(connection, ended, Ended::state));
            statement.setArray(4, Columns.text(connection, ended, Ended::error));
            statement.setArray(5, Columns.text(connection, ended, Ended::readAgain));
            statement.setArray(6, Columns.text(connection, ended, Ended::contradicted));
            statement.executeUpdate();
          }
        });
  }

  private static final String REDELIVER =
      """
      update delivery d set state = 'due', attempts = 0, seen = u.seen::json,
        urgent = d.urgent or u.urgent::boolean, noticed_at = ?::timestamptz,
        due_at = least(d.due_at, u.at::timestamptz)
      from unnest(?, ?, ?, ?) u(target, seen, urgent, at) where d.spoke = ? and d.target = u.target
      """;

  private static void redeliver(
      Connection connection, String spoke, List<Redelivery> again, Instant now)
      throws SQLException {
    if (again.isEmpty()) {
      return;
    }
    Deliveries.lock(
        connection,
        again.stream().map(one -> new SourceKey(spoke, one.due().recordId())).distinct().toList());
    try (var statement = connection.prepareStatement(REDELIVER)) {
      statement.setString(1, now.toString());
      statement.setArray(2, Columns.text(connection, again, one -> one.due().recordId()));
      statement.setArray(3, Columns.text(connection, again, one -> CanonicalJson.text(one.seen())));
      statement.setArray(4, Columns.text(connection, again, one -> one.due().urgent()));
      statement.setArray(5, Columns.text(connection, again, Redelivery::at));
      statement.setString(6, spoke);
      statement.executeUpdate();
    }
  }

  /** Gives claims back untouched, as when the spoke is down. */
  void release(Collection<Due> due, String error) {
    transactions.run(
        connection -> {
          var sql = "update consent_notice set claimed_until = null, error = ? where id = any(?)";
          try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, error);
            statement.setArray(2, Columns.numbers(connection, due, Due::id));
            statement.executeUpdate();
          }
        });
  }
}
