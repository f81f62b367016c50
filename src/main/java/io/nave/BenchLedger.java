package io.nave;

import io.nave.platform.Digest64;
import io.nave.platform.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Customers with a long history of consent, written straight into a hub's tables as the hub itself
 * would write them: each has one record, five ledger entries, and two versions. The chain is not
 * written: the hub's own sealer makes it.
 */
final class BenchLedger {
  /** Entries a customer. */
  static final int EACH = 5;

  /** All is said within so many days before now. */
  static final int DAYS = 200;

  private static final int CHUNK = 10_000;
  private static final long LOOK = Duration.ofMillis(200).toNanos();

  /** A statement as a record keeps it; {@code before} ends it. */
  private static final String STATED =
      "{\"consent\":{\"purpose\":\"%s\",\"channel\":\"%s\",\"state\":\"%s\",\"decidedAt\":\"%s\","
          + "\"evidence\":{\"actor\":\"customer\"}},\"recordedAt\":\"%4$s\"";

  private static final String CONSENTS =
      "'["
          + stated("marketing", "email", "' || w.last || '", "late")
          + ",\"before\":["
          + stated("marketing", "email", "denied", "no")
          + "},"
          + stated("marketing", "email", "granted", "early")
          + "}]},"
          + stated("marketing", "sms", "granted", "early")
          + "},"
          + stated("profiling", "any", "granted", "early")
          + "}]'";

  /** Holding: {@code %s} is what a customer's record says of consent. */
  private static final String FILL =
      """
      with who as materialized (
        select u.n, u.word, ('00000000-0000-4000-8000-' || lpad(to_hex(u.n), 12, '0'))::uuid as id,
          case when u.n %% 2 = 0 then 'withdrawn' else 'granted' end as last,
          date_trunc('milliseconds', now()) - make_interval(secs => u.n %% 80000) as at
        from unnest(?, ?) u(n, word)),
      w as materialized (
        select w.*, to_char((at - interval '202 days') at time zone 'UTC', f) as early,
          to_char((at - interval '100 days') at time zone 'UTC', f) as no,
          to_char((at - interval '10 days') at time zone 'UTC', f) as late
        from who w, (values ('YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) form(f)),
      golden as materialized (
        select w.id, w.n, w.word, format('{"type":"person","emails":[{"value":"n%%s@bench.example"}],'
          || '"addresses":[{"country":"GB"}]}', w.n) as customer, %s as consents
        from w),
      state as materialized (
        select g.*, format('{"customer":%%s,"records":[{"spoke":"crm","recordId":"n%%s",'
          || '"deleted":false}],"deleted":false}', g.customer, g.n)::json as state
        from golden g),
      c as (
        insert into customer (id, version, type, state, lineage, digest, search, created_at,
          updated_at)
        select id, 2, 'person', state, '{}', 0, to_tsvector('simple', word), now(), now()
        from state),
      h as (
        insert into customer_history (customer_id, version, at, state, lineage)
        select id, v, now() - make_interval(days => 253 - v * 50), state, '{}'
        from state cross join generate_series(1, 2) v),
      r as (
        insert into source_record (id, spoke, record_id, customer_id, content, since, rule,
          consents, linked_at, seen_at)
        select nextval('source_record_id'), 'crm', 'n' || n, id, customer::json, '{}', 'new',
          consents::json, now(), now()
        from state),
      e as (
        insert into consent_entry (spoke, record_id, purpose, channel, state, decided_at,
          recorded_at, actor, method, notice, language, personal)
        select 'crm', 'n' || w.n, k.purpose, k.channel, coalesce(k.state, w.last),
          w.at - make_interval(days => k.day), w.at - make_interval(days => k.day), 'customer',
          'web form', 'marketing-1', 'en', decode(repeat(md5(w.n::text), 16), 'hex')
        from w cross join (values
          (0, 'marketing', 'email', 'granted', 202), (1, 'marketing', 'sms', 'granted', 202),
          (2, 'profiling', 'any', 'granted', 202), (3, 'marketing', 'email', 'denied', 100),
          (4, 'marketing', 'email', null, 10)) k(k, purpose, channel, state, day)
        order by w.n, k.k returning id)
      insert into consent_unsealed (entry_id) select id from e
      """
          .formatted(CONSENTS);

  private static String stated(String purpose, String channel, String state, String at) {
    return STATED.formatted(purpose, channel, state, "' || w." + at + " || '");
  }

  private final Connection connection;

  BenchLedger(Connection connection) {
    this.connection = connection;
  }

  /** The id of a customer. */
  static String id(int n) {
    return new UUID(0x0000000000004000L, 0x8000000000000000L | n).toString();
  }

  /** The address of a customer. */
  static String email(int n) {
    return "n" + n + "@bench.example";
  }

  /**
   * Writes so many customers, and waits until their entries are chained.
   *
   * @return entries chained a second
   */
  double fill(int customers) throws SQLException {
    long since = System.nanoTime();
    try (var progress = Progress.of("customers written", customers);
        var statement = connection.prepareStatement(FILL)) {
      for (int from = 0; from < customers; from += CHUNK) {
        int to = Math.min(customers, from + CHUNK);
        statement.setArray(
            1, connection.createArrayOf("int4", IntStream.range(from, to).boxed().toArray()));
        statement.setArray(
            2,
            connection.createArrayOf(
                "text", IntStream.range(from, to).mapToObj(BenchLedger::word).toArray()));
        statement.executeUpdate();
        progress.reach(to);
      }
    }
    await((long) customers * EACH);
    double seconds = (System.nanoTime() - since) / 1e9;
    try (var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
    return customers * EACH / seconds;
  }

  /** By which the hub finds an e-mail address. */
  private static String word(int n) {
    return "q0" + Long.toHexString(Digest64.of(email(n)));
  }

  private void await(long entries) throws SQLException {
    try (var progress = Progress.of("entries chained", entries);
        var statement =
            connection.prepareStatement("select coalesce(max(seq), 0) from consent_seal")) {
      for (long sealed = 0; sealed < entries; ) {
        LockSupport.parkNanos(LOOK);
        try (var rows = statement.executeQuery()) {
          rows.next();
          sealed = rows.getLong(1);
        }
        progress.reach(sealed);
      }
    }
  }
}
