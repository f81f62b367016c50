package io.nave.consent;

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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ledger in PostgreSQL: append-only, which the database enforces. */
@ApplicationScoped
public class ConsentLedger {
  private static final int LONGEST_WORD = 200;

  /** A line of the ledger; {@code evidence} is JSON. */
  public record Line(SourceKey key, Consent consent, String evidence, Instant recordedAt) {
    private boolean isPersonal() {
      return consent.boundTo() != null || !consent.evidence().isEmpty();
    }

    private boolean isBound() {
      return consent.boundTo() != null;
    }

    private String actor() {
      var actor = Actor.of(consent);
      return actor == Actor.unknown ? null : actor.word();
    }

    private String word(String name) {
      var value = consent.evidence().get(name);
      var text = value == null ? null : value.toString();
      return text == null || text.length() <= LONGEST_WORD ? text : text.substring(0, LONGEST_WORD);
    }
  }

  private static final String APPEND =
      """
      with e as (
        insert into consent_entry (spoke, record_id, purpose, channel, topic, brand, state,
          decided_at, recorded_at, legal_basis, actor, method, notice, language, bound, key_id,
          personal)
        select spoke, record_id, purpose, channel, topic, brand, state, decided_at::timestamptz,
          recorded_at::timestamptz, legal_basis, actor, method, notice, language, bound::boolean,
          key_id::bigint, personal
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
          u(spoke, record_id, purpose, channel, topic, brand, state, decided_at, recorded_at,
            legal_basis, actor, method, notice, language, bound, key_id, personal, n)
        order by n returning id)
      insert into consent_unsealed (entry_id) select id from e
      """;

  /**
   * Appends the lines in their order, in the caller's transaction. What is personal in them is
   * encrypted.
   */
  public void append(Connection connection, List<Line> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    var personal =
        lines.stream().filter(Line::isPersonal).map(Line::key).collect(Collectors.toSet());
    var keys = ConsentKeys.of(connection, personal);
    try (var statement = connection.prepareStatement(APPEND)) {
      bind(connection, statement, lines);
      bindPersonal(connection, statement, lines, keys);
      statement.executeUpdate();
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, List<Line> lines)
      throws SQLException {
    statement.setArray(1, Columns.text(connection, lines, line -> line.key().spoke()));
    statement.setArray(2, Columns.text(connection, lines, line -> line.key().recordId()));
    statement.setArray(3, Columns.text(connection, lines, line -> line.consent().purpose()));
    statement.setArray(4, Columns.text(connection, lines, line -> line.consent().channel()));
    statement.setArray(5, Columns.text(connection, lines, line -> line.consent().topic()));
    statement.setArray(6, Columns.text(connection, lines, line -> line.consent().brand()));
    statement.setArray(7, Columns.text(connection, lines, line -> line.consent().state()));
    statement.setArray(8, Columns.text(connection, lines, line -> line.consent().decidedAt()));
    statement.setArray(9, Columns.text(connection, lines, Line::recordedAt));
    statement.setArray(10, Columns.text(connection, lines, line -> line.consent().legalBasis()));
    statement.setArray(11, Columns.text(connection, lines, Line::actor));
    statement.setArray(12, Columns.text(connection, lines, line -> line.word("method")));
    statement.setArray(13, Columns.text(connection, lines, line -> line.word("notice")));
    statement.setArray(14, Columns.text(connection, lines, line -> line.word("language")));
    statement.setArray(15, Columns.text(connection, lines, Line::isBound));
  }

  private static void bindPersonal(
      Connection connection,
      PreparedStatement statement,
      List<Line> lines,
      Map<SourceKey, ConsentKeys.Key> keys)
      throws SQLException {
    var closed = new byte[lines.size()][];
    for (int i = 0; i < closed.length; i++) {
      var line = lines.get(i);
      closed[i] =
          line.isPersonal()
              ? new Personal(line.consent().boundTo(), line.evidence())
                  .closed(keys.get(line.key()).secret())
              : null;
    }
    statement.setArray(
        16,
        Columns.text(
            connection, lines, line -> line.isPersonal() ? keys.get(line.key()).id() : null));
    statement.setArray(17, connection.createArrayOf("bytea", closed));
  }

  /** All entries of these records, in the order of the ledger, with their evidence. */
  public List<Recorded> of(Connection connection, Collection<SourceKey> records)
      throws SQLException {
    var sql =
        LedgerRows.select(true)
            + " from unnest(?, ?) r(spoke, record_id)"
            + " join consent_entry e on e.spoke = r.spoke and e.record_id = r.record_id"
            + LedgerRows.KEYS
            + " order by e.id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, records, SourceKey::recordId));
      return LedgerRows.read(statement);
    }
  }

  /** Where an entry stands in the chain; empty where it is not chained yet. */
  public Optional<VerifyLedger.Head> place(Connection connection, long entry) throws SQLException {
    var sql = "select seq, hash from consent_seal where entry_id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, entry);
      try (var rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new VerifyLedger.Head(rows.getLong(1), LedgerChain.hex(rows.getBytes(2)), null))
            : Optional.empty();
      }
    }
  }

  /**
   * The entries of these records that were recorded by a time, without evidence, and where they
   * stand in the chain.
   */
  public List<Sealed> until(Connection connection, Collection<SourceKey> records, Instant time)
      throws SQLException {
    var sql =
        LedgerRows.select(false)
            + ", s.seq, s.hash from unnest(?, ?) r(spoke, record_id)"
            + " join consent_entry e on e.spoke = r.spoke and e.record_id = r.record_id"
            + LedgerRows.KEYS
            + " left join consent_seal s on s.entry_id = e.id"
            + " where e.recorded_at <= ?::timestamptz order by e.id";
    var entries = new ArrayList<Sealed>();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.text(connection, records, SourceKey::spoke));
      statement.setArray(2, Columns.text(connection, records, SourceKey::recordId));
      statement.setString(3, time.toString());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var hash = rows.getBytes(LedgerRows.WIDTH + 2);
          entries.add(
              new Sealed(
                  LedgerRows.entry(rows),
                  rows.getLong(LedgerRows.WIDTH + 1),
                  hash == null ? null : LedgerChain.hex(hash)));
        }
      }
    }
    return entries;
  }

  /** One entry, with its evidence; empty where there is none of that number. */
  public Optional<Recorded> entry(Connection connection, long id) throws SQLException {
    var sql =
        LedgerRows.select(true) + " from consent_entry e" + LedgerRows.KEYS + " where e.id = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      return LedgerRows.read(statement).stream().findFirst();
    }
  }

  /**
   * Destroys the keys of these records: what is personal in their entries can never be read again.
   * The entries stay, and the chain can still be verified.
   *
   * @return how many records had something to erase
   */
  public int erase(
      Connection connection, Collection<SourceKey> records, String reason, String by, Instant now)
      throws SQLException {
    return ConsentKeys.destroy(connection, records, reason, by, now.toString());
  }
}
