package io.nave.sync;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.SessionFactory;

/** What waits for a person: invalid messages and dead letters, grouped by their cause. */
@ApplicationScoped
public class Waiting {
  private static final int MOST = 100;

  private final SessionFactory sessions;

  Waiting(SessionFactory sessions) {
    this.sessions = sessions;
  }

  /**
   * Messages or deliveries with one cause.
   *
   * @param kind the failure kind of deliveries; null for invalid messages
   * @param example a customer whose delivery failed so; null for invalid messages
   */
  public record Cause(
      String spoke, String kind, String cause, long n, Instant first, Instant last, UUID example) {}

  /** Invalid messages, the most frequent cause first. */
  @Transactional
  public List<Cause> invalidMessages() {
    return causes(
        "select spoke, null, cause, count(*), min(received_at), max(received_at), null::uuid"
            + " from invalid_message group by spoke, cause order by 4 desc, 1, 3 limit "
            + MOST);
  }

  /** Dead letters, deliveries and messages to customers, the most frequent cause first. */
  @Transactional
  public List<Cause> deadLetters() {
    return causes(
        "select spoke, error_kind, coalesce(error, ''), count(*), min(since), max(until),"
            + " (array_agg(customer_id))[1] from ("
            + "select spoke, error_kind, error, noticed_at as since,"
            + " coalesce(done_at, noticed_at) as until, customer_id"
            + " from delivery where state = 'failed' union all "
            + "select f.spoke, f.error_kind, f.error, f.created_at, f.due_at, s.customer_id"
            + " from confirmation f left join source_record s"
            + " on s.spoke = f.anchor_spoke and s.record_id = f.anchor_record"
            + " where f.state = 'failed') dead group by 1, 2, 3 order by 4 desc, 1, 3 limit "
            + MOST);
  }

  private List<Cause> causes(String sql) {
    try (var session = sessions.openStatelessSession()) {
      return session.doReturningWork(
          connection -> {
            try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
              return causes(rows);
            }
          });
    }
  }

  private static List<Cause> causes(ResultSet rows) throws SQLException {
    var causes = new ArrayList<Cause>();
    while (rows.next()) {
      causes.add(
          new Cause(
              rows.getString(1),
              rows.getString(2),
              rows.getString(3),
              rows.getLong(4),
              Columns.instant(rows, 5),
              Columns.instant(rows, 6),
              rows.getObject(7, UUID.class)));
    }
    return causes;
  }
}
