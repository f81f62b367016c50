package io.nave.consent;

import io.nave.canonical.Consent;
import io.nave.canonical.SourceKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads entries from the ledger's rows. */
public final class LedgerRows {
  /** Joins the keys that are still there. */
  public static final String KEYS = " left join consent_key k on k.id = e.key_id";

  /** How many columns {@link #select} has. */
  public static final int WIDTH = 20;

  private static final String ERASED = "erased";

  private LedgerRows() {}

  /**
   * The columns of an entry {@code e} and its key {@code k}.
   *
   * @param evidence whether the evidence is wanted; without it, what is personal is read only where
   *     the entry is bound to an address
   */
  public static String select(boolean evidence) {
    return "select e.id, e.spoke, e.record_id, e.purpose, e.channel, e.topic, e.brand, e.bound_to,"
        + " e.state, e.decided_at, e.recorded_at, e.legal_basis,"
        + " coalesce(e.actor, e.evidence->>'actor'), e.method, e.notice,"
        + " e.language, e.bound, e.key_id is not null and k.id is null, "
        + (evidence
            ? "e.personal, k.key, e.evidence::text"
            : "case when e.bound then e.personal end, case when e.bound then k.key end");
  }

  static List<Recorded> read(PreparedStatement statement) throws SQLException {
    var entries = new ArrayList<Recorded>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        entries.add(withEvidence(rows));
      }
    }
    return entries;
  }

  private static Recorded withEvidence(ResultSet row) throws SQLException {
    var personal = personal(row);
    var old = row.getString(WIDTH + 1);
    return new Recorded(
        entry(row, personal),
        row.getString(14),
        row.getString(15),
        row.getString(16),
        personal == null ? old : personal.evidence(),
        row.getBoolean(18));
  }

  /** The entry in this row, its evidence {@code actor} alone. */
  public static ConsentEntry entry(ResultSet row) throws SQLException {
    return entry(row, personal(row));
  }

  private static ConsentEntry entry(ResultSet row, Personal personal) throws SQLException {
    var consent =
        new Consent(
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            boundTo(row, personal),
            Consent.State.valueOf(row.getString(9)),
            time(row, 10),
            row.getString(12),
            actor(row.getString(13)));
    var key = new SourceKey(row.getString(2), row.getString(3));
    return new ConsentEntry(row.getLong(1), key, consent, time(row, 11));
  }

  private static Map<String, Object> actor(String actor) {
    return actor == null ? Map.of() : Map.of("actor", actor);
  }

  /** Where nobody can know any more to which address it was bound, a stop is a stop for all. */
  private static String boundTo(ResultSet row, Personal personal) throws SQLException {
    if (personal != null) {
      return personal.boundTo();
    }
    if (!row.getBoolean(17)) {
      return row.getString(8);
    }
    return ConsentFold.isStop(Consent.State.valueOf(row.getString(9))) ? null : ERASED;
  }

  private static Personal personal(ResultSet row) throws SQLException {
    var closed = row.getBytes(19);
    var key = row.getBytes(WIDTH);
    return closed == null || key == null ? null : Personal.open(closed, key);
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
