package io.nave.sync;

import io.nave.canonical.Customer;
import io.nave.platform.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the blocking keys of all records anew, by the rules in force. So every record finds all
 * others from then on, and a key that was worn out by other limits counts again. Nothing is
 * reconciled meanwhile.
 */
@ApplicationScoped
class IndexRecords {
  private static final int PAGE = 1000;

  private final MatchingInForce matching;
  private final Turns turns;

  IndexRecords(MatchingInForce matching, Turns turns) {
    this.matching = matching;
    this.turns = turns;
  }

  private record Keys(long id, long[] keys) {}

  /** In the caller's transaction, until whose end no other one matches records. */
  void run(Connection connection) throws SQLException {
    // In the order in which reconciling takes them.
    lock(connection, "match_key in access exclusive mode");
    long turn = turns.take(connection);
    lock(connection, "customer in exclusive mode");
    var rules = matching.now();
    long position = 0;
    while (position >= 0) {
      position = page(connection, rules, position);
    }
    fill(connection, rules.keys().most(0L));
    turns.note(connection, turn, null, List.of());
  }

  private static void lock(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("lock table " + table);
    }
  }

  /** The last record of the page, or -1 at the end. */
  private static long page(Connection connection, MatchingInForce.Rules rules, long position)
      throws SQLException {
    var sql =
        "select id, content, keys from source_record where id > ? and spoke <> '"
            + Act.SPOKE
            + "' order by id limit "
            + PAGE;
    long last = -1;
    var changed = new ArrayList<Keys>();
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, position);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          last = rows.getLong(1);
          var content = CanonicalJson.read(rows.getString(2), Customer.class);
          var keys = rules.keys().digests(rules.match().profile(content));
          if (!Arrays.equals(keys, SourceRecords.unboxed((Long[]) rows.getArray(3).getArray()))) {
            changed.add(new Keys(last, keys));
          }
        }
      }
    }
    update(connection, changed);
    return last;
  }

  private static void update(Connection connection, List<Keys> changed) throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    var sql =
        "update source_record s set keys = n.keys::bigint[] from unnest(?, ?) n(id, keys)"
            + " where s.id = n.id";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, Columns.numbers(connection, changed, Keys::id));
      statement.setArray(
          2, Columns.text(connection, changed, k -> SourceRecords.arrayLiteral(k.keys())));
      statement.executeUpdate();
    }
  }

  /**
   * @param most how many records may have a key of the most telling kind; see {@link
   *     io.nave.identity.BlockingKeys#most(long)}
   */
  private static void fill(Connection connection, int most) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("truncate match_key");
    }
    var sql =
        "with block as materialized ("
            + " select k as key, count(*) > (? >> (k & 3)::int) as worn"
            + " from source_record s, unnest(s.keys) k group by k)"
            + " insert into match_key (key, source_record_id)"
            + " select key, 0 from block where worn union all"
            + " select b.key, s.id from source_record s, unnest(s.keys) k"
            + " join block b on b.key = k where not b.worn";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, most);
      statement.executeUpdate();
    }
  }
}
