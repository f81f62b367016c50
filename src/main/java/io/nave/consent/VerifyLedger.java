package io.nave.consent;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Goes through the whole ledger and finds what was tampered with: an entry that was altered, taken
 * out or put in, and a tail that was cut off. It reads the database alone.
 */
public final class VerifyLedger {
  private static final int MOST_FINDINGS = 20;
  private static final int FETCH = 2000;

  /**
   * What is wrong.
   *
   * @param entry the number of the entry; 0 where it is about the chain as a whole
   */
  public record Finding(long entry, String what) {}

  /**
   * A place in the chain, to be kept somewhere else.
   *
   * @param hash in hexadecimal digits
   */
  public record Head(long seq, String hash, Instant at) {}

  /**
   * What was found.
   *
   * @param sealed entries in the chain
   * @param waiting entries that are not chained yet
   * @param head where the chain ends; null where it is empty
   * @param findings the first twenty, in the order of the chain; none: nothing was tampered with
   */
  public record Report(long sealed, long waiting, Head head, List<Finding> findings) {}

  private record Checkpoint(byte[] hash, Instant at, String key, byte[] signature) {}

  private final Connection connection;
  private final LongConsumer progress;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<Long, Checkpoint> checkpoints = new HashMap<>();
  private long lastCheckpoint;
  private long sealed;
  private byte[] hash = LedgerChain.START;

  private VerifyLedger(Connection connection, LongConsumer progress) {
    this.connection = connection;
    this.progress = progress;
  }

  /**
   * Verifies.
   *
   * @param kept heads that were kept elsewhere, by their place in the chain; may be empty
   * @param progress is told now and then how many entries are done
   */
  public static Report run(Connection connection, Map<Long, String> kept, LongConsumer progress)
      throws SQLException {
    boolean commits = connection.getAutoCommit();
    connection.setAutoCommit(false); // else the driver would read the ledger whole
    try (var statement = connection.createStatement()) {
      statement.execute("set transaction isolation level repeatable read, read only");
      return new VerifyLedger(connection, progress).verify(new HashMap<>(kept));
    } finally {
      connection.rollback();
      connection.setAutoCommit(commits);
    }
  }

  /** The last checkpoint; null where there is none. */
  public static Head head(Connection connection) throws SQLException {
    var sql = "select seq, hash, at from consent_checkpoint order by seq desc limit 1";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      return rows.next()
          ? new Head(rows.getLong(1), LedgerChain.hex(rows.getBytes(2)), time(rows, 3))
          : null;
    }
  }

  private Report verify(Map<Long, String> kept) throws SQLException {
    readCheckpoints();
    followChain(kept);
    compareEnd();
    kept.forEach((seq, value) -> find(0, "chain: ends before " + seq + ", where a head was kept"));
    long waiting = lookAtUnsealed();
    var head = sealed == 0 ? null : new Head(sealed, LedgerChain.hex(hash), null);
    return new Report(sealed, waiting, head, List.copyOf(findings));
  }

  private void find(long entry, String what) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(entry, what));
    }
  }

  // -- checkpoints

  private void readCheckpoints() throws SQLException {
    var keys = StoredKey.published(connection, SigningKeys.RECEIPT);
    var sql = "select seq, hash, at, key_id, signature from consent_checkpoint order by seq";
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        var one =
            new Checkpoint(rows.getBytes(2), time(rows, 3), rows.getString(4), rows.getBytes(5));
        lastCheckpoint = rows.getLong(1);
        checkpoints.put(lastCheckpoint, one);
        var key = keys.get(one.key());
        var text = LedgerChain.signed(lastCheckpoint, one.hash(), one.at());
        if (key == null || !StoredKey.verifies(key, text, one.signature())) {
          find(0, "checkpoint " + lastCheckpoint + ": not signed by this hub");
        }
      }
    }
  }

  // -- the chain

  private void followChain(Map<Long, String> kept) throws SQLException {
    var sql =
        "select s.seq, s.entry_id, s.hash, "
            + LedgerChain.COLUMNS
            + " from consent_seal s left join consent_entry e on e.id = s.entry_id order by s.seq";
    var chain = new LedgerChain();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(FETCH);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          follow(rows, chain);
          compare(kept.remove(sealed), rows.getLong(2));
          if (sealed % FETCH == 0) {
            progress.accept(sealed);
          }
        }
      }
    }
  }

  private void follow(ResultSet row, LedgerChain chain) throws SQLException {
    long seq = row.getLong(1);
    long entry = row.getLong(2);
    var stored = row.getBytes(3);
    if (seq != sealed + 1) {
      find(0, "chain: places " + (sealed + 1) + " to " + (seq - 1) + " are missing");
    } else if (row.getString(4) == null) {
      find(entry, "entry " + entry + ": was deleted");
    } else if (!Arrays.equals(chain.hash(hash, row, 4), stored)) {
      find(entry, "entry " + entry + ": was altered, or put in, after it was written");
    }
    sealed = seq;
    hash = stored;
    var checkpoint = checkpoints.get(seq);
    if (checkpoint != null && !Arrays.equals(checkpoint.hash(), stored)) {
      find(entry, "entry " + entry + ": the chain was rewritten up to checkpoint " + seq);
    }
  }

  private void compare(String kept, long entry) {
    if (kept != null && !kept.equalsIgnoreCase(LedgerChain.hex(hash))) {
      find(entry, "entry " + entry + ": the chain was rewritten up to the head that was kept");
    }
  }

  private void compareEnd() {
    if (sealed < lastCheckpoint) {
      var lost = lastCheckpoint - sealed;
      find(0, "chain: cut off after " + sealed + ", " + lost + " entries are missing at its end");
    } else if (sealed > lastCheckpoint) {
      find(0, "chain: goes on after checkpoint " + lastCheckpoint + " without a signature");
    }
  }

  // -- what is not chained

  private long lookAtUnsealed() throws SQLException {
    var sql =
        """
        select e.id, 'was put in by other means than the hub' from consent_entry e
        where not exists (select from consent_seal s where s.entry_id = e.id)
          and not exists (select from consent_unsealed u where u.entry_id = e.id)
        union all
        select u.entry_id, 'was deleted before it was sealed' from consent_unsealed u
        where not exists (select from consent_entry e where e.id = u.entry_id)
        order by 1
        """;
    try (var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        find(rows.getLong(1), "entry " + rows.getLong(1) + ": " + rows.getString(2));
      }
    }
    try (var statement = connection.prepareStatement("select count(*) from consent_unsealed");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
