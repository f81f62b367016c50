package io.nave.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Checks a receipt against the hub's keys and the ledger: that this hub signed it, and that the
 * entry which it is about stands in the chain as it did then. It reads the database alone.
 */
public final class VerifyReceipt {
  /** What receipts say about their place in the ledger. */
  public static final String LEDGER = "nave:ledger";

  /**
   * What was found.
   *
   * @param entry the number of the entry; 0 where the receipt is none of this hub's
   * @param what in words
   */
  public record Report(boolean good, long entry, String what) {}

  private VerifyReceipt() {}

  /**
   * Verifies.
   *
   * @param jws the receipt as it was signed
   */
  public static Report run(Connection connection, String jws) throws SQLException {
    var keys = StoredKey.published(connection, SigningKeys.RECEIPT);
    var content = Jws.verified(jws, keys);
    if (content.isEmpty()) {
      return new Report(false, 0, "receipt: not signed by this hub, or altered since");
    }
    return inChain(connection, content.get().path(LEDGER));
  }

  private static Report inChain(Connection connection, JsonNode place) throws SQLException {
    long entry = place.path("entry").asLong();
    var sql =
        "select s.entry_id, s.hash, p.hash, "
            + LedgerChain.COLUMNS
            + " from consent_seal s left join consent_seal p on p.seq = s.seq - 1"
            + " left join consent_entry e on e.id = s.entry_id where s.seq = ?";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, place.path("seq").asLong());
      try (var row = statement.executeQuery()) {
        if (!row.next() || row.getLong(1) != entry || !isHash(place, row.getBytes(2))) {
          return new Report(false, entry, "entry " + entry + ": the chain does not have it so");
        }
        if (row.getString(4) == null) {
          return new Report(false, entry, "entry " + entry + ": was deleted");
        }
        var before = row.getBytes(3) == null ? LedgerChain.START : row.getBytes(3);
        return Arrays.equals(new LedgerChain().hash(before, row, 4), row.getBytes(2))
            ? new Report(true, entry, "entry " + entry + ": signed by this hub, and in the chain")
            : new Report(false, entry, "entry " + entry + ": was altered since");
      }
    }
  }

  private static boolean isHash(JsonNode place, byte[] hash) {
    return HexFormat.of().formatHex(hash).equals(place.path("hash").asText());
  }
}
