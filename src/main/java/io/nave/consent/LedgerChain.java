package io.nave.consent;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * How the ledger's entries are chained: each hash is SHA-256 of the hash before and of the whole
 * entry, so that no entry can be altered, taken out or put in without breaking what follows.
 */
final class LedgerChain {
  /** What the first entry is chained to. */
  static final byte[] START = new byte[32];

  /** Every column of an entry {@code e}; times in microseconds, so that no time zone matters. */
  static final String COLUMNS =
      "e.id, e.spoke, e.record_id, e.purpose, e.channel, e.topic, e.brand, e.bound_to, e.state,"
          + " (extract(epoch from e.decided_at) * 1000000)::bigint,"
          + " (extract(epoch from e.recorded_at) * 1000000)::bigint, e.legal_basis,"
          + " e.evidence::text, e.actor, e.method, e.notice, e.language, e.key_id, e.bound,"
          + " e.personal";

  private static final int TEXTS = 19;
  private static final int ABSENT = -1;

  private final MessageDigest sha;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private final DataOutputStream out = new DataOutputStream(bytes);

  LedgerChain() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * The hash of an entry.
   *
   * @param first where {@link #COLUMNS} begin in the row
   */
  byte[] hash(byte[] previous, ResultSet row, int first) throws SQLException {
    bytes.reset();
    try {
      for (int i = 0; i < TEXTS; i++) {
        var text = row.getString(first + i);
        write(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
      }
      write(row.getBytes(first + TEXTS));
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    sha.update(previous);
    return sha.digest(bytes.toByteArray());
  }

  /** Each with its length, so that nothing can move from one column into the next. */
  private void write(byte[] value) throws IOException {
    out.writeInt(value == null ? ABSENT : value.length);
    if (value != null) {
      out.write(value);
    }
  }

  /** What a checkpoint signs. */
  static byte[] signed(long seq, byte[] hash, Instant at) {
    var text = "nave ledger " + seq + " " + hex(hash) + " " + at;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
