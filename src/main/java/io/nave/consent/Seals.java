package io.nave.consent;

import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Chains the entries that were appended: right behind them, so that whoever appends waits for
 * nobody. One hub at a time does it. Every round ends with a signed checkpoint; one of each minute
 * is kept.
 */
@ApplicationScoped
public class Seals {
  private static final long ONE_AT_A_TIME = 0x6E617665_5EA1L;
  private static final int MOST = 5000;

  private final SigningKeys keys;

  Seals(SigningKeys keys) {
    this.keys = keys;
  }

  private record Seal(long seq, long entry, byte[] hash) {}

  /** Chains some of what waits, in the caller's transaction; returns how many entries. */
  public int seal(Connection connection, Instant now) throws SQLException {
    if (!isMyTurn(connection)) {
      return 0;
    }
    var seals = next(connection);
    if (!seals.isEmpty()) {
      write(connection, seals);
      forget(connection, seals);
      checkpoint(connection, seals.get(seals.size() - 1), now);
    }
    return seals.size();
  }

  private static boolean isMyTurn(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
      statement.setLong(1, ONE_AT_A_TIME);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  /**
   * An entry that is gone before it was sealed stays in the queue, where verifying finds it. Each
   * entry is looked up by its id: the planner, who cannot know how short the queue is, would read
   * the ledger from its start.
   */
  private static List<Seal> next(Connection connection) throws SQLException {
    var head = head(connection);
    var sql =
        "select "
            + LedgerChain.COLUMNS
            + " from consent_unsealed u cross join lateral (select * from consent_entry e"
            + " where e.id = u.entry_id offset 0) e order by u.entry_id limit "
            + MOST;
    var chain = new LedgerChain();
    var seals = new ArrayList<Seal>();
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        head = new Seal(head.seq() + 1, rows.getLong(1), chain.hash(head.hash(), rows, 1));
        seals.add(head);
      }
    }
    return seals;
  }

  private static Seal head(Connection connection) throws SQLException {
    var sql = "select seq, entry_id, hash from consent_seal order by seq desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      return rows.next()
          ? new Seal(rows.getLong(1), rows.getLong(2), rows.getBytes(3))
          : new Seal(0, 0, LedgerChain.START);
    }
  }

  private static void write(Connection connection, List<Seal> seals) throws SQLException {
    var sql = "insert into consent_seal (seq, entry_id, hash) select * from unnest(?, ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, seals, Seal::seq));
      statement.setArray(2, Columns.numbers(connection, seals, Seal::entry));
      var hashes = seals.stream().map(Seal::hash).toArray(byte[][]::new);
      statement.setArray(3, connection.createArrayOf("bytea", hashes));
      statement.executeUpdate();
    }
  }

  private static void forget(Connection connection, List<Seal> seals) throws SQLException {
    var sql = "delete from consent_unsealed where entry_id = any(?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, seals, Seal::entry));
      statement.executeUpdate();
    }
  }

  private void checkpoint(Connection connection, Seal head, Instant now) throws SQLException {
    thin(connection, now);
    var key = keys.signing(SigningKeys.RECEIPT);
    var sql =
        "insert into consent_checkpoint (seq, hash, at, key_id, signature)"
            + " values (?, ?, ?::timestamptz, ?, ?)";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, head.seq());
      statement.setBytes(2, head.hash());
      statement.setString(3, now.toString());
      statement.setString(4, key.id());
      statement.setBytes(5, signature(key, LedgerChain.signed(head.seq(), head.hash(), now)));
      statement.executeUpdate();
    }
  }

  /** The checkpoint before gives way to the new one if it is of the same minute. */
  private static void thin(Connection connection, Instant now) throws SQLException {
    var sql =
        "delete from consent_checkpoint where seq = (select max(seq) from consent_checkpoint)"
            + " and date_trunc('minute', at, 'UTC') = date_trunc('minute', ?::timestamptz, 'UTC')";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.executeUpdate();
    }
  }

  private static byte[] signature(SigningKeys.Signing key, byte[] text) {
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key.pair().getPrivate());
      signature.update(text);
      return signature.sign();
    } catch (GeneralSecurityException wrong) {
      throw new IllegalStateException("signing_key: " + key.id() + " (expected: Ed25519)", wrong);
    }
  }
}
